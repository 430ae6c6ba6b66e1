import type { Announcement } from "../../lambda/plan/manifest/manifest.ts";
import { aFile } from "../support/a-newsroom.ts";
import { runOn } from "../support/faults/a-bucket-newsroom.ts";
import { breachesInTheEnd, type Expected, type Lane, moments, onLanes } from "../support/faults/a-lane.ts";

const site = `title: The Wire
url: https://wire.example/
ids: { authority: wire.example, since: 2026-01-01 }
hub: https://hub.example/
channels: [{ name: all, limit: 2, formats: [rss, atom, json] }]
`;
/** A newsroom so small that every pair can be tried. */
export const story = {
  site,
  beginning: { "a.md": aFile({ title: "A", date: "2026-03-01T09:00:00Z" }), "b.md": aFile({ title: "B", date: "2026-03-02T09:00:00Z" }) },
  events: { "a.md": aFile({ title: "A", date: "2026-03-01T09:00:00Z", status: "canceled" }), "c.md": "# News\n\nWithout a date.\n" },
};
/**
 * When the two runs begin, and whether B stands still after its last request until A has ended. A lease lasts a minute, and whoever
 * begins later may take over the one that is left.
 */
const ways = [
  { a: "2026-11-20T13:00:00Z", b: "2026-11-20T13:00:00Z", still: false },
  { a: "2026-11-20T13:00:00Z", b: "2026-11-20T13:10:00Z", still: false },
  { a: "2026-11-20T13:10:00Z", b: "2026-11-20T13:00:00Z", still: true },
] as const;
const finish = "2026-11-20T13:30:00Z";

type Pair = { readonly from: number; readonly until: number; readonly way: (typeof ways)[number] };

/** Every pair of a request of the one run and a request of the other. */
export async function pairsOf({ proxy, begin }: Lane): Promise<{ readonly requests: number; readonly table: readonly Pair[] }> {
  const { tried } = await begin();
  proxy.begin();
  await runOn(tried, moments.tried, [], { site });
  const requests = proxy.seen.length;
  const table = Array.from({ length: requests * requests }, (_, at): Pair => {
    const [from, until] = [1 + Math.floor(at / requests), 1 + (at % requests)];
    return { from, until, way: ways[(from + until) % 3] ?? ways[0] };
  });
  return { requests, table };
}

/** What is wrong after any of the pairs, and how often the two runs came to which ends. */
export async function race(lanes: readonly Lane[], expected: Expected, pairs: readonly Pair[]) {
  const results = await onLanes(lanes, pairs, (pair, lane) => raced(pair, expected, lane));
  const ends = Object.entries(
    Object.groupBy(
      results.map((result) => result.ends),
      (end) => end,
    ),
  ).map(([end, all]) => `${all?.length} ${end}`);
  return { breaches: results.flatMap(({ breaches }) => breaches), ends: ends.sort().join(", ") };
}

/** Run A's requests from `from` on wait until run B has finished `until` of its own, or has ended. */
async function raced({ from, until, way }: Pair, expected: Expected, { proxy, otherProxy, begin }: Lane) {
  const { tried, other: second, calm, held } = await begin();
  const announced: Announcement[] = [];
  let done = 0;
  const [gate, aHasEnded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  proxy.begin(async ({ number }) => {
    if (number >= from) await gate.promise;
    return { kind: "pass" };
  });
  const waits = async ({ number }: { readonly number: number }) => {
    if (way.still && number > until) await aHasEnded.promise;
    return { kind: "pass" as const };
  };
  otherProxy.begin(waits, () => {
    done += 1;
    if (done >= until) open();
  });
  // Whoever has waited for a run that began later has the time of that one by now.
  let [gateIsOpen, aIsOver] = [false, false];
  const waited = {
    a: { site, elapsed: () => (gateIsOpen && way.b > way.a ? 600_000 : 0) },
    b: { site, elapsed: () => (aIsOver && way.a > way.b ? 600_000 : 0) },
  };
  const open = () => {
    gateIsOpen = true;
    gate.resolve();
  };
  const over = () => {
    aIsOver = true;
    aHasEnded.resolve();
  };
  const endOf = (run: Promise<{ readonly kind: string }>) =>
    run.then(
      ({ kind }) => kind,
      (error: unknown) => `stopped: ${error}`,
    );
  const ends = await Promise.all([
    endOf(runOn(tried, way.a, announced, waited.a)).finally(over),
    endOf(runOn(second, way.b, announced, waited.b)).finally(open),
  ]);
  await runOn(calm, finish, announced, { site });
  const breaches = breachesInTheEnd(await held(), expected, announced);
  const stopped = ends.filter((end) => end.startsWith("stopped"));
  return {
    ends: ends.join("/"),
    breaches: [...breaches, ...stopped].map((breach) => `A from ${from}, B until ${until}, ${JSON.stringify(way)} (${ends}): ${breach}`),
  };
}
