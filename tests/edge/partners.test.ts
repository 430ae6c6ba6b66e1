import { readFileSync } from "node:fs";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { renderEdgeTable } from "../../lambda/plan/edge/edge-table.ts";
import { partnerRows } from "../../lambda/plan/edge/partner-rows.ts";
import { type Preview, preview } from "../../lambda/preview/preview.ts";
import { type EdgeRequest, type EdgeResponse, edgeOver, edgeSource } from "../../lambda/preview/preview-edge.ts";
import { memoryStore } from "../support/stores/memory-store.ts";
import { answerOf, requestOf } from "./events.ts";
import { answersOfNjs, hasNjs } from "./njs.ts";
import { keysOf, now, partnerRequests, partners } from "./partner-requests.ts";

const source = readFileSync(edgeSource, "utf8");
const settings = { feedUrl: "https://feeds.wire.example/", base: "/", hub: "https://hub.example/", encodings: [], folders: [] };
const rules = partners.map(
  ({ name, methods, header }) => ({ name, profile: "generic", settings: {}, access: { methods, header } }) as const,
);
const table = {
  site: JSON.stringify(settings),
  ...partnerRows(rules, Object.fromEntries(partners.map(({ name }) => [name, keysOf(name)]))),
};
const rows = Object.entries(partnerRequests).flatMap(([kind, list]) => list.map((row) => ({ kind, row })));
const titled = rows.map(
  ({ kind, row }, n) => [kind, row.method ?? "GET", row.path, JSON.stringify(row.headers ?? {}), row.answer, n] as const,
);

test("each method has at least twenty requests", () => {
  for (const method of ["basic", "header", "path"]) expect([method, (partnerRequests[method] ?? []).length >= 20]).toEqual([method, true]);
});

describe.skipIf(!hasNjs)("njs answers (needs njs)", () => {
  let results: readonly (EdgeRequest | EdgeResponse)[];
  beforeAll(() => {
    const events = rows.map(({ row }) => ({ context: { eventType: "viewer-request" }, request: requestOf(row) }));
    results = answersOfNjs(source, table, events, now);
  });

  test.each(titled)("%s: %s %s %s with %s", (_, __, ___, ____, answer, n) => {
    expect(answerOf(results[n]!)).toBe(answer);
  });

  test.each(titled.filter(([, , , , answer]) => /^40[14]$/.test(answer)))(
    "%s: %s %s %s, with nothing to keep",
    (_, __, ___, ____, answer, n) => {
      const { headers, body } = results[n] as EdgeResponse;
      const known = rows[n]!.row.path.startsWith("/partners/");
      if (known) expect(body?.data).toMatch(answer === "401" ? /^This is for a partner, with its key\.\n$/ : /^There is nothing here\.\n$/);
      if (answer === "401") expect(headers["cache-control"]?.value).toBe("private, no-store");
    },
  );
});

