/**
 * Requests of readers, browsers and others, and the answers of the edge function: the address of the file (with the encoding's
 * ending), or a status, with Location if there is one. They go to the wire of a-wire.ts.
 */
export type Row = {
  readonly path: string;
  readonly answer: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const ask = (path: string, answer: string, headers: Readonly<Record<string, string>> = {}): Row => ({ path, answer, headers });

const rss = "/all/rss.xml";
const mir = "/%D0%9C%D0%B8%D1%80";
const oldest = "/all/archive/2026-01/rss.xml";

const methods: readonly Row[] = [
  { method: "GET", path: rss, answer: rss },
  { method: "HEAD", path: rss, answer: rss },
  { method: "HEAD", path: "/", answer: "/index.html" },
  { method: "HEAD", path: "/gone/atom.xml", answer: "410" },
  { method: "HEAD", path: "/old/rss.xml", answer: "301 /all/rss.xml" },
  { method: "OPTIONS", path: rss, answer: "204" },
  { method: "OPTIONS", path: "/nowhere", answer: "204" },
  ...["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "PURGE"].map((method) => ({ method, path: rss, answer: "405" })),
];

const accepts = (accept: string, ending: string): Row => ask(rss, rss + ending, { "accept-encoding": accept });
const encodings: readonly Row[] = [
  accepts("gzip", ".gz"),
  accepts("br", ".br"),
  accepts("gzip, br", ".br"),
  accepts("gzip, deflate, br, zstd", ".br"),
  accepts("GZIP", ".gz"),
  accepts("x-gzip", ".gz"),
  accepts("*", ".br"),
  accepts("br;q=0.2, gzip;q=0.8", ".gz"),
  accepts("br;q=0, *", ".gz"),
  accepts("gzip;q=0, br;q=0.000", ""),
  accepts("identity", ""),
  accepts("identity, gzip;q=0.5", ""),
  accepts("identity;q=0.5, gzip", ".gz"),
  accepts("deflate, zstd", ""),
  accepts("", ""),
  accepts("gzip ; q = 1.0 , br ; q=0.9", ".gz"),
  accepts("__proto__, constructor;q=1", ""),
  accepts("*;q=0", ""),
  accepts("gzip;q=1, *;q=0", ".gz"),
  accepts("*;q=0.5, gzip;q=0", ".br"),
  accepts("br;q=1.0, gzip;q=0.5", ".br"),
  accepts("gzip;level=9;q=0", ""),
  accepts("gzip;q=.5, br;q=.4", ".gz"),
  accepts("br\t;\tq=0.1,\tgzip", ".gz"),
  accepts("gzip;q=0.0.0", ""),
  accepts("x-gzip, gzip;q=0", ""),
  accepts("identity;q=0", ""),
  accepts("gzip,,br", ".br"),
  accepts("dcb, dcz, gzip, deflate, br, zstd", ".br"),
];

const variants: readonly Row[] = [
  ...["/all/rss.xml.gz", "/all/rss.xml.br", "/all/atom.xml.gz", "/all/feed.json.br", "/index.html.gz", "/feeds.opml.gz"].map((path) =>
    ask(path, "404"),
  ),
  ask("/all/rss.xml%2Egz", "404"),
  ask("/all/rss.xml.%67z", "404", { "accept-encoding": "gzip" }),
  ask(`${oldest}.gz`, "404"),
  ask("/edge.json", "404"),
  ask("/edge%2ejson", "404"),
  ask("/edge.json.gz", "404"),
  ask("/", "/index.html.br", { "accept-encoding": "br" }),
  ask("/all/", "/all/index.html.gz", { "accept-encoding": "gzip" }),
  ask("/feeds.opml", "/feeds.opml.gz", { "accept-encoding": "gzip" }),
  ask(oldest, `${oldest}.gz`, { "accept-encoding": "gzip" }),
  ask("/media/aa.txt", "/media/aa.txt", { "accept-encoding": "gzip" }),
  ask("/media/aa.jpg", "/media/aa.jpg", { "accept-encoding": "gzip" }),
  ask("/favicon.ico", "/favicon.ico", { "accept-encoding": "gzip, br" }),
];

const oddPaths: readonly Row[] = [
  ask("/", "/index.html"),
  ask("/all", "/all/index.html"),
  ask("/all/", "/all/index.html"),
  ask("/all/rss.xml/", "/all/rss.xml/index.html"),
  ask("/all/rss.xml?utm_source=mail", rss),
  ask("/all/rss.xml?", rss),
  ask("/all/rss.xml?raw", rss),
  ask("/%61ll/rss.xml", rss),
  ask(`${mir}/rss.xml`, `${mir}/rss.xml`),
  ask("/%d0%9c%d0%b8%d1%80/rss.xml", `${mir}/rss.xml`),
  ask("/all/a+b.xml", "/all/a%2Bb.xml"),
  ask("/all/rss.xml;v=1", "/all/rss.xml%3Bv%3D1"),
  ask("/%zz", "404"),
  ask("/%", "404"),
  ask("/%c3", "404"),
  ask("/%00", "404"),
  ask("/all/%0d%0aSet-Cookie:x", "404"),
  ask("/all%2Frss.xml", "404"),
  ask("/all%5crss.xml", "404"),
  ask("/%252e%252e/rss.xml", "/%252e%252e/rss.xml"),
  ask("/nothing/here", "/nothing/here/index.html"),
  ask("/.well-known/security.txt", "/.well-known/security.txt"),
  ask("/all/rss.xml%00.gz", "404"),
  ask("/%c0%ae%c0%ae/rss.xml", "404"),
  ask("/%ED%A0%80/", "404"),
  ask("/%u002e/", "404"),
  ask("/all/rss.xml%20", "/all/rss.xml%20"),
  ask("/all/rss.xml%3Fraw", "/all/rss.xml%3Fraw"),
  ask("/all/rss.xml%23x", "/all/rss.xml%23x"),
  ask("/..;/rss.xml", "/..%3B/rss.xml"),
  ask("/%2F%2Fevil.example", "404"),
  ask("/__proto__/rss.xml", "/__proto__/rss.xml"),
  ask("/?feed=rss2", "/index.html"),
];

const dots: readonly Row[] = [
  "/..",
  "/../",
  "/all/../rss.xml",
  "/all/..",
  "/./all/rss.xml",
  "/all/./rss.xml",
  "/all/.",
  "/.",
  "/../../etc/passwd",
  "/all/../../state/ledger.json",
].map((path) => ask(path, "404"));

const encodedDots: readonly Row[] = [
  "/%2e%2e",
  "/%2e%2e/",
  "/%2E%2E/all/rss.xml",
  "/.%2e/all/rss.xml",
  "/%2e./all/rss.xml",
  "/all/%2e%2e/rss.xml",
  "/all/%2e/rss.xml",
  "/%2e/all/rss.xml",
  "/all/%2e%2e%2frss.xml",
  "/..%2f..%2fetc/passwd",
  "/all/%2e",
].map((path) => ask(path, "404"));

const doubleSlashes: readonly Row[] = [
  "//",
  "//all/rss.xml",
  "/all//rss.xml",
  "/all/rss.xml//",
  "///",
  "/all//",
  "//old/rss.xml",
  "/old//rss.xml",
  "//feed",
  "/feed//",
  "/world//rss.xml",
].map((path) => ask(path, "404"));

const uppercase: readonly Row[] = [
  ask("/ALL/RSS.XML", "/ALL/RSS.XML"),
  ask("/All/rss.xml", "/All/rss.xml"),
  ask("/all/RSS.xml", "/all/RSS.xml"),
  ask("/ALL/", "/ALL/index.html"),
  ask("/FEED", "/FEED/index.html"),
  ask("/Old/rss.xml", "/Old/rss.xml"),
  ask("/GONE/atom.xml", "/GONE/atom.xml"),
  ask("/INDEX.HTML", "/INDEX.HTML"),
  ask("/all/rss.xml.GZ", "/all/rss.xml.GZ"),
  ask("/%41LL/rss.xml", "/ALL/rss.xml"),
  ask(rss, rss, { "Sec-Fetch-Mode": "NAVIGATE" }),
  ask(rss, `${rss}.gz`, { "ACCEPT-ENCODING": "Gzip" }),
];

const long = "x".repeat(8 * 1024);
const longHeaders: readonly Row[] = [
  ask(rss, rss, { "user-agent": long }),
  ask(rss, rss, { cookie: `a=${long}` }),
  ask(rss, rss, { referer: `https://wire.example/${long}` }),
  ask(rss, rss, { accept: long }),
  ask(rss, rss, { "accept-encoding": long }),
  ask(rss, `${rss}.gz`, { "accept-encoding": `gzip, ${long}` }),
  ask(rss, rss, { "accept-encoding": `${long}, gzip` }),
  ask(rss, `${rss}.gz`, { "accept-encoding": `gzip${", deflate".repeat(900)}` }),
  ask(rss, rss, { "if-none-match": `"${long}"` }),
  ask(rss, rss, { "sec-fetch-mode": long }),
  ask("/all/", "/all/index.html.br", { "x-long": long, "accept-encoding": "br" }),
  ask("/old/rss.xml", "301 /all/rss.xml", { "x-long": long }),
];

/** Headers as the programs send them. */
const reader = (path: string, answer: string, agent: string, accept: string, encoding: string): Row =>
  ask(path, answer, { "user-agent": agent, accept, "accept-encoding": encoding });
const xml = "application/atom+xml,application/rss+xml;q=0.9,application/xml;q=0.8,text/xml;q=0.7,*/*;q=0.1";
const readers: readonly Row[] = [
  reader(rss, `${rss}.br`, "NetNewsWire (RSS Reader; https://netnewswire.com/)", "*/*", "gzip, deflate, br"),
  reader(rss, `${rss}.br`, "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0", "*/*", "gzip, deflate, br, zstd"),
  reader(rss, `${rss}.gz`, "newsboat/2.21.0 (Linux x86_64)", "*/*", "gzip, deflate"),
  reader("/all/atom.xml", "/all/atom.xml.gz", "Feedly/1.0 (+https://feedly.com/poller.html; 16 subscribers)", "*/*", "gzip"),
  reader("/all/atom.xml", "/all/atom.xml.br", "Mozilla/5.0 (compatible; Miniflux/2.2.1; +https://miniflux.app)", xml, "br,gzip"),
  reader("/all/feed.json", "/all/feed.json.gz", "Feedbin feed-id:1 - 3 subscribers", "application/feed+json, */*", "gzip"),
  reader(rss, `${rss}.gz`, "FreshRSS/1.24.1 (Linux; https://freshrss.org)", xml, "gzip, x-gzip"),
  reader(rss, rss, "Tiny Tiny RSS/24.05 (https://tt-rss.org/)", "*/*", ""),
  reader(rss, `${rss}.gz`, "Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 2 subscribers; )", "*/*", "gzip,deflate"),
  reader(rss, rss, "curl/8.5.0", "*/*", "identity"),
  reader(rss, `${rss}.br`, "UniversalFeedParser/6.0.11 +https://github.com/kurtmckee/feedparser/", xml, "gzip, deflate, br"),
  reader("/feed", `${rss}.gz`, "WordPress/6.5; https://blog.example", "*/*", "gzip"),
  ask(rss, rss, { "sec-fetch-mode": "cors", origin: "https://reader.example" }),
  ask(rss, rss, { "sec-fetch-mode": "no-cors" }),
];

const browser = (path: string, answer: string, more: Readonly<Record<string, string>> = {}): Row =>
  ask(path, answer, {
    accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "sec-fetch-dest": "document",
    "sec-fetch-mode": "navigate",
    ...more,
  });
const navigations: readonly Row[] = [
  browser(rss, "302 /all/"),
  browser("/all/atom.xml", "302 /all/"),
  browser("/all/feed.json", "302 /all/"),
  browser(`${mir}/rss.xml`, `302 ${mir}/`),
  browser(oldest, "302 /all/"),
  browser("/feed", "302 /all/"),
  browser("/all/rss.xml?utm_source=mail", "302 /all/"),
  browser("/all/rss.xml?raw", rss),
  browser("/all/rss.xml?raw=1&x=2", `${rss}.gz`, { "accept-encoding": "gzip" }),
  browser("/all/", "/all/index.html.br", { "accept-encoding": "gzip, deflate, br" }),
  browser("/", "/index.html"),
  browser("/feeds.opml", "/feeds.opml"),
  browser("/partners/msn/rss.xml", "404"),
  browser("/rss.xml", "302 /all/"),
  browser("/old/rss.xml", "301 /all/rss.xml"),
  browser("/gone/atom.xml", "410"),
  // Chrome, which fetches ahead of a click; a frame, and somebody who saves a link.
  browser(rss, "302 /all/", { "sec-purpose": "prefetch;prerender", "sec-fetch-site": "same-origin" }),
  browser(rss, "302 /all/", { "sec-fetch-dest": "iframe" }),
  browser(rss, "302 /all/", { "sec-fetch-dest": "empty" }),
  ask(rss, rss, { "sec-fetch-mode": "no-cors", "sec-purpose": "prefetch" }),
  ask(rss, rss, { "sec-fetch-mode": "same-origin" }),
  // Safari before 16.4 does not say that it navigates.
  ask(rss, `${rss}.br`, {
    accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-encoding": "gzip, deflate, br",
  }),
  { ...browser(rss, "302 /all/"), method: "HEAD" },
  browser("/all/rss.xml?RAW", "302 /all/"),
  browser("/all/rss.xml?a=1&raw=", rss),
  browser("/all/archive/2026-01-2/feed.json", "302 /all/"),
  browser("/feed/", "302 /all/"),
];

const table: readonly Row[] = [
  ask("/old/rss.xml", "301 /all/rss.xml"),
  ask("/old/rss.xml?utm_source=x", "301 /all/rss.xml"),
  ask("/old/atom.xml", "301 https://elsewhere.example/atom.xml"),
  ask("/old/feed.json", "/old/feed.json"),
  ask("/world/rss.xml", `301 ${mir}/rss.xml`),
  ask("/world/archive/2026-03/atom.xml", `301 ${mir}/archive/2026-03/atom.xml`),
  ask("/world/", `301 ${mir}/`),
  ask("/world", `301 ${mir}/`),
  ask("/worldly/rss.xml", "/worldly/rss.xml"),
  ask("/blog/feed", "301 /all/rss.xml"),
  ask("/blog/feed/", "301 /all/rss.xml"),
  ask("/blog/feed/atom/", "/blog/feed/atom/index.html"),
  ask("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/rss.xml", `301 ${mir}/rss.xml`),
  ask("/2019/wire/a b.xml".replace(" ", "%20"), "301 https://old.wire.example/archive/a%20b.xml"),
  ask("/gone/atom.xml", "410"),
  ask("/gone/rss.xml", "/gone/rss.xml"),
  ask("/closed/rss.xml", "410"),
  ask("/closed", "410"),
  ask("/closed/archive/2026-01/rss.xml.gz", "404"),
  ask("/a/b/c/d/e.xml", "410"),
  ask("/a/b/rss.xml", "/a/b/rss.xml"),
  ...["/feed", "/feed/", "/rss", "/feed.xml", "/rss.xml", "/index.xml"].map((path) => ask(path, rss)),
  ask("/atom.xml", "/all/atom.xml"),
  ask("/feed.json", "/all/feed.json"),
  ask("/site", "/site/index.html"),
];

/** By a former name of the wire, and by its present names. */
const byName = (path: string, answer: string, host = "old.feeds.example", more: Readonly<Record<string, string>> = {}): Row =>
  ask(path, answer, { host, ...more });
const home = "https://feeds.wire.example";
const names: readonly Row[] = [
  byName(rss, `301 ${home}/all/rss.xml`),
  byName("/all/rss.xml?utm_source=x", `301 ${home}/all/rss.xml`),
  byName(rss, `301 ${home}/all/rss.xml`, "OLD.Feeds.Example"),
  byName("/", `301 ${home}/`),
  byName("/all/", `301 ${home}/all/`),
  byName("/feed", `301 ${home}/feed`),
  byName(`${mir}/atom.xml`, `301 ${home}${mir}/atom.xml`),
  byName("/old/rss.xml", `301 ${home}/old/rss.xml`),
  byName(rss, `301 ${home}/all/rss.xml`, "old.feeds.example", { "sec-fetch-mode": "navigate" }),
  byName("//evil.example/", "404"),
  byName("/all/%2e%2e/x", "404"),
  byName("/all/rss.xml.gz", "404"),
  byName(rss, rss, "feeds.wire.example"),
  byName(rss, rss, "d111111abcdef8.cloudfront.net"),
  byName(rss, rss, "old.feeds.example.evil.example"),
];

/** Each class of requests, with its rows. */
export const requests = {
  methods,
  encodings,
  variants,
  "odd paths": oddPaths,
  "..": dots,
  "%2e": encodedDots,
  "double slashes": doubleSlashes,
  uppercase,
  "8 KB headers": longHeaders,
  "readers' own headers": readers,
  "browser navigations": navigations,
  "the edge table": table,
  "former names": names,
} as const;
