import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { doctor } from "../../lambda/operator/doctor/doctor.ts";
import { readers } from "../../lambda/operator/doctor/readers.ts";
import { preview } from "../../lambda/preview/preview.ts";
import type { Diagnosis } from "../../lambda/reports/diagnosis.ts";
import type { RunEvent } from "../../lambda/run/ports.ts";
import { diagnosisLines } from "../../lambda/terminal/diagnoses.ts";
import { plain, shown } from "../../lambda/terminal/screen/screen.ts";
import { aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { type Answer, type Asked, aServer } from "../support/a-server.ts";

const etag = '"one"';
const modified = "Fri, 20 Nov 2026 12:00:00 GMT";
const type = "application/rss+xml; charset=utf-8";
const healthy = { "content-type": type, etag, "last-modified": modified, "cache-control": "public, max-age=300" };

const rss = ({ self = "", date = "Fri, 20 Nov 2026 12:00:00 GMT", items = anItem() } = {}) =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The Wire</title>` +
  `<link>https://wire.example/</link><description>News.</description><lastBuildDate>${date}</lastBuildDate>` +
  `<atom:link rel="self" type="application/rss+xml" href="${self}"/>${items}</channel></rss>`;

const anItem = ({ id = "a", date = "Fri, 20 Nov 2026 09:00:00 GMT", link = "" } = {}) =>
  `<item><title>T</title>${link}<guid isPermaLink="false">${id}</guid><pubDate>${date}</pubDate><description>S</description></item>`;

/** A feed as a good server has it; `change` spoils its answers. */
const aHealthyServer = async (feed: (self: string) => string, change: (answer: Answer, asked: Asked) => Answer = (answer) => answer) => {
  const server = await aServer((asked) => {
    const body = feed(`${server.url}/rss.xml`);
    const fresh = asked.headers["if-none-match"] === etag || asked.headers["if-modified-since"] === modified;
    const answer: Answer = fresh
      ? { status: 304, headers: healthy }
      : { status: 200, headers: { ...healthy, "content-encoding": "gzip" }, body: asked.method === "HEAD" ? "" : gzipSync(body) };
    return change(answer, asked);
  });
  return server;
};

const examined = async (url: string): Promise<Diagnosis> => {
  const [one] = await doctor([url], () => Date.parse("2026-11-21T00:00:00Z"), { between: 0, pause: 0 });
  return one as Diagnosis;
};

const found = ({ results }: Diagnosis, level: string) =>
  Object.fromEntries(results.filter((one) => one.level === level).map(({ check, message }) => [check, message]));

const without = (answer: Answer, ...names: readonly string[]): Answer => ({
  ...answer,
  headers: Object.fromEntries(Object.entries(answer.headers ?? {}).filter(([name]) => !names.includes(name))),
});

describe("a healthy feed", () => {
  test("has no problem and no advice", async () => {
    await using server = await aHealthyServer((self) => rss({ self }));
    const one = await examined(`${server.url}/rss.xml`);
    expect([found(one, "problem"), found(one, "advice"), one.verdict]).toEqual([{}, {}, "healthy"]);
  });

  test("is watched request by request, up to all of them", async () => {
    await using server = await aHealthyServer((self) => rss({ self }));
    const told: (readonly [done: number, of: number | undefined])[] = [];
    const tell = (event: RunEvent) => event.kind === "stage" && told.push([event.done, event.of]);
    await doctor([`${server.url}/rss.xml`], () => 0, { between: 0, pause: 0, tell });
    expect(told.at(0)).toEqual([1, told.at(-1)?.[1]]);
    expect(told.map(([done]) => done)).toEqual(told.map((_, index) => index + 1));
  });

  test("is asked for under our own name first, then under ten readers' names and a browser's", async () => {
    await using server = await aHealthyServer((self) => rss({ self }));
    await examined(`${server.url}/rss.xml`);
    const names = server.asked.map(({ headers }) => headers["user-agent"]);
    expect(names[0]).toMatch(/^Wireroom-Doctor/);
    expect(new Set(names.slice(1))).toEqual(new Set([names[0], ...readers.map(({ agent }) => agent)]));
    expect(names.length).toBeLessThan(40);
  });

  test("in every format of ours: the preview serves them as readers want them", async () => {
    const newsroom = await aNewsroom(someArticles(3));
    const server = await preview(newsroom.target, { url: "http://127.0.0.1/", feedUrl: "http://127.0.0.1/" }, 0);
    await newsroom.publish("2026-11-20T12:00:00Z", {
      site: aSiteFile.replace(/^url:.*$/m, `url: ${server.address}/`).replace(/^feedUrl:.*$/m, `feedUrl: ${server.address}/`),
    });
    const urls = ["rss.xml", "atom.xml", "feed.json"].map((file) => `${server.address}/all/${file}`);
    const all = await doctor(urls, () => Date.parse("2026-11-21T00:00:00Z"), { between: 0, pause: 0 });
    await server.close();
    expect(
      all.map((one) => [one.url, found(one, "advice"), Object.keys(found(one, "problem")).filter((check) => check !== "links")]),
    ).toEqual(urls.map((url) => [url, {}, []]));
  });
});

describe("a sick feed", () => {
  test.for([
    [
      "refuses one reader",
      rss,
      (answer: Answer, { headers }: Asked) => (headers["user-agent"]?.startsWith("NetNewsWire") === true ? { status: 403 } : answer),
      { readers: "Refused: NetNewsWire (403)." },
    ],
    [
      "shows a page to one reader",
      rss,
      (answer: Answer, { headers }: Asked) =>
        headers["user-agent"]?.startsWith("Feedly") === true
          ? { status: 200, headers: { "content-type": "text/html" }, body: "<html>Are you human?" }
          : answer,
      { readers: "Refused: Feedly (text/html instead)." },
    ],
    [
      "has the type of a page",
      rss,
      (answer: Answer) => ({ ...answer, headers: { ...answer.headers, "content-type": "text/html" } }),
      { type: "The type is text/html, but the body is application/rss+xml." },
    ],
    [
      "has no validators",
      rss,
      (answer: Answer) => without(answer, "etag", "last-modified"),
      { conditional: expect.stringMatching(/^No ETag and no Last-Modified: every visit of every reader fetches all \d+ bytes\.$/) },
    ],
    [
      "ignores If-Modified-Since",
      rss,
      (answer: Answer, { headers }: Asked) =>
        headers["if-modified-since"] === undefined ? answer : { status: 200, headers: healthy, body: rss() },
      { conditional: "If-Modified-Since (Last-Modified) gets the whole feed again, not 304." },
    ],
    [
      "forbids caching",
      rss,
      (answer: Answer) => ({ ...answer, headers: { ...answer.headers, "cache-control": "no-store" } }),
      { caching: expect.stringContaining("no-store") },
    ],
    [
      "is not well-formed",
      () => "<rss version='2.0'><channel></rss>",
      undefined,
      { format: expect.stringMatching(/^The XML is broken\. Line 1: /) },
    ],
    ["gives two entries one id", () => rss({ items: anItem() + anItem() }), undefined, { ids: "Two entries share the id a." }],
    [
      "has entries without an id",
      () => rss({ items: "<item><title>T</title><description>S</description></item>" }),
      undefined,
      { ids: "1 of 1 entries have no id.", dates: "1 of 1 entries have no date." },
    ],
    [
      "has a date that nobody can read",
      () => rss({ items: anItem({ date: "yesterday" }) }),
      undefined,
      { dates: "The dates of 1 entries cannot be read." },
    ],
    [
      "dates an entry ahead",
      () => rss({ items: anItem({ date: "Fri, 27 Nov 2026 12:00:00 GMT" }) }),
      undefined,
      { dates: "1 entries are dated more than a day ahead." },
    ],
    ["answers 404", rss, () => ({ status: 404 }), { answer: "It answers 404." }],
  ] as const)("%s", async ([, feed, change, problems]) => {
    await using server = await aHealthyServer((self) => feed({ self }), change as never);
    const one = await examined(`${server.url}/rss.xml`);
    expect(found(one, "problem")).toMatchObject(problems);
    expect(one.verdict).toBe("ill");
  });

  test.for([
    [
      "the feed's own date",
      (turn: number, self: string) => rss({ self, date: new Date(Date.UTC(2026, 10, 20, 12, turn)).toUTCString() }),
      /own date moved/,
    ],
    [
      "the date of an entry",
      (turn: number, self: string) => rss({ self, items: anItem({ date: new Date(Date.UTC(2026, 10, 20, 9, turn)).toUTCString() }) }),
      /dates of 1 entries changed \(a\)/,
    ],
    ["its ids", (turn: number, self: string) => rss({ self, items: anItem({ id: `a${turn}` }) }), /every id changed/],
  ] as const)("moves %s with every request", async ([, feed, said]) => {
    let turn = 0;
    await using server = await aHealthyServer((self) => feed(turn++, self));
    expect(found(await examined(`${server.url}/rss.xml`), "problem")).toEqual({ again: expect.stringMatching(said) });
  });

  test("links to pages that are gone", async () => {
    await using server = await aHealthyServer(
      (self) => rss({ self, items: anItem({ link: `<link>${new URL("/gone", self).href}</link>` }) }),
      (answer, { path }) => (path === "/gone" ? { status: 410 } : answer),
    );
    expect(found(await examined(`${server.url}/rss.xml`), "problem")).toEqual({
      links: `Dead links in the newest entries: ${server.url}/gone (410).`,
    });
  });

  test("redirects for ever", async () => {
    await using server = await aServer(({ path }) => ({ status: 302, headers: { location: `${path}x` } }));
    const { results } = await examined(`${server.url}/rss.xml`);
    expect(results.map(({ message }) => message)).toEqual(["It does not answer: it redirects more than 10 times."]);
    expect(server.asked.length).toBe(11);
  });

  test("swells when it is unpacked", async () => {
    await using server = await aServer(() => ({
      status: 200,
      headers: { ...healthy, "content-encoding": "gzip" },
      body: gzipSync(Buffer.alloc(40_000_000, "a")),
    }));
    expect(found(await examined(`${server.url}/rss.xml`), "problem").format).toMatch(/^The body was not read: it cannot be decompressed/);
  });

  test("is a page that names its feeds", async () => {
    await using server = await aServer(() => ({
      status: 200,
      headers: { "content-type": "text/html" },
      body: '<!doctype html><link rel="alternate" type="application/rss+xml" href="/rss.xml">',
    }));
    expect(found(await examined(`${server.url}/`), "problem").format).toBe(
      `The body is an HTML page, not a feed. It offers ${server.url}/rss.xml.`,
    );
  });
});

test("the terminal shows a line for each check in 80 columns, the verdict, and what to do", async () => {
  await using server = await aHealthyServer(
    (self) => rss({ self }),
    (answer) => without(answer, "cache-control"),
  );
  const one = await examined(`${server.url}/rss.xml`);
  const lines = shown(diagnosisLines([one]), { ...plain, columns: 80 });
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines).toContain("- caching: Send Cache-Control: public, max-age=300.");
  expect(lines.at(-1)).toBe(`The feed is healthy: 1 piece of advice. ${server.asked.length} requests were made.`);
});
