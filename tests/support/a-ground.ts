import type { S3Client } from "@aws-sdk/client-s3";
import type { Ports } from "../../lambda/run/ports.ts";
import { newS3Client } from "../../lambda/stores/s3/s3-requests.ts";
import { beginning, change, type Events, events, placesIn, runOn } from "./a-bucket-newsroom.ts";
import { type Remembered, startS3 } from "./s3-server.ts";
import type { Held } from "./what-must-hold.ts";

const bucket = "wire";
export const firstRun = "2026-11-20T12:00:00Z";

/** What is published at first, and what happens then, before what is tried; `later`: more runs before that, and what happens after each. */
export type Story = {
  readonly site?: string;
  readonly beginning: Events;
  readonly events: Events;
  readonly later?: readonly { readonly at: string; readonly events: Events }[];
  readonly says?: Partial<Ports>;
};

/** What each of a story's runs is told. */
export const saysOf = ({ site, says = {} }: Pick<Story, "site" | "says">) => ({ ...says, ...(site === undefined ? {} : { site }) });
export const eventful: Story = { beginning, events };

/** An S3 server that has a newsroom on it which was published once, and to which the events have happened. */
export type Ground = {
  readonly endpoint: string;
  readonly bucket: string;
  /** For the server at another address; it sends a request so often. */
  readonly client: (endpoint: string, maxAttempts: number, silence: number) => S3Client;
  /** Puts all back to that beginning, and gives the prefix below which it lies. */
  readonly reset: () => Promise<string>;
  readonly held: (prefix: string) => Promise<Held>;
  /** The same once more, to be worked on at the same time. */
  readonly another: () => Promise<Ground>;
  readonly close: () => Promise<void>;
};

/** On the tests' own server. */
export async function ownGround(story: Story, remembered?: Remembered): Promise<Ground> {
  const server = await startS3({ buckets: [bucket], pageSize: 10 });
  const calm = placesIn(server.client(), bucket);
  if (remembered === undefined) {
    await change(calm.content, story.beginning);
    await runOn(calm, firstRun, [], saysOf(story));
    await change(calm.content, story.events);
    for (const { at, events: more } of story.later ?? []) {
      await runOn(calm, at, [], saysOf(story));
      await change(calm.content, more);
    }
  } else server.restore(remembered);
  // What has no date is dated by its first version, so that all grounds of a story begin from the very same versions.
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
