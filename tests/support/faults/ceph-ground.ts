import type { S3Client } from "@aws-sdk/client-s3";
import { inParallel } from "../../../lambda/stores/parallel.ts";
import { s3Store } from "../../../lambda/stores/s3/s3.ts";
import { newS3Client } from "../../../lambda/stores/s3/s3-requests.ts";
import { cephEndpoint } from "../s3/ceph.ts";
import { change, placesIn, runOn } from "./a-bucket-newsroom.ts";
import { firstRun, type Ground, type Story, saysOf } from "./a-ground.ts";

/** A ground on Ceph RGW, in a bucket without versions. Each restart copies the beginning to a new prefix. */
export async function cephGround(story: Story, bucket: string, calm: S3Client): Promise<Ground> {
  const beginning = placesIn(calm, bucket, "beginning/");
  await change(beginning.content, story.beginning);
  await runOn(beginning, firstRun, [], saysOf(story));
  await change(beginning.content, story.events);
  const from = s3Store({ bucket, prefix: "beginning", client: calm });
  const keys = (await from.list()).map(({ key }) => key);
  let times = 0;
  const ground: Ground = {
    endpoint: cephEndpoint ?? "",
    bucket,
    client: (endpoint, maxAttempts, silence) =>
      newS3Client({ config: { endpoint, maxAttempts, requestHandler: { connectionTimeout: 5000, socketTimeout: silence } } }),
    reset: async () => {
      const prefix = `case ${++times}/`;
      const to = s3Store({ bucket, prefix, client: calm });
      await inParallel(keys, (key) => to.write(key, { copyFrom: from, key }));
      return prefix;
    },
    held: async (prefix) => {
      const store = s3Store({ bucket, prefix, client: calm });
      const all = await inParallel(await store.list(), async ({ key }) => {
        const found = await store.read(key);
        const { contentType, cacheControl } = found?.headers ?? {};
        return [
          key,
          {
            bytes: found?.bytes ?? new Uint8Array(),
            headers: { ...(contentType && { contentType }), ...(cacheControl && { cacheControl }) },
          },
        ] as const;
      });
      const under = (name: string) =>
        new Map(all.flatMap(([key, file]) => (key.startsWith(name) ? [[key.slice(name.length), file] as const] : [])));
      return { target: under("target/"), state: under("state/") };
    },
    another: async () => ground,
    close: async () => {},
  };
  return ground;
}
