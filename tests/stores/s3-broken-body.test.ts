import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { Fault } from "../../lambda/fault.ts";
import { s3Store } from "../../lambda/stores/s3/s3.ts";
import type { Store } from "../../lambda/stores/store.ts";

/** A store on a server that gives the answers of the test. */
const answeredBy = async (answer: RequestListener, use: (store: Store) => Promise<void>): Promise<void> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new S3Client({ endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  try {
    await use(s3Store({ bucket: "news", client }));
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

const breakOff: RequestListener = (_, response) => {
  response.writeHead(200, { "content-length": 10, etag: '"1"' });
  response.write("01234", () => response.destroy());
};

test("an object whose body breaks off on the way is requested again", async () => {
  let times = 0;
  const answer: RequestListener = (request, response) => {
    times += 1;
    if (times < 3) breakOff(request, response);
    else response.writeHead(200, { "content-length": 10, etag: '"1"' }).end("0123456789");
  };
  await answeredBy(answer, async (store) => {
    expect(new TextDecoder().decode((await store.read("a"))?.bytes)).toBe("0123456789");
  });
});

test("an object whose body keeps breaking off is a Fault, not a short object", async () => {
  await answeredBy(breakOff, async (store) => {
    await expect(store.read("a")).rejects.toThrow(Fault);
  });
});
