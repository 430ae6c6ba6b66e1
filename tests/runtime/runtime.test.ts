import { afterAll } from "vitest";
import { type S3Server, startS3 } from "../support/s3/s3-server.ts";
import { runtimeContract } from "./contract.ts";

const servers: S3Server[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

const names = { content: "content", feeds: "feeds", state: "state" };

runtimeContract("the bundle, under the tests' own runtime client and S3 server", {
  buckets: async () => {
    const server = await startS3({ buckets: Object.values(names) });
    servers.push(server);
    const { AWS_ENDPOINT_URL_S3: _, ...env } = server.env;
    return { names, endpoint: server.endpoint, client: server.client, env };
  },
});
