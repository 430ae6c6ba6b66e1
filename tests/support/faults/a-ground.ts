import type { S3Client } from "@aws-sdk/client-s3";
import type { Ports } from "../../../lambda/run/ports.ts";
import { newS3Client } from "../../../lambda/stores/s3/s3-requests.ts";
import { type Remembered, startS3 } from "../s3/s3-server.ts";
import { beginning, change, type Events, events, placesIn, runOn } from "./a-bucket-newsroom.ts";
import type { Held } from "./what-must-hold.ts";

const bucket = "wire";
export const firstRun = "2026-11-20T12:00:00Z";

/**
 * The first content, and the changes before the tried run. `first`: when it was published, if not an hour before. `later`: further runs
 * before it, each with the changes after it.
 */
export type Story = {
  readonly site?: string;
  readonly first?: string;
  readonly beginning: Events;
  readonly events: Events;
  readonly later?: readonly { readonly at: string; readonly events: Events }[];
  readonly says?: Partial<Ports>;
};

/** The messages of each run of a story. */
export const saysOf = ({ site, says = {} }: Pick<Story, "site" | "says">) => ({ ...says, ...(site === undefined ? {} : { site }) });
export const eventful: Story = { beginning, events };

/** An S3 server with a newsroom that was published once and then changed by the events. */
export type Ground = {
  readonly endpoint: string;
  readonly bucket: string;
  /** Stores for the server at another address, with the number of attempts for each request. */
  readonly client: (endpoint: string, maxAttempts: number, silence: number) => S3Client;
  /** Restores that beginning, and returns its prefix. */
  readonly reset: () => Promise<string>;
  readonly held: (prefix: string) => Promise<Held>;
  /** Makes another ground with the same content, for use at the same time. */
  readonly another: () => Promise<Ground>;
  readonly close: () => Promise<void>;
};

/** A ground on the tests' own S3 server. */
export async function ownGround(story: Story, remembered?: Remembered): Promise<Ground> {
  const server = await startS3({ buckets: [bucket], pageSize: 10 });
  const calm = placesIn(server.client(), bucket);
  if (remembered === undefined) {
    await change(calm.content, story.beginning);
    await runOn(calm, story.first ?? firstRun, [], saysOf(story));
    await change(calm.content, story.events);
    for (const { at, events: more } of story.later ?? []) {
      await runOn(calm, at, [], saysOf(story));
      await change(calm.content, more);
    }
  } else server.restore(remembered);
  // An undated article gets the date of its first version, so all grounds of a story must start from the same versions.
  const start = server.remember();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return {
    endpoint: server.endpoint,
    bucket,
    client: (endpoint, maxAttempts, silence) => {
      const requestHandler = { connectionTimeout: 5000, socketTimeout: silence };
      return newS3Client({ config: { endpoint, region: "us-east-1", credentials, maxAttempts, requestHandler } });
    },
    reset: async () => {
      server.restore(start);
      return "";
    },
    held: async () => {
      const all = [...server.objects(bucket)].map(([key, { bytes, headers }]) => {
        const [contentType, cacheControl] = [headers["content-type"], headers["cache-control"]];
        return [key, { bytes, headers: { ...(contentType && { contentType }), ...(cacheControl && { cacheControl }) } }] as const;
      });
      const under = (name: string) =>
        new Map(all.flatMap(([key, file]) => (key.startsWith(name) ? [[key.slice(name.length), file] as const] : [])));
      return { target: under("target/"), state: under("state/") };
    },
    another: () => ownGround(story, start),
    close: server.close,
  };
}
