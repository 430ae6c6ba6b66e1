import type { Announcement } from "../../../lambda/plan/manifest/manifest.ts";
import { type Places, placesIn, runOn } from "./a-bucket-newsroom.ts";
import { type Ground, type Story, saysOf } from "./a-ground.ts";
import { type FaultProxy, startProxy } from "./fault-proxy.ts";
import { breachesIn, brokenPromises, type Held, likenessOf, neitherNor, untold } from "./what-must-hold.ts";

/** The times of the tried run, and of the undisturbed run after it. */
export const moments = { tried: "2026-11-20T13:00:00Z", clean: "2026-11-20T13:10:00Z" } as const;

/** A ground with a proxy in front of it. */
export type Lane = {
  readonly proxy: FaultProxy;
  /** Starts again. `tried` and `hasty` go through the proxy, and `hasty` gives up soon; `other` goes through another proxy, `calm` through none. */
  readonly begin: () => Promise<Readonly<Record<"tried" | "hasty" | "other" | "calm", Places>> & { readonly held: () => Promise<Held> }>;
  readonly otherProxy: FaultProxy;
  readonly close: () => Promise<void>;
};

/** The newsroom before, and the two allowed ends: as if the tried run had succeeded, or had never started. */
export type Expected = {
  readonly before: Held;
  readonly likely: readonly [Held, Held];
  /** The announcements that the events must cause. */
  readonly news: readonly Announcement[];
};

type Patience = { readonly maxAttempts?: number };

/** `maxAttempts`: how often the clients of tried runs try each request. */
export async function theLanes(
  first: Ground,
  story: Pick<Story, "site" | "says">,
  count: number,
  patience: Patience = {},
): Promise<{ readonly lanes: readonly [Lane, ...Lane[]]; readonly expected: Expected }> {
  const lane = await aLane(first, patience);
  const more = await Promise.all(Array.from({ length: count - 1 }, async () => aLane(await first.another(), patience)));
  return { lanes: [lane, ...more], expected: await expectedOf(lane, story) };
}

/** What runs that nothing befalls make of the lane's beginning. */
export async function expectedOf(lane: Lane, story: Pick<Story, "site" | "says">): Promise<Expected> {
  const says = saysOf(story);
  const { calm, held } = await lane.begin();
  const before = await held();
  const news: Announcement[] = [];
  await runOn(calm, moments.tried, news, says);
  await runOn(calm, moments.clean, news, says);
  const through = await held();
  const again = await lane.begin();
  await runOn(again.calm, moments.clean, [], says);
  return { before, likely: [through, await again.held()], news };
}

async function aLane(ground: Ground, { maxAttempts = 3 }: Patience): Promise<Lane> {
  const [proxy, otherProxy] = [await startProxy(ground.endpoint), await startProxy(ground.endpoint)];
  const { client, bucket } = ground;
  const patient = 30_000;
  const [tried, other] = [client(proxy.endpoint, maxAttempts, patient), client(otherProxy.endpoint, maxAttempts, patient)];
  const [hasty, calm] = [client(proxy.endpoint, 5, 800), client(ground.endpoint, 8, patient)];
  return {
    proxy,
    otherProxy,
    begin: async () => {
      const prefix = await ground.reset();
      const at = (through: typeof tried) => placesIn(through, bucket, prefix);
      return { tried: at(tried), hasty: at(hasty), other: at(other), calm: at(calm), held: () => ground.held(prefix) };
    },
    close: async () => {
      await Promise.all([proxy.close(), otherProxy.close()]);
      await ground.close();
    },
  };
}

/** The breaches right after a disturbed run: every file must be old or new, and no id or date may change. */
export function breachesAfterwards(middle: Held, { before, likely }: Expected, ended: boolean): readonly string[] {
  return [...neitherNor(middle, before, likely[0]), ...brokenPromises(before, middle), ...(ended ? breachesIn(middle) : [])];
}

/** The breaches after the next, undisturbed run. */
export function breachesInTheEnd(after: Held, { before, likely, news }: Expected, announced: readonly Announcement[]): readonly string[] {
  return [...breachesIn(after), ...brokenPromises(before, after), ...untold(news, after, announced), ...unlike(after, likely)];
}

/** How the outcome differs from the first allowed one; empty if it equals any of them. `undated`: compares without dates. */
export function unlike(after: Held, likely: readonly Held[], undated = false): readonly string[] {
  const likeness = likenessOf(after, undated);
  const differences = likely.map((one) => differenceOf(likeness, likenessOf(one, undated)));
  return differences.includes(undefined) ? [] : [`it is not as after an undisturbed run: ${differences[0]}`];
}

/** The first line in which two texts differ: actual and expected. */
function differenceOf(one: string, other: string): string | undefined {
  const [lines, wanted] = [one.split("\n"), other.split("\n")];
  const at = wanted.findIndex((line, index) => line !== lines[index]);
  return at === -1 && lines.length === wanted.length ? undefined : `${lines[at]?.trim()} instead of ${wanted[at]?.trim()}`;
}

/** Does the work for every case, one at a time in each lane, and returns all results. */
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
