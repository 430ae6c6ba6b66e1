import type { Diagnosis, Result } from "../../reports/diagnosis.ts";
import type { FeedAnswer } from "../web/ask.ts";
import { calmly, type Examined, examine, type Pace } from "./examine.ts";
import { feedResults } from "./feed-checks.ts";
import { httpResults } from "./http-checks.ts";
import { faulty } from "./result.ts";

/** Examines feeds anywhere on the web as readers meet them, one after the other. Changes nothing. */
export async function doctor(urls: readonly string[], now: () => number, pace: Pace = calmly): Promise<readonly Diagnosis[]> {
  const all: Diagnosis[] = [];
  for (const url of urls) all.push(diagnosisOf(await examine(url, pace), now()));
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
  const hint = "FeedAnswer 200 with the feed. NetNewsWire stays away for two days after one 4xx, and Thunderbird disables the feed.";
  return faulty("answer", `It answers ${status}.`, hint);
}
