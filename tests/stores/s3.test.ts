import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../lambda/fault.ts";
import { byKey } from "../../lambda/stores/key.ts";
import { s3Store } from "../../lambda/stores/s3/s3.ts";
import { pointsOf } from "../../lambda/stores/scan.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { type S3Server, startS3 } from "../support/s3/s3-server.ts";
import { memoryStore } from "../support/stores/memory-store.ts";
import { storeContract } from "./contract.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("S3, as the tests' own server speaks it", () => {
  let server: S3Server;
  let stores = 0;
  beforeAll(async () => {
    server = await startS3({ buckets: ["news"], pageSize: 3 });
  });
  afterAll(() => server.close());

  const inPrefix = async () => ({ store: s3Store({ bucket: "news", prefix: `store ${stores++}/`, client: server.client() }) });
  storeContract("a prefix of a bucket", inPrefix, { headers: true, history: true });

  const inBucket = async () => {
    const own = await startS3({ buckets: ["whole"], pageSize: 3 });
    return { store: s3Store({ bucket: "whole", client: own.client() }), close: own.close };
  };
  storeContract("a whole bucket", inBucket, { headers: true, history: true });
});

describe("an S3 store", () => {
  let server: S3Server;
  let store: Store;
  beforeEach(async () => {
    server = await startS3({ buckets: ["news", "media"] });
    store = s3Store({ bucket: "news", prefix: "/site/", client: server.client() });
  });
  afterEach(() => server.close());
  const operations = () => server.requests.map(({ operation }) => operation);

  test("joins prefix and key with one slash, and shows only the key", async () => {
    await store.write("all/rss.xml", bytes("x"));
    await s3Store({ bucket: "news", client: server.client() }).write("site-two/other", bytes("y"));
    expect([...server.objects("news").keys()]).toEqual(["site-two/other", "site/all/rss.xml"]);
    expect((await store.list()).map(({ key }) => key)).toEqual(["all/rss.xml"]);
    expect(store.address).toBe("s3://news/site");
  });

  test("lists thousands of objects over several pages", async () => {
    const keys = Array.from({ length: 2101 }, (_, i) => `k${i}`);
    for (let at = 0; at < keys.length; at += 100) await Promise.all(keys.slice(at, at + 100).map((key) => store.write(key, bytes("x"))));
    server.clearRequests();
    expect((await store.list()).map(({ key }) => key)).toEqual([...keys].sort());
    expect(operations()).toEqual(["ListObjectsV2", "ListObjectsV2", "ListObjectsV2"]);
  });

  test("needs no more requests to list the ranges between points than all in a row", async () => {
    await server.close();
    server = await startS3({ buckets: ["news"], pageSize: 10 });
    store = s3Store({ bucket: "news", client: server.client() });
    await Promise.all(Array.from({ length: 200 }, (_, i) => store.write(`k${String(i).padStart(3, "0")}`, bytes("x"))));
    const pages = await Array.fromAsync(store.scan());
    const points = pointsOf(pages.flatMap((page) => page.at(-1)?.key ?? []));
    expect(points).toEqual(["k029", "k069", "k099", "k129", "k169"]);
    server.clearRequests();
    expect((await Array.fromAsync(store.scan("", points))).flat().length).toBe(200);
    expect(operations().length).toBe(20);
  });

  test("leaves out the empty objects that the console makes as folders", async () => {
    const { PutObjectCommand } = await import("@aws-sdk/client-s3");
    for (const Key of ["site/", "site/world/"]) await server.client().send(new PutObjectCommand({ Bucket: "news", Key }));
    await store.write("world/a", bytes("x"));
    expect((await store.list()).map(({ key }) => key)).toEqual(["world/a"]);
  });

  test("takes region, credentials and endpoint from the SDK's own settings", async () => {
    const before = { ...process.env };
    Object.assign(process.env, server.env);
    try {
      await s3Store({ bucket: "news" }).write("a", bytes("x"));
    } finally {
      for (const name of Object.keys(server.env)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
    expect([...server.objects("news").keys()]).toEqual(["a"]);
  });

  test("needs one request for one operation", async () => {
    await store.write("a", bytes("x"), { contentType: "text/plain" }, { ifAbsent: true });
    await store.read("a");
    await store.read("nothing");
    await store.remove("a");
    expect(operations()).toEqual(["PutObject", "GetObject", "GetObject", "DeleteObject"]);
  });

  test("copies inside S3 without a download", async () => {
    const media = s3Store({ bucket: "media", client: server.client() });
    await media.write("a +%/картина.webp", bytes("x"));
    const client = server.client();
    const from = s3Store({ bucket: "media", client });
    const to = s3Store({ bucket: "news", client });
    server.clearRequests();
    await to.write("media/1.webp", { copyFrom: from, key: "a +%/картина.webp" });
    expect(operations()).toEqual(["CopyObject"]);
  });

  test("copies neither tags nor annotations, for which the function has no permission", async () => {
    const client = server.client();
    const [from, to] = [s3Store({ bucket: "media", client }), s3Store({ bucket: "news", client })];
    await from.write("a.webp", bytes("x"));
    const sent: Record<string, unknown>[] = [];
    client.middlewareStack.add(
      (next) => (args) => {
        sent.push(args.input as unknown as Record<string, unknown>);
        return next(args);
      },
      { step: "initialize" },
    );
    await to.write("media/1.webp", { copyFrom: from, key: "a.webp" });
    expect(sent.find(({ CopySource }) => CopySource !== undefined)).toMatchObject({
      TaggingDirective: "REPLACE",
      AnnotationDirective: "EXCLUDE",
    });
  });

  test("streams large content from another store to S3, and from S3 to another store", async () => {
    const other = memoryStore();
    const body = new Uint8Array(12_000_000).fill(7);
    await other.write("video", body);
    const elsewhere = s3Store({ bucket: "media", client: server.client() });
    await elsewhere.write("video", { copyFrom: other, key: "video" }, { contentType: "video/mp4" });
    server.clearRequests();
    await store.write("video", { copyFrom: elsewhere, key: "video" });
    expect(operations().sort()).toEqual(["GetObject", "PutObject"]);
    const kept = server.objects("news").get("site/video");
    expect(kept?.headers).toMatchObject({ "content-type": "video/mp4" });
    expect(kept?.headers["content-encoding"]).toBeUndefined();
    expect(kept?.bytes.length).toBe(12_000_000);
  });

  describe("when S3 refuses", () => {
    test("a denied request is a Fault with place and hint, even if the key may be absent", async () => {
      server.fail = () => ({ status: 403, code: "AccessDenied" });
      const doings = [
        () => store.read("a"),
        () => store.write("a", bytes("x"), {}, { ifAbsent: true }),
        () => store.remove("a"),
        () => store.history("a"),
      ];
      for (const doing of doings) {
        const fault = await doing().catch((error: unknown) => error);
        expect(fault).toBeInstanceOf(Fault);
        expect(String(fault)).toMatch(/s3:\/\/news\/site\/a.*403 AccessDenied.*ListBucket/);
      }
      await expect(store.list()).rejects.toThrow(/s3:\/\/news\/site.*403/);
    });

    test("a missing bucket is a Fault, not an absent key", async () => {
      const wrong = s3Store({ bucket: "gnus", client: server.client() });
      const doings = [
        () => wrong.read("a"),
        () => wrong.list(),
        () => wrong.write("a", bytes("x")),
        () => wrong.write("a", bytes("x"), {}, { ifVersion: '"1"' }),
        () => wrong.remove("a"),
        () => wrong.history("a"),
        () => wrong.write("a", { copyFrom: store, key: "a" }),
      ];
      await store.write("a", bytes("x"));
      for (const doing of doings) await expect(doing()).rejects.toThrow(/NoSuchBucket/);
    });

    test("a 404 that is not S3's own is a Fault, not an absent key", async () => {
      server.fail = () => ({ status: 404, code: "", body: "<html><body>Not found</body></html>" });
      await expect(store.read("a")).rejects.toThrow(Fault);
    });

    test.each(["ConditionalRequestConflict", "ConcurrentModification"])("409 %s refuses a condition", async (code) => {
      await store.write("a", bytes("x"));
      const [listed] = await store.list();
      server.fail = ({ method }) => (method === "HEAD" ? undefined : { status: 409, code });
      expect(await store.write("b", bytes("x"), {}, { ifAbsent: true })).toEqual({ kind: "refused" });
      expect(await store.write("b", { copyFrom: store, key: "a" }, {}, { ifAbsent: true })).toEqual({ kind: "refused" });
      expect(await store.remove("a", { ifVersion: listed?.version ?? "" })).toEqual({ kind: "refused" });
      await expect(store.write("a", bytes("x"))).rejects.toThrow(Fault);
    });

    test("another 409 is a Fault", async () => {
      server.fail = () => ({ status: 409, code: "OperationAborted" });
      await expect(store.write("a", bytes("x"), {}, { ifAbsent: true })).rejects.toThrow(/OperationAborted/);
    });

    test("tries again as the SDK does when S3 is too busy", async () => {
      let times = 0;
      server.fail = () => (++times <= 2 ? { status: 503, code: "SlowDown" } : undefined);
      expect(await store.write("a", bytes("x"))).toMatchObject({ kind: "written" });
      expect(times).toBe(3);
    });

    test("a write whose answer was lost succeeds although its second attempt is refused", async () => {
      const loseAnswer = () => {
        server.fail = ({ operation }) => {
          if (operation !== "PutObject") return undefined;
          server.fail = undefined;
          return { status: 500, code: "InternalError" };
        };
      };
      // The result of the first attempt.
      await store.write("a", bytes("ours"));
      loseAnswer();
      expect(await store.write("a", bytes("ours"), {}, { ifAbsent: true })).toMatchObject({ kind: "written" });
      loseAnswer();
      expect(await store.write("a", bytes("not these"), {}, { ifAbsent: true })).toEqual({ kind: "refused" });
      expect(new TextDecoder().decode((await store.read("a"))?.bytes)).toBe("ours");
    });

    test("so does a copy whose answer was lost", async () => {
      await store.write("from", bytes("ours"));
      await store.write("other", bytes("not these"));
      // The result of the first attempt; the key was checked before, when it did not exist yet.
      await store.write("to", bytes("ours"));
      const copy = (key: string) => {
        let [looks, copies] = [0, 0];
        server.fail = ({ operation, key: asked }) => {
          if (operation === "HeadObject" && asked === "site/to" && ++looks === 1) return { status: 404, code: "" };
          return operation === "CopyObject" && ++copies === 1 ? { status: 500, code: "InternalError" } : undefined;
        };
        return store.write("to", { copyFrom: store, key }, {}, { ifAbsent: true });
      };
      expect(await copy("from")).toMatchObject({ kind: "written" });
      expect(await copy("other")).toEqual({ kind: "refused" });
    });
  });

  describe("never takes an incomplete listing for a complete one", () => {
    const contents = "<Contents><Key>site/a</Key><ETag>&quot;1&quot;</ETag><Size>1</Size></Contents>";
    const page = (inside: string) => `<?xml version="1.0"?><ListBucketResult><Name>news</Name>${inside}</ListBucketResult>`;
    test.each([
      ["that continues without a token", page(`<KeyCount>1</KeyCount><IsTruncated>true</IsTruncated>${contents}`)],
      [
        "that continues for ever at one place",
        page(`<KeyCount>1</KeyCount><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>${contents}`),
      ],
      ["that does not say whether it continues", page(`<KeyCount>1</KeyCount>${contents}`)],
      ["that has fewer objects than it says", page(`<KeyCount>2</KeyCount><IsTruncated>false</IsTruncated>${contents}`)],
      [
        "with an object without an ETag",
        page("<KeyCount>1</KeyCount><IsTruncated>false</IsTruncated><Contents><Key>site/a</Key><Size>1</Size></Contents>"),
      ],
      ["of another bucket", page(`<KeyCount>1</KeyCount><IsTruncated>false</IsTruncated>${contents.replace("site/a", "other/a")}`)],
      ["that breaks off", page(`<KeyCount>1</KeyCount><IsTruncated>false</IsTruncated>${contents}`).slice(0, -25)],
      ["that is a page of a hotel's Wi-Fi", "<html><body>Please log in</body></html>"],
      ["that is empty", ""],
    ])("a listing %s is a Fault", async (_, body) => {
      server.fail = () => ({ status: 200, code: "", body });
      await expect(store.list()).rejects.toThrow(Fault);
    });

    test("so is one whose second page is denied", async () => {
      await server.close();
      server = await startS3({ buckets: ["news"], pageSize: 1 });
      store = s3Store({ bucket: "news", client: server.client() });
      await store.write("a", bytes("x"));
      await store.write("b", bytes("x"));
      let lists = 0;
      server.fail = ({ operation }) => (operation === "ListObjectsV2" && ++lists === 2 ? { status: 403, code: "AccessDenied" } : undefined);
      await expect(store.list()).rejects.toThrow(Fault);
    });

    const pageOf = (objects: string, count: number) => ({
      status: 200,
      code: "",
      body: `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><KeyCount>${count}</KeyCount><IsTruncated>false</IsTruncated>${objects}</ListBucketResult>`,
    });
    const plain = "<Contents><Key>site/a&amp;b</Key><ETag>&quot;1&quot;</ETag><Size>5</Size></Contents>";

    test.each([
      ["a comment", "<Contents><!-- here --><Key>site/x</Key><ETag>2</ETag><Size>7</Size></Contents>", "x"],
      ["a character reference", "<Contents><Key>site/&#x41;</Key><ETag>2</ETag><Size>7</Size></Contents>", "A"],
      ["CDATA", "<Contents><Key><![CDATA[site/<x>]]></Key><ETag>2</ETag><Size>7</Size></Contents>", "<x>"],
      ["an owner and a space", "\n <Contents>\n<Key>site/x</Key><ETag>2</ETag><Size>7</Size><Owner><ID>me</ID></Owner></Contents>", "x"],
    ])("an object with %s is read like a plain one", async (_, other, key) => {
      server.fail = () => pageOf(plain + other, 2);
      expect(await store.list()).toEqual(
        [
          { key: "a&b", version: '"1"', size: 5, settled: true },
          { key, version: '"2"', size: 7, settled: true },
        ].sort(byKey),
      );
    });

    test("a page with fewer objects than it counts is a Fault", async () => {
      server.fail = () => pageOf(plain, 2);
      await expect(store.list()).rejects.toThrow("it has 1 of 2 objects");
    });

    test("so is a scan that is denied on the way, whichever range it is in", async () => {
      for (const key of ["a", "b", "c"]) await store.write(key, bytes("x"));
      let lists = 0;
      server.fail = ({ operation }) => (operation === "ListObjectsV2" && ++lists === 2 ? { status: 403, code: "AccessDenied" } : undefined);
      await expect(Array.fromAsync(store.scan("", ["a", "b"]))).rejects.toThrow("Cannot list s3://news/site: 403 AccessDenied");
    });

    test("a server that ignores where to start gives every key once", async () => {
      for (const key of ["a", "b", "c", "d"]) await store.write(key, bytes("x"));
      server.forget = "start-after";
      const scanned = (await Array.fromAsync(store.scan("", ["b", "c"]))).flat();
      expect(scanned.map(({ key }) => key).sort()).toEqual(["a", "b", "c", "d"]);
    });
  });
});