describe("the preview server answers", () => {
  let server: Preview;
  const target = memoryStore("target");

  beforeAll(async () => {
    vi.useFakeTimers({ now, toFake: ["Date"] });
    await target.write("edge.json", Buffer.from(renderEdgeTable(table)));
    for (const { name } of partners)
      for (const path of ["rss.xml", "report.json", "media/0a1b.jpg", "media/0a1b.svg"])
        await target.write(`partners/${name}/${path}`, Buffer.from(`${path} of ${name}`));
    server = await preview(target, { url: "https://wire.example/", feedUrl: "https://feeds.wire.example/" }, 0);
  });
  afterAll(async () => {
    await server.close();
    vi.useRealTimers();
  });

  type Answer = {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: string;
  };
  const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Answer> =>
    new Promise((answered, failed) => {
      const sent = request({ host: "127.0.0.1", port: new URL(server.address).port, path, method, headers: { ...headers } }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () =>
          answered({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }),
        );
      });
      sent.once("error", failed).end();
    });

  test.each(titled)("%s: %s %s %s with %s", async (_, method, path, headers, answer) => {
    const { status, headers: sent, body } = await ask(path, JSON.parse(headers) as Record<string, string>, method);
    if (!answer.startsWith("/partners/")) {
      expect(status).toBe(answer.startsWith("/") ? 404 : Number(answer));
      expect(body).not.toContain(" of ");
      return;
    }
    const [, , name, ...file] = answer.split("/");
    expect([status, body]).toEqual([200, method === "HEAD" ? "" : `${file.join("/")} of ${name}`]);
    expect(sent["cache-control"]).toBe("private, max-age=60");
    expect(sent["link"]).toBeUndefined();
  });

  test("a partner's 304 is private, too", async () => {
    const headers = { "X-Wire-Key": "header-valid-".padEnd(43, "k") };
    const { headers: first } = await ask("/partners/header/rss.xml", headers);
    const again = await ask("/partners/header/rss.xml", { ...headers, "if-none-match": String(first["etag"]) });
    expect([again.status, again.headers["cache-control"]]).toEqual([304, "private, max-age=60"]);
    expect((await ask("/partners/header/rss.xml", { "if-none-match": String(first["etag"]) })).status).toBe(401);
  });

  test("a drawing of a partner runs no script", async () => {
    const { headers } = await ask("/partners/open/media/0a1b.svg");
    expect(headers["content-security-policy"]).toContain("sandbox");
  });
});

describe("the challenge of a 401", () => {
  const edge = edgeOver(source)(table);
  test.each([
    ["basic", 'Basic realm="basic"'],
    ["all-three", 'Basic realm="all-three"'],
    ["header", 'ApiKey realm="header"'],
  ])("of %s is %s", async (name, challenge) => {
    const { statusCode, headers } = (await edge.asked(requestOf({ path: `/partners/${name}/rss.xml`, answer: "" }))) as EdgeResponse;
    expect([statusCode, headers["www-authenticate"]?.value]).toEqual([401, challenge]);
  });
});

test("under a path of its own, a site's addresses with keys work the same", async () => {
  const edge = edgeOver(source)({ ...table, site: JSON.stringify({ ...settings, base: "/news/" }) });
  const key = "path-valid-".padEnd(43, "k");
  const asked = (path: string) => edge.asked(requestOf({ path, answer: "" })).then(answerOf);
  expect(await asked(`/news/p/${key}/partners/path/rss.xml`)).toBe("/partners/path/rss.xml");
  expect(await asked(`/p/${key}/partners/path/rss.xml`)).toBe("/partners/path/rss.xml");
  expect(await asked("/news/partners/path/rss.xml")).toBe("404");
});

test("a response to an address with a key is private and names no address, whichever address the event has", async () => {
  const edge = edgeOver(source)(table);
  for (const path of ["/partners/path/rss.xml", "/p/secret/partners/path/rss.xml", "/%70artners/path/rss.xml.gz"]) {
    const { headers } = await edge.answered(requestOf({ path, answer: "" }), { statusCode: 200, headers: {} });
    expect(headers).toEqual({ vary: { value: "Accept-Encoding" }, "cache-control": { value: "private, max-age=60" } });
  }
});

test("without its table, the edge lets nobody have a partner's file", async () => {
  const edge = edgeOver(source)({});
  for (const path of ["/partners/open/rss.xml", "/p/x/partners/open/rss.xml"])
    expect(answerOf(await edge.asked(requestOf({ path, answer: "" })))).toBe("404");
});

test("a partner that site.yaml closes or that expires there has no key that counts", async () => {
  const known = { acme: keysOf("basic") };
  const row = (access: object) =>
    partnerRows(
      [{ name: "acme", profile: "generic", settings: {}, access: { methods: ["basic"], header: "x-api-key", ...access } }],
      known,
    );
  expect(JSON.parse(row({ methods: [] })["partner acme"] ?? "")).toEqual({ methods: [], keys: [] });
  const { keys } = JSON.parse(row({ expires: "2026-01-01T00:00:00.500Z" })["partner acme"] ?? "") as { readonly keys: readonly string[] };
  expect(keys.length).toBeGreaterThan(2);
  for (const key of keys) expect(key).toMatch(/^[\w-]{43} 1767225600$/);
});
