/** The test's access to the world. `stored`: a file of the feeds bucket; undefined: it does not exist. */
export type World = {
  readonly stored: (key: string) => Promise<Uint8Array | undefined>;
  /** Waits until the edge has replaced old files. */
  readonly wait: () => Promise<void>;
};

/** The edge may have a feed from a minute ago: with pauses of half a minute, four attempts are enough. */
const askings = 4;
const files = ["rss.xml", "atom.xml", "feed.json"];

/** `said`: a sentence about what readers get. `feed`: the address of what was fetched; absent if nothing is published. */
export type Served = { readonly said: string; readonly feed?: string };

/**
 * Whether readers get the files of the bucket: fetches a feed from the edge, plain and as gzip, and compares its bytes.
 * @throws Error that says what came instead.
 */
export async function smokeTest(feedsUrl: string, { stored, wait }: World): Promise<Served> {
  const key = await aFeed(stored);
  if (key === undefined) return { said: "No feed has been published yet, so there was nothing to fetch and compare." };
  const url = new URL(key, feedsUrl).href;
  for (let asking = 1; ; asking += 1) {
    const wrong = await difference(url, await stored(key));
    if (wrong === undefined) return { said: `${url} answers with the bytes of the feeds bucket, plain and as gzip.`, feed: url };
    if (asking === askings) throw new Error(`The stack is deployed, but readers are not served: ${wrong}`);
    await wait();
  }
}

/** A feed that is live according to status.json. */
async function aFeed(stored: World["stored"]): Promise<string | undefined> {
  const status = await stored("status.json");
  if (status === undefined) return undefined;
  const { channels } = JSON.parse(Buffer.from(status).toString("utf8")) as { readonly channels: readonly { readonly path: string }[] };
  for (const { path } of channels) for (const file of files) if ((await stored(`${path}/${file}`)) !== undefined) return `${path}/${file}`;
  return undefined;
}

async function difference(url: string, expected: Uint8Array | undefined): Promise<string | undefined> {
  if (expected === undefined) return `${url} no longer exists in the feeds bucket.`;
  for (const encoding of ["identity", "gzip"]) {
    try {
      const answer = await fetch(url, {
        headers: { "accept-encoding": encoding },
        redirect: "manual",
        signal: AbortSignal.timeout(20_000),
      });
      const body = new Uint8Array(await answer.arrayBuffer());
      if (answer.status !== 200) return `${url} answers ${answer.status} (Accept-Encoding: ${encoding}).`;
      if (Buffer.compare(body, expected) !== 0)
        return `${url} answers with ${body.length} bytes that differ from the ${expected.length} bytes in the feeds bucket (Accept-Encoding: ${encoding}).`;
    } catch (error) {
      const { message, cause } = error as Error;
      return `${url} cannot be reached (${cause instanceof Error ? cause.message : message}).`;
    }
  }
  return undefined;
}
