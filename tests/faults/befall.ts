import { omitUndefined } from "../../lambda/articles/model/json-value.ts";
import type { Announcement } from "../../lambda/plan/manifest/manifest.ts";
import { runOn } from "../support/faults/a-bucket-newsroom.ts";
import { breachesAfterwards, breachesInTheEnd, type Expected, type Lane, moments, onLanes } from "../support/faults/a-lane.ts";
import type { Judge, Passing, Verdict } from "../support/faults/fault-proxy.ts";

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

/** `hasty`: for a client that soon gives up what is silent. */
export type Case = {
  readonly what: string;
  readonly at: string;
  readonly hasty: boolean;
  readonly judge: Judge;
  readonly mustEnd: boolean;
};

/** `whole`: every fault on every request, once and for good; else each gets one that passes, and every other one that lasts. */
export function casesFor(all: readonly Passing[], whole: boolean): readonly Case[] {
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
  return {
    what: `${name}, ${times}: ${at.name}`,
    at: at.name,
    hasty: verdict.kind === "hang",
    judge: (one) => (meets(one) ? verdict : { kind: "pass" }),
    mustEnd,
  };
}

function split(name: string): readonly [address: string, turn: number] {
  const at = name.lastIndexOf("#");
  return [name.slice(0, at), Number(name.slice(at + 1))];
}

async function befallen(
  { what, judge, mustEnd, hasty: inHaste }: Case,
  expected: Expected,
  { proxy, begin }: Lane,
  says: { readonly site?: string },
): Promise<readonly string[]> {
  const { tried, hasty, calm, held } = await begin();
  const announced: Announcement[] = [];
  proxy.begin(judge);
  const outcome = await runOn(inHaste ? hasty : tried, moments.tried, announced, says).then(
    ({ kind }) => kind,
    (error: unknown) => String(error),
  );
  proxy.begin();
  const breaches = [...breachesAfterwards(await held(), expected, outcome === "done"), ...(mustEnd && outcome !== "done" ? [outcome] : [])];
  await runOn(calm, moments.clean, announced, says);
  return [...breaches, ...breachesInTheEnd(await held(), expected, announced)].map((breach) => `${what}: ${breach}`);
}

/** The requests of an undisturbed run. */
export async function requestsOf({ proxy, begin }: Lane, site?: string): Promise<readonly Passing[]> {
  const { tried } = await begin();
  proxy.begin();
  await runOn(tried, moments.tried, [], omitUndefined({ site }));
  return [...proxy.seen];
}

/** What is wrong after any of the cases. */
export async function befall(
  lanes: readonly Lane[],
  expected: Expected,
  cases: readonly Case[],
  site?: string,
): Promise<readonly string[]> {
  return (await onLanes(lanes, cases, (one, lane) => befallen(one, expected, lane, omitUndefined({ site })))).flat();
}
