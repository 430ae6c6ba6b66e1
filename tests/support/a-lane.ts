import type { Announcement } from "../../lambda/publish/manifest.ts";
import { beginning, change, events, type Places, placesIn, quickClient, runOn } from "./a-bucket-newsroom.ts";
import { type FaultProxy, startProxy } from "./fault-proxy.ts";
import { type Remembered, type S3Server, startS3 } from "./s3-server.ts";
import { breachesIn, brokenPromises, type Held, likenessOf, neitherNor, untold } from "./what-must-hold.ts";

const bucket = "wire";
/** The newsroom is published at first; what happens then is published by the run that is tried, and by an undisturbed one later. */
export const moments = { first: "2026-11-20T12:00:00Z", tried: "2026-11-20T13:00:00Z", clean: "2026-11-20T13:10:00Z" } as const;

/** A server of its own with the newsroom on it, and a proxy before it. */
export type Lane = {
  readonly server: S3Server;
  readonly proxy: FaultProxy;
  /** Through the proxy, and past it. */
  readonly places: Places;
  readonly calm: Places;
  /** As it was when the newsroom had been published once and the events had happened. */
  readonly reset: () => void;
  readonly held: () => Held;
  readonly close: () => Promise<void>;
};

/** What the newsroom was before, and what it may be in the end: as if the tried run had gone through, or had never been. */
export type Expected = {
  readonly before: Held;
  readonly likely: readonly [Held, Held];
  /** What the world is to hear of the events. */
  readonly news: readonly Announcement[];
};

/** `maxAttempts`: how often the client of the tried run sends a request. */
export async function theLanes(
  count: number,
  maxAttempts = 3,
): Promise<{ readonly lanes: readonly [Lane, ...Lane[]]; readonly expected: Expected }> {
  const lane = await aLane(maxAttempts);
  const before = lane.held();
  const news: Announcement[] = [];
  await runOn(lane.calm, moments.tried, news);
  await runOn(lane.calm, moments.clean, news);
  const through = lane.held();
  lane.reset();
  await runOn(lane.calm, moments.clean, []);
  const likely = [through, lane.held()] as const;
  lane.reset();
  const start = lane.server.remember();
  // The others begin from the very same versions, which date what has no date.
  const more = await Promise.all(Array.from({ length: count - 1 }, () => aLane(maxAttempts, start)));
  return { lanes: [lane, ...more], expected: { before, likely, news } };
}

async function aLane(maxAttempts: number, remembered?: Remembered): Promise<Lane> {
  const server = await startS3({ buckets: [bucket], pageSize: 10 });
  const proxy = await startProxy(server.endpoint);
  const calm = placesIn(server.client(), bucket);
  if (remembered === undefined) {
    await change(calm.content, beginning);
    await runOn(calm, moments.first, []);
    await change(calm.content, events);
  } else server.restore(remembered);
  const start = server.remember();
  return {
    server,
    proxy,
    places: placesIn(quickClient(proxy.endpoint, { maxAttempts }), bucket),
    calm,
    reset: () => server.restore(start),
    held: () => heldIn(server),
    close: async () => {
      await proxy.close();
      await server.close();
    },
  };
}

function heldIn(server: S3Server): Held {
  const all = [...server.objects(bucket)].map(([key, { bytes, headers }]) => {
    const [contentType, cacheControl] = [headers["content-type"], headers["cache-control"]];
    return [key, { bytes, headers: { ...(contentType && { contentType }), ...(cacheControl && { cacheControl }) } }] as const;
  });
  const under = (name: string) =>
    new Map(all.flatMap(([key, file]) => (key.startsWith(name) ? [[key.slice(name.length), file] as const] : [])));
  return { target: under("target/"), state: under("state/") };
}

/** What is wrong right after a run that something befell: whatever it left is old or new, and no promise is broken. */
export function breachesAfterwards(middle: Held, { before, likely }: Expected, ended: boolean): readonly string[] {
  return [...neitherNor(middle, before, likely[0]), ...brokenPromises(before, middle), ...(ended ? breachesIn(middle) : [])];
}

/** What is wrong after the next run, which nothing befell. */
export function breachesInTheEnd(after: Held, { before, likely, news }: Expected, announced: readonly Announcement[]): readonly string[] {
  const likeness = likenessOf(after);
  const [through, anew] = likely.map((one) => differenceOf(likeness, likenessOf(one)));
  const alike = through === undefined || anew === undefined ? [] : [`it is not as after an undisturbed run: ${through}`];
  return [...breachesIn(after), ...brokenPromises(before, after), ...untold(news, after, announced), ...alike];
}

/** The first line in which two texts differ, as it is and as it should be. */
function differenceOf(one: string, other: string): string | undefined {
  const [lines, wanted] = [one.split("\n"), other.split("\n")];
  const at = wanted.findIndex((line, index) => line !== lines[index]);
  return at === -1 && lines.length === wanted.length ? undefined : `${lines[at]?.trim()} instead of ${wanted[at]?.trim()}`;
}

/** Does the work on every case, each lane one at a time, and gives what they all came to. */
export async function onLanes<Case, Result>(
  lanes: readonly Lane[],
  cases: readonly Case[],
  work: (one: Case, lane: Lane) => Promise<Result>,
): Promise<readonly Result[]> {
  const left = [...cases];
  const results: Result[] = [];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) results.push(await work(one, lane));
    }),
  );
  return results;
}
