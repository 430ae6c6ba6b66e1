import { startS3 } from "../tests/support/s3-server.ts";

/**
 * Serves one bucket until its parent ends; first sends the environment for clients, then on each message the requests that came.
 */
const server = await startS3({ buckets: process.argv.slice(2) });
process.send?.(server.env);
process.on("message", () => {
  const counts: Record<string, number> = {};
  for (const { operation } of server.requests) counts[operation] = (counts[operation] ?? 0) + 1;
  server.clearRequests();
  process.send?.(counts);
});
process.once("disconnect", () => process.exit());
