import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EdgeTable } from "../../lambda/plan/edge/edge-table.ts";
import { type Preview, preview } from "../../lambda/preview/preview.ts";
import { type EdgeRequest, type EdgeResponse, edgeOver, edgeSource } from "../../lambda/preview/preview-edge.ts";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aWire, hub } from "./a-wire.ts";
import { answerOf, requestOf } from "./events.ts";
import { answersOfNjs, hasNjs } from "./njs.ts";
import { type Row, requests } from "./requests.ts";

const source = readFileSync(edgeSource, "utf8");
const rows = Object.entries(requests).flatMap(([kind, list]) => list.map((row, n) => ({ kind, row, n })));
const titled = rows.map(({ kind, row }, n) => [kind, row.method ?? "GET", row.path, row.answer, n] as const);

/** Addresses of responses as the event shows them, and the feed of each. */
const responses = [
  ["/all/rss.xml", "all/rss.xml"],
  ["/all/rss.xml.gz", "all/rss.xml"],
  ["/all/atom.xml.br", "all/atom.xml"],
  ["/all/feed.json", "all/feed.json"],
  ["/feed", "all/rss.xml"],
  ["/rss.xml", "all/rss.xml"],
  ["/all/archive/2026-01/rss.xml.gz", "all/archive/2026-01/rss.xml"],
  ["/%D0%9C%D0%B8%D1%80/rss.xml", "%D0%9C%D0%B8%D1%80/rss.xml"],
  ["/all/index.html.gz", undefined],
  ["/all/", undefined],
  ["/feeds.opml", undefined],
  ["/media/aa.jpg", undefined],
  ["/%zz", undefined],
] as const;

const folder = mkdtempSync(join(tmpdir(), "wireroom-edge-"));
let target: Store;
let table: EdgeTable;
let server: Preview;

