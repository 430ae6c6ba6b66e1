import { omitUndefined } from "../../lambda/articles/model/json-value.ts";
import type { Announcement } from "../../lambda/plan/manifest/manifest.ts";
import { type Places, runOn } from "../support/faults/a-bucket-newsroom.ts";
import { breachesAfterwards, breachesInTheEnd, type Expected, type Lane, moments, onLanes } from "../support/faults/a-lane.ts";
import type { Judge } from "../support/faults/fault-proxy.ts";
import { requestsOf } from "./befall.ts";

export const isWrite = (method: string): boolean => method === "PUT" || method === "DELETE";

/** Nothing gets through any more after so many writes. */
export function cutFrom(count: number): Judge {
  let done = 0;
  return ({ method }) => {
    if (done >= count) return { kind: "reset" };
    if (isWrite(method)) done += 1;
    return { kind: "pass" };
  };
}

/** After how many writes a run can be cut. */
export async function cutsOf(lane: Lane, site?: string): Promise<readonly number[]> {
  const writes = (await requestsOf(lane, site)).filter(({ method }) => isWrite(method));
  return writes.map((_, count) => count);
}

/** A run whose process is gone after so many writes: nothing of it reaches the server any more, no lease is given back. */
export async function cutAfter(count: number, { proxy, begin }: Lane, announced: Announcement[], site?: string) {
  const ground = await begin();
  proxy.begin(cutFrom(count));
  const outcome = await runOn(ground.tried, moments.tried, announced, omitUndefined({ site })).then(
    ({ kind }) => kind,
    () => "cut",
  );
  proxy.begin();
  return { ...ground, outcome };
}

/** What is wrong after a run was cut after so many writes, and after the one that followed it. `further`: what else may be wrong then. */
export async function cutShort(
  lanes: readonly Lane[],
  expected: Expected,
  counts: readonly number[],
  { site, further }: { readonly site?: string; readonly further?: (places: Places) => Promise<readonly string[]> } = {},
): Promise<readonly string[]> {
  const results = await onLanes(lanes, counts, async (count, lane) => {
    const announced: Announcement[] = [];
    const { outcome, calm, held } = await cutAfter(count, lane, announced, site);
    const breaches = [...breachesAfterwards(await held(), expected, false), ...(outcome === "cut" ? [] : [outcome])];
    await runOn(calm, moments.clean, announced, omitUndefined({ site }));
    breaches.push(...breachesInTheEnd(await held(), expected, announced), ...((await further?.(calm)) ?? []));
    return breaches.map((breach) => `after write ${count}: ${breach}`);
  });
  return results.flat();
}
