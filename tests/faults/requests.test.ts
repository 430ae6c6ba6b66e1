import { afterAll, beforeAll, expect, test } from "vitest";
import type { Announcement } from "../../lambda/publish/manifest.ts";
import { runOn } from "../support/a-bucket-newsroom.ts";
import { eventful, ownGround } from "../support/a-ground.ts";
import { breachesAfterwards, breachesInTheEnd, type Expected, type Lane, moments, onLanes, theLanes } from "../support/a-lane.ts";
import type { Judge, Passing, Verdict } from "../support/fault-proxy.ts";

/** Every fault on every request, once and for good, takes minutes; else each request gets one that passes, and every other one that lasts. */
const whole = process.env["WIREROOM_TEST_FAULTS"] === "all";

type Kind = { readonly name: string; readonly verdict: Verdict; readonly fits?: (passing: Passing) => boolean };

const changes = ({ method }: Passing) => method === "PUT" || method === "DELETE";
const answer = (status: number, code: string): Verdict => ({ kind: "answer", status, code });
/** What the client has to get over by itself when it befalls a request once. */
const passingKinds: readonly Kind[] = [
  { name: "500", verdict: answer(500, "InternalError") },
  { name: "reset", verdict: { kind: "reset" } },
  { name: "done, and the answer lost", verdict: { kind: "lost" } },
  { name: "503 SlowDown", verdict: answer(503, "SlowDown") },
  { name: "a body that breaks off", verdict: { kind: "cut" }, fits: ({ method }) => method === "GET" },
  { name: "500", verdict: answer(500, "InternalError") },
  { name: "silence", verdict: { kind: "hang" } },
];
/** What stops a run, or is a value to it. */
const lastingKinds: readonly Kind[] = [
  { name: "403", verdict: answer(403, "AccessDenied") },
  { name: "412", verdict: answer(412, "PreconditionFailed"), fits: changes },
  { name: "409", verdict: answer(409, "ConditionalRequestConflict"), fits: changes },
  { name: "half a listing", verdict: { kind: "half" }, fits: ({ url }) => url.includes("list-type") },
];

type Case = { readonly what: string; readonly at: string; readonly judge: Judge; readonly mustEnd: boolean };

let lanes: readonly [Lane, ...Lane[]];
let expected: Expected;
let requests: readonly Passing[];

beforeAll(async () => {
  ({ lanes, expected } = await theLanes(await ownGround(eventful), eventful, 5));
  const [{ proxy, begin }] = lanes;
  const { tried } = await begin();
  proxy.begin();
  await runOn(tried, moments.tried, []);
  requests = [...proxy.seen];
});
afterAll(async () => void (await Promise.all(lanes.map(({ close }) => close()))));

test("each request of a run fails in turn, once or for good: nothing is damaged, and the next run makes it as if nothing had been", {
  timeout: 900_000,
}, async () => {
  const cases = casesFor(requests);
  const results = await onLanes(lanes, cases, befallen);
  expect(results.flat()).toEqual([]);
  process.stdout.write(
    `${requests.length} requests a run, ${cases.length} faults${whole ? "" : " (all of them: WIREROOM_TEST_FAULTS=all)"}\n`,
  );
  expect(new Set(cases.map(({ at }) => at)).size).toBe(requests.length);
});

function casesFor(all: readonly Passing[]): readonly Case[] {
  return all.flatMap((at, index) => {
    const [passing, lasting] = [passingKinds, lastingKinds].map((kinds) => kinds.filter(({ fits }) => fits?.(at) !== false)) as [
      Kind[],
      Kind[],
    ];
    const some = (kinds: readonly Kind[], turn: number) => (whole ? kinds : kinds.filter((_, place) => place === turn % kinds.length));
    return [
      ...some(passing, index).map((kind) => aCase(at, kind, "once", true)),
      ...(whole || index % 2 === 0 ? some([...lasting, ...passing], index / 2) : []).map((kind) => aCase(at, kind, "for good", false)),
      ...(whole ? lasting.map((kind) => aCase(at, kind, "once", false)) : []),
    ];
  });
}

function aCase(at: Passing, { name, verdict }: Kind, times: "once" | "for good", mustEnd: boolean): Case {
  const [address, turn] = split(at.name);
  const meets = (one: Passing) => {
    const [other, again] = split(one.name);
    return other === address && (times === "once" ? again === turn : again >= turn);
  };
  return { what: `${name}, ${times}: ${at.name}`, at: at.name, judge: (one) => (meets(one) ? verdict : { kind: "pass" }), mustEnd };
}

function split(name: string): readonly [address: string, turn: number] {
  const at = name.lastIndexOf("#");
  return [name.slice(0, at), Number(name.slice(at + 1))];
}

async function befallen({ what, judge, mustEnd }: Case, { proxy, begin }: Lane): Promise<readonly string[]> {
  const { tried, calm, held } = await begin();
  const announced: Announcement[] = [];
  proxy.begin(judge);
  const outcome = await runOn(tried, moments.tried, announced).then(
    ({ kind }) => kind,
    (error: unknown) => String(error),
  );
  proxy.begin();
  const breaches = [...breachesAfterwards(await held(), expected, outcome === "done"), ...(mustEnd && outcome !== "done" ? [outcome] : [])];
  await runOn(calm, moments.clean, announced);
  return [...breaches, ...breachesInTheEnd(await held(), expected, announced)].map((breach) => `${what}: ${breach}`);
}
