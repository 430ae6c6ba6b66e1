import { afterAll } from "vitest";
import { type S3Server, startS3 } from "../support/s3/s3-server.ts";
import { endToEnd } from "./end-to-end.ts";

const names = { content: "content", feeds: "feeds", state: "state" };
let server: S3Server | undefined;
afterAll(() => server?.close());

endToEnd("from the content bucket to a reader", {
  buckets: async () => {
    server = await startS3({ buckets: Object.values(names) });
    const { AWS_ENDPOINT_URL_S3: _, ...env } = server.env;
    return { names, endpoint: server.endpoint, client: server.client, env };
  },
});
