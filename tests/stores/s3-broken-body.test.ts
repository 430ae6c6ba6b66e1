import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { ListObjectsV2Command, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { Fault } from "../../lambda/fault.ts";
import { s3Store } from "../../lambda/stores/s3/s3.ts";
import type { Store } from "../../lambda/stores/store.ts";

const lasting = { accessKeyId: "test", secretAccessKey: "test", sessionToken: "token" };

/** A store and its client on a server that gives the answers of the test. */
const answeredBy = async (
  answer: RequestListener,
  use: (store: Store, client: S3Client) => Promise<void>,
  credentials: S3ClientConfig["credentials"] = lasting,
): Promise<void> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new S3Client({ endpoint, region: "us-east-1", ...(credentials && { credentials }) });
  try {
    await use(s3Store({ bucket: "news", client }), client);
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

test("a page of a listing that breaks off, or whose connection breaks, is requested again", async () => {
  const object = "<Contents><Key>a</Key><ETag>1</ETag><Size>1</Size></Contents>";
  const page = `<?xml version="1.0"?><ListBucketResult><KeyCount>1</KeyCount><IsTruncated>false</IsTruncated>${object}</ListBucketResult>`;
  let times = 0;
  const answer: RequestListener = (request, response) => {
    times += 1;
    if (times === 1) breakOff(request, response);
    else if (times === 2) request.socket.destroy();
    else response.end(page);
  };
  await answeredBy(answer, async (store) => {
    expect(await store.list()).toEqual([{ key: "a", version: '"1"', size: 1, settled: true }]);
    expect(times).toBe(3);
  });
});

test("a request for a page is the one that the SDK would send", async () => {
  const seen: object[] = [];
  const ids = new Set<unknown>();
  const answer: RequestListener = ({ url = "", headers }, response) => {
    const { authorization = "", "amz-sdk-invocation-id": id, "x-amz-date": _, ...others } = headers;
    seen.push({ ...others, url: url.split(/[?&]/).sort(), signed: authorization.replace(/Signature=.*/, "") });
    ids.add(id);
    response.writeHead(400).end();
  };
  await answeredBy(answer, async (store, client) => {
    await expect(store.list("a/& é")).rejects.toThrow(Fault);
    const own = new ListObjectsV2Command({ Bucket: "news", Prefix: "a/& é", EncodingType: "url" });
    await expect(client.send(own)).rejects.toThrow();
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]).toMatchObject({ "x-amz-security-token": "token", "amz-sdk-request": "attempt=1; max=3" });
    expect([seen.length, ids.size]).toEqual([2, 2]);
  });
});

test("each page is signed with the credentials of its moment", async () => {
  const page = '<?xml version="1.0"?><ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>';
  let sessionToken = "first";
  const seen: unknown[] = [];
  const answer: RequestListener = ({ headers }, response) => {
    seen.push(headers["x-amz-security-token"]);
    response.end(page);
  };
  // They expire at once, so that the SDK asks for them anew.
  const credentials = async () => ({ accessKeyId: "test", secretAccessKey: "test", sessionToken, expiration: new Date() });
  await answeredBy(
    answer,
    async (store) => {
      await store.list();
      sessionToken = "second";
      await store.list();
      expect(seen).toEqual(["first", "second"]);
    },
    credentials,
  );
});
