import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Preview, preview } from "../lambda/preview.ts";
import { folderStore } from "../lambda/stores/folder.ts";
import { aFolder } from "./support/a-command.ts";
import { aNewsroom, aSiteFile, someArticles } from "./support/a-newsroom.ts";

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly body: Buffer };

let folder: Awaited<ReturnType<typeof aFolder>>;
let server: Preview;
let published: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await aFolder();
  const newsroom = await aNewsroom(someArticles(2), { target: folderStore(folder.path) });
  await newsroom.publish("2026-11-20T12:00:00Z", { site: `${aSiteFile.replace("/{slug}/", "/{slug}")}pages: true\n` });
  published = await newsroom.files();
  server = await preview(newsroom.target, { url: "https://wire.example/", feedUrl: "https://feeds.wire.example/news/" }, 0);
});
afterAll(async () => {
  await server.close();
  await folder[Symbol.asyncDispose]();
});

/** As a client on the wire: the path is sent as it stands, and nothing is decoded. */
const ask = (
  path: string,
  options: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> =>
  new Promise((answered, failed) => {
    const { port } = new URL(server.address);
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
  ] as const)("serves %s untouched, with its type", async ([path, type, key]) => {
    const { status, headers, body } = await ask(path);
    expect([status, headers["content-type"], body.toString("utf8")]).toEqual([200, type, published[key]]);
  });

  test("serves the variant to whom accepts it, and nobody by its own address", async () => {
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

  test("maps the hosts of feeds and site to itself, by Host header and as a proxy", async () => {
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

  test("refuses to be written to", async () => {
    expect((await ask("/all/rss.xml", { method: "PUT" })).status).toBe(405);
  });
});
