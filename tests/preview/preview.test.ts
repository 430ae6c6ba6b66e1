import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Preview, preview } from "../../lambda/preview/preview.ts";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aFolder } from "../support/a-command.ts";
import { aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly body: Buffer };

let folder: Awaited<ReturnType<typeof aFolder>>;
let server: Preview;
let published: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await aFolder();
  const newsroom = await aNewsroom(someArticles(2), { target: folderStore(folder.path) });
  await newsroom.publish("2026-11-20T12:00:00Z", { site: `${aSiteFile.replace("/{slug}/", "/{slug}")}pages: true\n` });
  published = await newsroom.files();
  server = await preview(
    newsroom.target,
    {
      url: "https://wire.example/",
      feedUrl: "https://feeds.wire.example/news/",
      moves: { moved: {}, retired: [], former: ["old.example:8443"] },
    },
    0,
  );
});
afterAll(async () => {
  await server.close();
  await folder[Symbol.asyncDispose]();
});

/** As a client on the wire: the path is sent as it stands, and nothing is decoded. */
const ask = (path: string, options: Options = {}): Promise<Answer> => askOf(server, path, options);

type Options = { readonly method?: string; readonly headers?: Readonly<Record<string, string>> };

const askOf = ({ address }: Preview, path: string, options: Options = {}): Promise<Answer> =>
  new Promise((answered, failed) => {
    const { port } = new URL(address);
    const sent = request({ host: "127.0.0.1", port, path, ...options }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => answered({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
    });
    sent.once("error", failed).end();
  });

describe("the preview", () => {
  test.for([
    ["/all/rss.xml", "application/rss+xml; charset=utf-8", "all/rss.xml"],
    ["/all/atom.xml", "application/atom+xml; charset=utf-8", "all/atom.xml"],
    ["/all/feed.json", "application/feed+json; charset=utf-8", "all/feed.json"],
    ["/all/", "text/html; charset=utf-8", "all/index.html"],
    ["/", "text/html; charset=utf-8", "index.html"],
    ["/a-01", "text/html; charset=utf-8", "a-01"],
  ] as const)("serves %s unchanged, with its type", async ([path, type, key]) => {
    const { status, headers, body } = await ask(path);
    expect([status, headers["content-type"], body.toString("utf8")]).toEqual([200, type, published[key]]);
  });

  test("serves the compressed variant only to clients that accept it, and never at its own address", async () => {
    const zipped = await ask("/all/rss.xml", { headers: { "accept-encoding": "gzip, br" } });
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(zipped.body).toString("utf8")).toBe(published["all/rss.xml"]);
    expect((await ask("/all/rss.xml.gz")).status).toBe(404);
  });

  test("answers a conditional request with 304, and HEAD without a body", async () => {
    const { headers } = await ask("/all/rss.xml");
    expect(await ask("/all/rss.xml", { headers: { "if-none-match": String(headers.etag) } })).toMatchObject({
      status: 304,
      body: Buffer.alloc(0),
    });
    expect(await ask("/all/rss.xml", { method: "HEAD" })).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  });

  test("serves the hosts of feeds and site, by Host header and as a proxy", async () => {
    const byHost = await ask("/news/all/rss.xml", { headers: { host: "feeds.wire.example" } });
    const byProxy = await ask("http://feeds.wire.example/news/all/rss.xml");
    expect([byHost.status, byProxy.status]).toEqual([200, 200]);
    expect(byHost.body.equals(byProxy.body)).toBe(true);
  });

  test.for(["/nothing.xml", "/..%2f..%2fetc/passwd", "/%00", "/all//rss.xml", "/%zz", "/all/rss.xml/", "/all", "/edge.json"])(
    "answers %s with 404",
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );

  test.for([
    "/.history/a/000000000001",
    "/.writing/a.part",
    "/a%5Cb",
    "/all/rss.xml/x",
    `/${"x".repeat(300)}`,
    `/${"a/".repeat(3000)}`,
    "/__proto__",
    "/constructor/",
  ])("answers %s with 404, not with an error", async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  test("answers only its own hosts, even if another name leads to this machine", async () => {
    const status = async (host: string) => (await ask("/all/rss.xml", { headers: { host } })).status;
    for (const host of ["127.0.0.1:8080", "localhost", "[::1]:80", "wire.example", "FEEDS.wire.example.", "old.example:8443"])
      expect(await status(host), host).not.toBe(421);
    for (const host of ["evil.example", "127.0.0.1.evil.example", "wire.example.evil", "127.0.0.2", "0.0.0.0"])
      expect(await status(host), host).toBe(421);
    expect((await ask("http://evil.example/all/rss.xml")).status).toBe(421);
  });

  test("rejects PUT", async () => {
    expect((await ask("/all/rss.xml", { method: "PUT" })).status).toBe(405);
  });
});

describe("a request for a film", () => {
  const film = Buffer.from(Array.from({ length: 2_500_000 }, (_, index) => index % 251));
  const path = "/media/film.mp4";
  let reads: number[];
  let films: Preview;
  let etag: string;
  let modified: string;
  beforeAll(async () => {
    const memory = memoryStore();
    await memory.write("media/film.mp4", film, { contentType: "video/mp4" });
    await memory.write("media/empty.mp4", new Uint8Array(), { contentType: "video/mp4" });
    const read: Store["read"] = async (key, range) => {
      const found = await memory.read(key, range);
      reads.push(found?.bytes.length ?? 0);
      return found;
    };
    reads = [];
    films = await preview({ ...memory, read }, { url: "https://wire.example/", feedUrl: "https://wire.example/" }, 0);
    const { headers } = await askOf(films, path, { method: "HEAD" });
    [etag, modified] = [String(headers.etag), String(headers["last-modified"])];
  });
  afterAll(() => films.close());

  const past = "Sun, 06 Nov 1994 08:49:37 GMT";
  const cases: readonly [
    what: string,
    headers: () => Readonly<Record<string, string>>,
    status: number,
    range: string | undefined,
    bytes: Buffer,
  ][] = [
    ["gets the whole file", () => ({}), 200, undefined, film],
    ["with a range gets that part", () => ({ range: "bytes=10-19" }), 206, "bytes 10-19/2500000", film.subarray(10, 20)],
    ["with an open range gets the rest", () => ({ range: "bytes=2499990-" }), 206, "bytes 2499990-2499999/2500000", film.subarray(-10)],
    ["with a suffix range gets the end", () => ({ range: "bytes=-5" }), 206, "bytes 2499995-2499999/2500000", film.subarray(-5)],
    [
      "with a range past the end gets what there is",
      () => ({ range: "bytes=2499999-9999999" }),
      206,
      "bytes 2499999-2499999/2500000",
      film.subarray(-1),
    ],
    ["with a range that starts at the end gets 416", () => ({ range: "bytes=2500000-" }), 416, "bytes */2500000", Buffer.alloc(0)],
    ["with an empty suffix range gets 416", () => ({ range: "bytes=-0" }), 416, "bytes */2500000", Buffer.alloc(0)],
    ["with several ranges gets the whole file", () => ({ range: "bytes=0-1,5-6" }), 200, undefined, film],
    ["with an invalid range gets the whole file", () => ({ range: "bytes=9-1" }), 200, undefined, film],
    ["with another range unit gets the whole file", () => ({ range: "pages=1-2" }), 200, undefined, film],
    [
      "with a range and a matching If-Range tag gets the part",
      () => ({ range: "bytes=0-0", "if-range": etag }),
      206,
      "bytes 0-0/2500000",
      film.subarray(0, 1),
    ],
    [
      "with a range and a matching If-Range date gets the part",
      () => ({ range: "bytes=0-0", "if-range": modified }),
      206,
      "bytes 0-0/2500000",
      film.subarray(0, 1),
    ],
    [
      "with a range and another If-Range tag gets the whole file",
      () => ({ range: "bytes=0-0", "if-range": '"other"' }),
      200,
      undefined,
      film,
    ],
    [
      "with a range and a weak If-Range tag gets the whole file",
      () => ({ range: "bytes=0-0", "if-range": `W/${etag}` }),
      200,
      undefined,
      film,
    ],
    ["with a matching If-Match tag gets the file", () => ({ "if-match": `"other", ${etag}` }), 200, undefined, film],
    ["with If-Match: * gets the file", () => ({ "if-match": "*" }), 200, undefined, film],
    ["with another If-Match tag gets 412", () => ({ "if-match": '"other"' }), 412, undefined, Buffer.alloc(0)],
    ["with a weak If-Match tag gets 412", () => ({ "if-match": `W/${etag}` }), 412, undefined, Buffer.alloc(0)],
    ["with an older If-Unmodified-Since gets 412", () => ({ "if-unmodified-since": past }), 412, undefined, Buffer.alloc(0)],
    [
      "with a matching If-Match tag ignores If-Unmodified-Since",
      () => ({ "if-match": etag, "if-unmodified-since": past }),
      200,
      undefined,
      film,
    ],
    [
      "with a range and another If-Match tag gets 412",
      () => ({ range: "bytes=0-0", "if-match": '"other"' }),
      412,
      undefined,
      Buffer.alloc(0),
    ],
    [
      "with a range and a matching If-None-Match tag gets 304",
      () => ({ range: "bytes=0-0", "if-none-match": etag }),
      304,
      undefined,
      Buffer.alloc(0),
    ],
    [
      "with another If-None-Match tag ignores If-Modified-Since",
      () => ({ "if-none-match": '"other"', "if-modified-since": "Tue, 01 Jan 2999 00:00:00 GMT" }),
      200,
      undefined,
      film,
    ],
  ];
  test.for(cases)("%s", async ([, asked, status, range, bytes]) => {
    const answer = await askOf(films, path, { headers: asked() });
    expect([answer.status, answer.headers["content-range"]]).toEqual([status, range]);
    expect(answer.body.equals(bytes)).toBe(true);
    expect(answer.headers.etag).toBe(etag);
  });

  test("reads at most 1 MB at a time, and one byte for HEAD", async () => {
    const readFor = async (options: Parameters<typeof ask>[1]) => {
      reads = [];
      await askOf(films, path, options);
      return Math.max(...reads);
    };
    expect(await readFor({ method: "HEAD" })).toBe(1);
    expect(await readFor({ headers: { range: "bytes=5-5" } })).toBe(1);
    expect(await readFor({})).toBe(1_000_000);
  });

  test("gets no bytes of an empty film, and 416 for a range", async () => {
    expect(await askOf(films, "/media/empty.mp4")).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    expect((await askOf(films, "/media/empty.mp4", { headers: { range: "bytes=0-" } })).status).toBe(416);
  });

  test("gets a film that no other page can read, and that runs nothing when opened", async () => {
    const { headers } = await askOf(films, path, { method: "HEAD" });
    expect(headers).not.toHaveProperty("access-control-allow-origin");
    expect(headers["content-security-policy"]).toContain("sandbox");
    expect(headers["content-length"]).toBe("2500000");
  });
});

test("an unreadable store gives 502, and the answer does not reveal its path", async () => {
  const denied: Store = { ...memoryStore(), read: () => Promise.reject(new Error("EACCES: /srv/secret")) };
  await using folder = {
    server: await preview(denied, { url: "https://wire.example/", feedUrl: "https://wire.example/" }, 0),
    [Symbol.asyncDispose]: () => folder.server.close(),
  };
  const { status, body } = await askOf(folder.server, "/all/rss.xml");
  expect([status, body.toString("utf8")]).toEqual([502, "The published files cannot be read now. Try again.\n"]);
});

test("a damaged edge table counts as missing", async () => {
  const target = memoryStore();
  await target.write("edge.json", Buffer.from("{"));
  await target.write("all/rss.xml", Buffer.from("<rss/>"));
  const spoilt = await preview(target, { url: "https://wire.example/", feedUrl: "https://wire.example/" }, 0);
  expect((await askOf(spoilt, "/all/rss.xml")).status).toBe(200);
  await spoilt.close();
});
