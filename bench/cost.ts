import { parseSite } from "../lambda/channels/site/site-file.ts";
import { run } from "../lambda/operator/run.ts";
import type { Settings } from "../lambda/settings.ts";
import { inParallel } from "../lambda/stores/parallel.ts";
import { placesIn } from "../tests/support/faults/a-bucket-newsroom.ts";
import { startS3 } from "../tests/support/s3/s3-server.ts";
import { shortArticle, shortKey, shortSite } from "./short.ts";

/**
 * `npm run bench -- cost`: the number of S3 requests of a run, by operation, for newsrooms of these sizes; the basis of
 * docs/costs.md.
 */
export async function cost(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const articles of [500, 5_000]) {
    const s3 = await startS3({ buckets: ["wire"] });
    try {
      const places = placesIn(s3.client(), "wire");
      await inParallel([...Array(articles).keys()], (number) => places.content.write(shortKey(number), Buffer.from(shortArticle(number))));
      const counted = async (now: string): Promise<string> => {
        s3.clearRequests();
        const began = performance.now();
        const settings: Settings = {
          ...{ ...places, now, began: now, editable: false, holder: "bench", cloud: { endpoints: {} } },
          places: { content: places.content.address, target: places.target.address },
          site: parseSite(shortSite, "site.yaml"),
        };
        await run({ command: "publish", allow: [], time: 900_000, tell: () => {} }, settings);
        const seconds = ((performance.now() - began) / 1000).toFixed(2);
        const byOperation = Map.groupBy(s3.requests, ({ operation }) => operation);
        const counts = [...byOperation].map(([operation, all]) => `${operation} ${all.length}`).sort();
        return `${counts.join(", ")} (${seconds} s)`;
      };
      lines.push(`${articles} articles, the first run: ${await counted("2026-11-20T12:00:00Z")}`);
      lines.push(`${articles} articles, nothing new: ${await counted("2026-11-20T12:05:00Z")}`);
      await places.content.write(shortKey(articles), Buffer.from(shortArticle(articles)));
      lines.push(`${articles} articles, one new: ${await counted("2026-11-20T12:10:00Z")}`);
    } finally {
      await s3.close();
    }
  }
  return lines;
}
