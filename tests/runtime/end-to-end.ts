import { execFile, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import { bundle } from "../../lib/bundle/bundling.ts";
import { addedHeaders } from "../lib/added-headers.ts";
import { aFolder } from "../support/a-command.ts";
import { type ACdn, aCdn, bucketOrigin } from "../support/aws/a-cdn.ts";
import { type StallingProxy, startStallingProxy } from "../support/faults/stalling-proxy.ts";
import { aWorld, type Buckets, fill, payloadOf, type World } from "./a-world.ts";
import { scheduled } from "./notices.ts";

const run = promisify(execFile);
const sample = resolve(import.meta.dirname, "../../content");
const has = (command: string) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
const feedparser = spawnSync("/usr/bin/python3", ["-c", "import feedparser"], { env: {} }).status === 0;

/** What the sample does not say: feeds that have moved and ended, a hub. */
const more = "\nhub: https://hub.example/\nmoved: { /old/rss.xml: /all/rss.xml }\nretired: [/gone/atom.xml]\n";

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

/** From the content bucket to a reader: S3, the bundle, the edge table, a CDN as the stack sets one up, and clients of the world. */
export function endToEnd(title: string, options: { readonly buckets: () => Promise<Buckets>; readonly client?: string | undefined }): void {
  describe(title, () => {
    let home: Awaited<ReturnType<typeof aFolder>>;
    let world: World;
    let origin: StallingProxy;
    let cdn: ACdn;
    let bytes: ReadonlyMap<string, Uint8Array>;

    beforeAll(async () => {
      home = await aFolder();
      bundle(home.path);
      const buckets = await options.buckets();
      world = await aWorld(buckets, { folder: home.path, client: options.client });
      const files = folderStore(sample);
      const keys = (await files.list()).map(({ key }) => key);
      const read = await Promise.all(keys.map(async (key) => [key, (await files.read(key))?.bytes ?? new Uint8Array()] as const));
      const site = `${Buffer.from(new Map(read).get("site.yaml") ?? []).toString("utf8")}${more}`;
      await fill(world.content, { ...Object.fromEntries(read), "site.yaml": site });
      expect(payloadOf(await world.run.invoke(scheduled))).toMatchObject({ outcome: "published" });
      bytes = new Map(
        await Promise.all(
          (await world.feeds.list()).map(async ({ key }) => [key, (await world.feeds.read(key))?.bytes ?? new Uint8Array()] as const),
        ),
      );
      origin = await startStallingProxy(buckets.endpoint);
      // The tests' own credentials: of the environment, or those of the tests' own server.
      const keysOf = buckets.client().config.credentials;
      const s3 = new S3Client({ endpoint: origin.endpoint, region: "us-east-1", maxAttempts: 1, credentials: keysOf });
      cdn = await aCdn({ origin: bucketOrigin(s3, buckets.names.feeds), rows: world.edge.rows, headers: addedHeaders() });
    });
    afterAll(async () => {
      await cdn?.close();
      await origin?.close();
      await world?.[Symbol.asyncDispose]();
      await home?.[Symbol.asyncDispose]();
    });

    /** curl, with what it got. */
    const curl = async (path: string, ...more: readonly string[]): Promise<Answer> => {
      const { stdout } = await run("curl", ["-s", "-i", "--path-as-is", ...more, cdn.url + path], {
        encoding: "buffer",
        maxBuffer: 64 << 20,
      });
      const end = stdout.indexOf("\r\n\r\n");
      const [first = "", ...lines] = stdout.subarray(0, end).toString("utf8").split("\r\n");
      const headers = lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]);
      return {
        status: Number(first.split(" ")[1]),
        headers: Object.fromEntries(headers) as Answer["headers"],
        body: stdout.subarray(end + 4),
      };
    };

    describe.skipIf(!has("curl"))("curl gets (needs curl)", () => {
      test.each([
        ["/all/rss.xml", "application/rss+xml; charset=utf-8"],
        ["/all/atom.xml", "application/atom+xml; charset=utf-8"],
        ["/all/feed.json", "application/feed+json; charset=utf-8"],
        ["/", "text/html; charset=utf-8"],
        ["/all/", "text/html; charset=utf-8"],
        ["/feeds.opml", "text/x-opml; charset=utf-8"],
        ["/status.json", "application/json; charset=utf-8"],
      ])("%s as %s, plain and gzipped, with the same bytes", async (path, type) => {
        const key = path.endsWith("/") ? `${path.slice(1)}index.html` : path.slice(1);
        const plain = await curl(path);
        const zipped = await curl(path, "-H", "Accept-Encoding: gzip, deflate, br");
        expect([plain.status, plain.headers["content-type"], plain.headers["content-encoding"]]).toEqual([200, type, undefined]);
        expect([zipped.status, zipped.headers["content-type"], zipped.headers["content-encoding"]]).toEqual([200, type, "gzip"]);
        expect(plain.body).toEqual(Buffer.from(bytes.get(key) ?? []));
        expect(gunzipSync(zipped.body)).toEqual(plain.body);
        expect([plain.headers.vary, zipped.headers.vary]).toEqual(["Accept-Encoding", "Accept-Encoding"]);
        expect(zipped.headers.etag).not.toBe(plain.headers.etag);
      });

      test("a feed with its self and hub links, CORS and security headers", async () => {
        const { headers } = await curl("/all/atom.xml");
        expect(headers.link).toMatch(/^<https:\/\/[^>]+\/all\/atom\.xml>; rel="self", <https:\/\/hub\.example\/>; rel="hub"$/);
        expect(headers).toMatchObject({
          "access-control-allow-origin": "*",
          "access-control-expose-headers": expect.stringContaining("ETag"),
          "x-content-type-options": "nosniff",
          "strict-transport-security": "max-age=31536000",
          "cache-control": "public, max-age=300, s-maxage=60, stale-if-error=604800",
        });
      });

      test("304 for the ETag of the same variant, and for the date", async () => {
        const zip = ["-H", "Accept-Encoding: gzip"];
        const first = await curl("/all/rss.xml", ...zip);
        const again = await curl("/all/rss.xml", ...zip, "-H", `If-None-Match: ${first.headers.etag}`);
        expect([again.status, again.body.length, again.headers.etag, again.headers.vary]).toEqual([
          304,
          0,
          first.headers.etag,
          "Accept-Encoding",
        ]);
        expect((await curl("/all/rss.xml", ...zip, "-H", `If-Modified-Since: ${first.headers["last-modified"]}`)).status).toBe(304);
        expect((await curl("/all/rss.xml", ...zip, "-H", 'If-None-Match: "another"')).status).toBe(200);
      });

      test("HEAD with the length and no body, and an answer to a CORS preflight", async () => {
        const head = await curl("/all/rss.xml", "--head");
        expect([head.status, head.headers["content-length"], head.body.length]).toEqual([200, String(bytes.get("all/rss.xml")?.length), 0]);
        const asked = await curl(
          "/all/feed.json",
          "-X",
          "OPTIONS",
          "-H",
          "Origin: https://reader.example",
          "-H",
          "Access-Control-Request-Method: GET",
        );
        expect([asked.status, asked.headers["access-control-allow-methods"], asked.headers["access-control-allow-headers"]]).toEqual([
          204,
          "GET, HEAD",
          "*",
        ]);
      });

      test.each([
        ["/nowhere/rss.xml", 404, undefined],
        ["/all/rss.xml.gz", 404, undefined],
        ["/edge.json", 404, undefined],
        ["/../all/rss.xml", 404, undefined],
        ["/gone/atom.xml", 410, undefined],
        ["/old/rss.xml", 301, "/all/rss.xml"],
      ])("for %s %i", async (path, status, location) => {
        const { headers, ...answer } = await curl(path);
        expect([answer.status, headers.location, headers["access-control-allow-origin"]]).toEqual([status, location, "*"]);
      });

      test("the main feed at /feed, and the new feed through a redirect", async () => {
        const main = Buffer.from(bytes.get("all/rss.xml") ?? []);
        expect((await curl("/feed")).body).toEqual(main);
        const { stdout } = await run("curl", ["-s", "-L", `${cdn.url}/old/rss.xml`], { encoding: "buffer" });
        expect(stdout).toEqual(main);
      });
    });

    test.skipIf(!has("newsboat"))("newsboat reads every entry of RSS and Atom (needs newsboat)", async () => {
      for (const file of ["all/rss.xml", "all/atom.xml"]) {
        await using folder = await aFolder();
        await writeFile(join(folder.path, "urls"), `${cdn.url}/${file}\n`);
        await writeFile(join(folder.path, "config"), "");
        const words = ["-q", "-u", join(folder.path, "urls"), "-c", join(folder.path, "cache.db"), "-C", join(folder.path, "config"), "-x"];
        const env = { PATH: process.env["PATH"], HOME: folder.path, LC_ALL: "C.UTF-8" };
        await run("newsboat", [...words, "reload"], { env });
        const { stdout } = await run("newsboat", [...words, "print-unread"], { env });
        const entries =
          Buffer.from(bytes.get(file) ?? [])
            .toString("utf8")
            .match(/<(item|entry)[ >]/g)?.length ?? 0;
        expect(entries).toBeGreaterThan(10);
        expect(stdout).toMatch(new RegExp(`^${entries} `));
      }
    });

    test.skipIf(!feedparser)("feedparser reads the feed, and gets 304 for its ETag and date (needs feedparser)", async () => {
      const script = `
import feedparser, json, sys
first = feedparser.parse(sys.argv[1])
again = feedparser.parse(sys.argv[1], etag=first.get("etag"), modified=first.get("modified"))
moved = feedparser.parse(sys.argv[2])
gone = feedparser.parse(sys.argv[3])
print(json.dumps([first.status, bool(first.bozo), len(first.entries), again.status, moved.status, len(moved.entries), gone.status]))`;
      const urls = ["/all/atom.xml", "/old/rss.xml", "/gone/atom.xml"].map((path) => cdn.url + path);
      const { stdout } = await run("/usr/bin/python3", ["-c", script, ...urls], { env: { LC_ALL: "C.UTF-8" } });
      const entries = Buffer.from(bytes.get("all/atom.xml") ?? [])
        .toString("utf8")
        .match(/<entry[ >]/g)?.length;
      expect(JSON.parse(stdout)).toEqual([200, false, entries, 304, 301, entries, 410]);
    });

    test("a change reaches readers after a minute, and the origin gets no request until then", async () => {
      const ask = async (path: string) => (await fetch(cdn.url + path)).text();
      await ask("/all/feed.json");
      const key = [...bytes.keys()].length;
      expect(key).toBeGreaterThan(50);
      const before = cdn.atOrigin.length;
      await ask("/all/feed.json");
      expect(cdn.atOrigin).toHaveLength(before);
      cdn.later(61);
      await ask("/all/feed.json");
      expect(cdn.atOrigin.slice(before).at(-1)).toMatchObject({ status: 304, conditional: true });
      await fill(world.content, { "en/flash.md": "---\ntitle: A flash\ndate: 2026-11-20T09:00:00Z\n---\n\nIt has happened.\n" });
      expect(payloadOf(await world.run.invoke(scheduled))).toMatchObject({ outcome: "published" });
      cdn.later(61);
      expect(await ask("/all/feed.json")).toContain("It has happened.");
    });

    // The last of all: the origin does not come back.
    test("a stopped origin leaves a cached feed served for a week, and an uncached one fails", async () => {
      const ask = async (path: string) => {
        const answer = await fetch(cdn.url + path);
        return [answer.status, (await answer.text()).length, answer.headers.get("x-cache")];
      };
      const [, length] = await ask("/all/rss.xml");
      await origin.close();
      cdn.later(3600);
      expect(await ask("/all/rss.xml")).toEqual([200, length, "Error, stale"]);
      cdn.later(6 * 24 * 3600);
      expect(await ask("/all/rss.xml")).toEqual([200, length, "Error, stale"]);
      expect((await ask("/briefing/rss.xml"))[0]).toBe(502);
      cdn.later(2 * 24 * 3600);
      expect((await ask("/all/rss.xml"))[0]).toBe(502);
    });
  });
}
