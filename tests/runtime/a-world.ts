import type { S3Client } from "@aws-sdk/client-s3";
import { s3Store } from "../../lambda/stores/s3/s3.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { type AFunction, aFunction, type Ended } from "../support/aws/a-function.ts";
import { type KvsServer, startKvs } from "../support/aws/kvs-server.ts";
import type { MemoryLimit } from "../support/aws/memory-limit.ts";
import { type StallingProxy, startStallingProxy } from "../support/faults/stalling-proxy.ts";

/** Three buckets on a server, and how the function reaches them. */
export type Buckets = {
  readonly names: { readonly content: string; readonly feeds: string; readonly state: string };
  readonly endpoint: string;
  /** For the tests themselves, who may do anything. */
  readonly client: () => S3Client;
  /** The function's own credentials. */
  readonly env: Readonly<Record<string, string>>;
};

/** The function over three buckets and an edge table, as deployed. */
export type World = {
  readonly run: AFunction;
  /** Stands between the function and S3. */
  readonly proxy: StallingProxy;
  /** What the edge function reads. */
  readonly edge: KvsServer;
  readonly content: Store;
  readonly feeds: Store;
  readonly state: Store;
  readonly buckets: Buckets;
  readonly env: Readonly<Record<string, string>>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** `folder`: where the bundle lies; `client`: the runtime client, if not the tests' own; `memory`: MB, and `limit` what holds it to them. */
export async function aWorld(
  buckets: Buckets,
  options: {
    readonly folder: string;
    readonly client?: string | undefined;
    readonly memory?: number;
    readonly limit?: MemoryLimit | undefined;
  },
): Promise<World> {
  const { names, endpoint, client, env: credentials } = buckets;
  const proxy = await startStallingProxy(endpoint);
  const edge = await startKvs();
  const env = {
    ...credentials,
    WIREROOM_EDGE_TABLE: edge.arn,
    AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: edge.endpoint,
    AWS_ENDPOINT_URL_S3: proxy.endpoint,
    WIREROOM_CONTENT: `s3://${names.content}`,
    WIREROOM_TO: `s3://${names.feeds}`,
    WIREROOM_STATE: `s3://${names.state}`,
  };
  const { folder, memory = 1769, client: runtime, limit } = options;
  const run = await aFunction({ folder, env, timeout: 300, memory, client: runtime, limit });
  const store = (bucket: string) => s3Store({ bucket, client: client() });
  return {
    run,
    proxy,
    edge,
    env,
    buckets,
    content: store(names.content),
    feeds: store(names.feeds),
    state: store(names.state),
    [Symbol.asyncDispose]: async () => {
      await run.close();
      limit?.remove();
      await proxy.close();
      await edge.close();
    },
  };
}

/** Puts files into a bucket, a few at once. */
export async function fill(content: Store, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const all = Object.entries(files);
  for (let at = 0; at < all.length; at += 32)
    await Promise.all(all.slice(at, at + 32).map(([key, text]) => content.write(key, typeof text === "string" ? Buffer.from(text) : text)));
}

export const payloadOf = (ended: Ended): unknown => (ended.kind === "answered" ? ended.payload : ended);

/** Every file but the variants, as text. */
export async function plainFiles(feeds: Store): Promise<Readonly<Record<string, string>>> {
  const keys = (await feeds.list()).map(({ key }) => key).filter((key) => !key.endsWith(".gz"));
  const texts = await Promise.all(
    keys.map(async (key) => [key, Buffer.from((await feeds.read(key))?.bytes ?? []).toString("utf8")] as const),
  );
  return Object.fromEntries(texts);
}
