import type { CancelReport } from "../reports/report.ts";
import type { Line } from "./screen/screen.ts";

/** Whether readers can still get the removed content: what an operator in a hurry wants to know. */
export function invalidationLines(edge: CancelReport["edge"]): readonly Line[] {
  if (edge === undefined) return [];
  switch (edge.kind) {
    case "forgotten":
      return [`CloudFront no longer has the old files: since ${edge.at.slice(11, 19)} UTC readers cannot get them.`];
    case "untold":
      return ["CloudFront may still serve the old files: it could not be told to remove them. The next run tells it; run publish."];
    case "forgetting":
      return [
        `CloudFront may still serve the old files: ${edge.why ?? "the invalidation is still in progress, and this run is out of time."} Ask for its status:`,
        ...edge.invalidations.map(
          ({ distribution, id }): Line => ({
            verbatim: `  aws cloudfront get-invalidation --distribution-id ${distribution} --id ${id} --query Invalidation.Status`,
          }),
        ),
      ];
  }
}
