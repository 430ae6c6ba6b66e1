import type { CancelReport } from "../reports/report.ts";

/** Whether readers can still get what was taken away: what an operator in a hurry wants to know. */
export function forgettingLines(edge: CancelReport["edge"]): readonly string[] {
  if (edge === undefined) return [];
  switch (edge.kind) {
    case "forgotten":
      return [`CloudFront has forgotten what was there: since ${edge.at.slice(11, 19)} UTC readers can no longer get it.`];
    case "untold":
      return ["CloudFront may still hand it to readers: it could not be told to forget it. The next run tells it; run publish."];
    case "forgetting":
      return [
        `CloudFront may still hand it to readers: ${edge.why ?? "it is still under way there, and the time is over."} Ask how far it is:`,
        ...edge.invalidations.map(
          ({ distribution, id }) =>
            `  aws cloudfront get-invalidation --distribution-id ${distribution} --id ${id} --query Invalidation.Status`,
        ),
      ];
  }
}
