import { startS3 } from "../tests/support/s3/s3-server.ts";
import { shortArticle, shortKey, shortSite } from "./short.ts";

/**
 * Serves one bucket until its parent ends; first sends the environment for clients, then on each message the requests that came. A second
 * argument: how many short articles the bucket begins with, below `content/`.
 */
const [bucket = "", articles = "0"] = process.argv.slice(2);
const server = await startS3({ buckets: [bucket] });
if (Number(articles) > 0) {
  server.fill(bucket, "content/site.yaml", Buffer.from(shortSite.replace(", archive: monthly", "")));
  for (let number = 0; number < Number(articles); number += 1)
    server.fill(bucket, `content/${shortKey(number)}`, Buffer.from(shortArticle(number)));
}
process.send?.(server.env);
process.on("message", () => {
  const counts: Record<string, number> = {};
  for (const { operation } of server.requests) counts[operation] = (counts[operation] ?? 0) + 1;
  server.clearRequests();
  process.send?.(counts);
});
process.once("disconnect", () => process.exit());
