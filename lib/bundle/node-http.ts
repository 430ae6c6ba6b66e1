/**
 * Replaces `node:http` in the bundles. An import of it reads all of its exports, of which some load what `fetch` needs: some 30 ms of
 * processor time before the first request to S3.
 */
const http = process.getBuiltinModule("node:http");

// biome-ignore lint/style/noDefaultExport: as Node has it, for packages that import it so.
export default http;
export const { Agent, createServer, request } = http;