beforeAll(async () => {
  const wire = await aWire(folderStore(join(folder, "site")));
  target = wire.target;
  table = wire.table;
  const moves = { moved: {}, retired: [], former: ["old.feeds.example"] };
  server = await preview(target, { url: "https://wire.example/", feedUrl: "https://feeds.wire.example/", moves }, 0);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("each class of requests has at least ten rows", () => {
  for (const [kind, list] of Object.entries(requests)) expect([kind, list.length >= 10]).toEqual([kind, true]);
});

describe("the preview server answers", () => {
  type Answer = {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: Buffer;
  };

  const ask = ({ path, method = "GET", headers = {} }: Row): Promise<Answer> =>
    new Promise((answered, failed) => {
      const sent = request({ host: "127.0.0.1", port: new URL(server.address).port, path, method, headers: { ...headers } }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => answered({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
      });
      sent.once("error", failed).end();
    });

  test.each(titled)("%s: %s %s with %s", async (_, __, ___, answer, n) => {
    const row = rows[n]!.row;
    const { status, headers, body } = await ask(row);
    // CloudFront answers for any name; a server on this machine only for its own.
    if (/cloudfront\.net$|evil\.example$/.test(row.headers?.host ?? "")) {
      expect(status).toBe(421);
      return;
    }
    expect(headers["access-control-allow-origin"]).toBe("*");
    if (!answer.startsWith("/")) {
      expect([String(status), headers.location].filter((part) => part !== undefined).join(" ")).toBe(answer);
      return;
    }
    const found = await target.read(decodeURIComponent(answer.slice(1)));
    expect(status).toBe(found === undefined ? 404 : 200);
    if (found === undefined) return;
    expect(body).toEqual(row.method === "HEAD" ? Buffer.alloc(0) : Buffer.from(found.bytes));
    expect(headers).toMatchObject({ vary: "Accept-Encoding", "content-length": String(found.bytes.length) });
    expect(headers["content-encoding"]).toBe(answer.endsWith(".gz") ? "gzip" : answer.endsWith(".br") ? "br" : undefined);
  });

  test("a feed with its type, cache time, hub and own address; its 304 says the same", async () => {
    const plain = await ask({ path: "/all/atom.xml", answer: "" });
    expect(plain.headers).toMatchObject({
      "content-type": "application/atom+xml; charset=utf-8",
      "cache-control": "public, max-age=300, s-maxage=60, stale-if-error=604800",
      link: `<https://feeds.wire.example/all/atom.xml>; rel="self", <${hub}>; rel="hub"`,
    });
    const again = await ask({ path: "/all/atom.xml", answer: "", headers: { "if-none-match": String(plain.headers.etag) } });
    expect(again.status).toBe(304);
    for (const name of ["etag", "cache-control", "vary", "link", "last-modified"]) expect(again.headers[name]).toBe(plain.headers[name]);
  });

  test("a part of an archive with its longer cache time", async () => {
    const { headers } = await ask({ path: "/all/archive/2026-01/rss.xml", answer: "" });
    expect(headers["cache-control"]).toBe("public, max-age=3600, s-maxage=86400, stale-if-error=604800");
  });

  test.each([
    ["a reader that knows only the date", (date: string) => ({ "if-modified-since": date }), 304],
    ["one with an older date", () => ({ "if-modified-since": "Sat, 01 Jan 2000 00:00:00 GMT" }), 200],
    ["one with an invalid date", () => ({ "if-modified-since": "yesterday" }), 200],
    ["one with another tag, whatever its date", (date: string) => ({ "if-modified-since": date, "if-none-match": '"x"' }), 200],
    ["one that knows several tags", (_: string, tag: string) => ({ "if-none-match": `"x", W/${tag}` }), 304],
    ["one that takes any tag", () => ({ "if-none-match": "*" }), 304],
  ])("%s", async (_, headers, status) => {
    const { headers: first } = await ask({ path: "/all/rss.xml", answer: "" });
    const known = headers(String(first["last-modified"]), String(first.etag)) as Readonly<Record<string, string>>;
    expect((await ask({ path: "/all/rss.xml", answer: "", headers: known })).status).toBe(status);
  });

  test("a redirect of a navigation to a page is not stored, and an absent address has its own page", async () => {
    const led = await ask({ path: "/all/rss.xml", answer: "", headers: { "sec-fetch-mode": "navigate" } });
    expect(led.headers["cache-control"]).toBe("no-store");
    const gone = await ask({ path: "/nothing", answer: "" });
    expect([gone.status, gone.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
    expect(gone.body.toString()).toContain("<h1>Nothing here</h1>");
  });
});

describe("without its table", () => {
  const edge = edgeOver(source)({});

  test.each([
    ["/all/rss.xml", "/all/rss.xml"],
    ["/", "/index.html"],
    ["/all/rss.xml.gz", "404"],
  ])("the edge still answers %s, with the plain file", async (path, answer) => {
    expect(answerOf(await edge.asked(requestOf({ path, answer, headers: { "accept-encoding": "gzip" } })))).toBe(answer);
  });

  test("and sends neither hub nor address", async () => {
    const { headers } = await edge.answered(requestOf({ path: "/all/rss.xml", answer: "" }), { statusCode: 200, headers: {} });
    expect(headers).toEqual({ vary: { value: "Accept-Encoding" } });
  });
});

describe.skipIf(!hasNjs)("Debian's njs, which has exactly the language of cloudfront-js-2.0, answers (needs njs)", () => {
  let results: readonly (EdgeRequest | EdgeResponse)[];

  beforeAll(() => {
    const events = [
      ...rows.map(({ row }) => ({ context: { eventType: "viewer-request" }, request: requestOf(row) })),
      ...responses.map(([uri]) => ({
        context: { eventType: "viewer-response" },
        request: requestOf({ path: uri, answer: "" }),
        response: { statusCode: 200, headers: {} },
      })),
    ];
    results = answersOfNjs(source, table, events);
  });

  test.each(titled)("%s: %s %s with %s", (_, __, ___, answer, n) => {
    expect(answerOf(results[n]!)).toBe(answer);
  });

  test.each(responses.map(([uri, key], n) => [uri, key, n] as const))("the response to %s as that of %s", (_, key, n) => {
    const { headers } = results[rows.length + n] as EdgeResponse;
    expect(headers["vary"]?.value).toBe("Accept-Encoding");
    expect(headers["link"]?.value).toBe(
      key === undefined ? undefined : `<https://feeds.wire.example/${key}>; rel="self", <${hub}>; rel="hub"`,
    );
  });
});
