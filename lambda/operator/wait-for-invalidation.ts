import { setTimeout as sleep } from "node:timers/promises";
import { omitUndefined } from "../articles/model/json-value.ts";
import { type IsInvalidated, invalidationStatus } from "../clients/cloudfront.ts";
import type { InvalidationProgress } from "../reports/report.ts";
import type { Announced } from "../run/deliver-outbox.ts";
import type { Settings } from "../settings.ts";
import type { RunRequest } from "./run.ts";

/** The first and longest wait between questions to CloudFront, and the time kept for a clean end, in milliseconds. */
const patience = { first: 1_000, longest: 10_000, end: 15_000 } as const;

type Asking = { readonly isInvalidated: IsInvalidated; readonly left: () => number; readonly step: number };

/**
 * Waits, while there is time, until CloudFront has completed the invalidations of a run: an operator who withdraws an article wants to
 * know when readers can no longer get it. Undefined if the run sent no invalidation.
 */
export async function waitForInvalidation(
  announced: readonly Announced[],
  { time, tell }: Pick<RunRequest, "time" | "tell">,
  { now, cloud }: Pick<Settings, "now" | "cloud">,
  elapsed: () => number,
  step: number = patience.first,
): Promise<InvalidationProgress | undefined> {
  const asked: Parameters<IsInvalidated>[0][] = [];
  for (const one of announced) {
    if (one.announcement.kind !== "invalidation") continue;
    if (one.kind !== "told") return { kind: "untold" };
    if (one.id !== undefined) asked.push({ distribution: one.announcement.distribution, id: one.id });
  }
  if (asked.length === 0) return undefined;
  tell({ kind: "waiting", reason: "published; waiting until CloudFront removes the old files" });
  const asking = { isInvalidated: invalidationStatus(cloud.endpoints.cloudfront), left: () => time - elapsed() - patience.end, step };
  const outcomes = await Promise.all(asked.map((one) => outcomeOf(one, asking)));
  const left = asked.filter((_, at) => outcomes[at] !== true);
  if (left.length === 0) return { kind: "forgotten", at: new Date(Date.parse(now) + elapsed()).toISOString() };
  return { kind: "forgetting", invalidations: left, ...omitUndefined({ why: outcomes.find((one) => typeof one === "string") }) };
}

/** Whether the invalidation completed in time, or the error that prevented an answer. */
async function outcomeOf(invalidation: Parameters<IsInvalidated>[0], { isInvalidated, left, step }: Asking): Promise<boolean | string> {
  for (let wait = step; ; wait = Math.min(wait * 1.5, patience.longest)) {
    try {
      if (await isInvalidated(invalidation)) return true;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    if (left() < wait) return false;
    await sleep(wait);
  }
}
