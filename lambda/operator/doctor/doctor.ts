import type { Diagnosis, Result } from "../../reports/diagnosis.ts";
import type { RunEvent } from "../../run/ports.ts";
import type { FeedAnswer } from "../web/ask.ts";
import { calmly, type Examined, examine, type Pace, usualRequests } from "./examine.ts";
import { feedResults } from "./feed-checks.ts";
import { httpResults } from "./http-checks.ts";
import { faulty } from "./result.ts";

/** Examines feeds anywhere on the web as readers meet them, one after the other. Changes nothing. `tell`: hears how far it is, in requests. */
export async function doctor(
  urls: readonly string[],
  now: () => number,
  { tell = () => undefined, ...pace }: Partial<Pace> & { readonly tell?: (event: RunEvent) => void } = {},
): Promise<readonly Diagnosis[]> {
  const all: Diagnosis[] = [];
  const of = urls.length * usualRequests;
  for (const url of urls) {
    const before = all.length * usualRequests;
    // Redirects and refusals cost more requests than is usual.
    const heard = (asked: number) => tell({ kind: "stage", stage: "ask", done: before + Math.min(asked, usualRequests), of });
    all.push(diagnosisOf(await examine(url, { ...calmly, ...pace }, heard), now()));
  }
  return all;
}

function diagnosisOf(examined: Examined, now: number): Diagnosis {
  const results = resultsOf(examined, now);
  const verdict = results.some(({ level }) => level === "problem") ? "ill" : "healthy";
  return { url: examined.url, verdict, results, requests: examined.requests };
}

function resultsOf(examined: Examined, now: number): readonly Result[] {
  const { first, reading } = examined;
  if (first.kind === "failed")
    return [faulty("answer", `It does not answer: ${first.why}.`, "Check the address, its name server and its certificate.")];
  const { last } = first;
  if (last.status !== 200) return [refusal(last), ...httpResults(examined, last)];
  if (reading.kind === "none")
    return [faulty("format", reading.why, "Serve the feed at this address, and nothing else."), ...httpResults(examined, last)];
  return [...httpResults(examined, last), ...feedResults(examined, reading.facts, last, now)];
}

function refusal({ status }: FeedAnswer): Result {
  const hint = "Answer 200 with the feed. NetNewsWire stays away for two days after one 4xx, and Thunderbird disables the feed.";
  return faulty("answer", `It answers ${status}.`, hint);
}
