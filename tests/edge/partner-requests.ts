import type { PartnerKeys } from "../../lambda/channels/catalog/ledger/ledger.ts";
import type { AccessMethod } from "../../lambda/channels/site/partner-access.ts";
import { hashOfKey, withFirstKey, withNextKey, withoutKeys } from "../../lambda/partners/access/partner-keys.ts";
import type { Row } from "./requests.ts";

/** The moment of every request. */
export const now = Date.parse("2026-11-20T12:00:00Z");

/** Keys by what has become of them. Each partner has its own of each kind. */
const kinds = ["valid", "newer", "rotated", "overdue", "revoked", "expired", "ending"] as const;
type Kind = (typeof kinds)[number];
const keyOf = (name: string, kind: Kind): string => `${name}-${kind}-`.padEnd(43, "k");

/** One partner a method, each with a key that counts, and one with all three. */
export const partners: readonly { readonly name: string; readonly methods: readonly AccessMethod[]; readonly header: string }[] = [
  { name: "basic", methods: ["basic"], header: "x-api-key" },
  { name: "header", methods: ["header"], header: "x-wire-key" },
  { name: "path", methods: ["path"], header: "x-api-key" },
  { name: "all-three", methods: ["basic", "header", "path"], header: "x-api-key" },
  { name: "open", methods: ["public"], header: "x-api-key" },
  { name: "closed", methods: [], header: "x-api-key" },
];

/** The same history for everybody: rotated twice, revoked before, one key that ends by itself. */
export function keysOf(name: string): PartnerKeys {
  const key = (kind: Kind, until?: string) => ({ hash: hashOfKey(keyOf(name, kind)), ...(until === undefined ? {} : { until }) });
  const must = (changed: ReturnType<typeof withFirstKey>) => {
    if (changed.kind === "refused") throw new Error(changed.why);
    return changed.keys;
  };
  const first = withoutKeys(must(withFirstKey(undefined, key("revoked"), "2026-10-01T00:00:00Z")), "2026-10-02T00:00:00Z", "all");
  const second = must(withFirstKey(first, key("overdue"), "2026-11-01T00:00:00Z"));
  const third = must(withNextKey(second, key("expired", "2026-11-20T11:59:59Z"), "2026-11-02T00:00:00Z", "2026-11-20T12:00:00Z"));
  const fourth = must(withNextKey(third, key("rotated"), "2026-11-03T00:00:00Z", "2026-11-20T12:00:01Z"));
  // `overdue` ends at noon, by the first rotation, and `rotated` a second later, by this one.
  const fifth = must(withNextKey(fourth, key("ending", "2026-11-20T12:00:01Z"), "2026-11-19T12:00:01Z", "2026-11-20T12:00:01Z"));
  const sixth = must(withNextKey(fifth, key("valid"), "2026-11-19T12:00:02Z", "2026-11-20T12:00:01Z"));
  return must(withNextKey(sixth, key("newer"), "2026-11-19T12:00:03Z", "2027-01-01T00:00:00Z"));
}

const counts: readonly Kind[] = ["valid", "newer", "rotated", "ending"];
const file = (name: string, path = "rss.xml") => `/partners/${name}/${path}`;
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});
const ask = (path: string, answer: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Row => ({
  path,
  answer,
  headers,
  method,
});

/** How a request shows a key, and what is answered if the key does not count. */
type Way = { readonly shows: (key: string, path?: string) => Row; readonly refusal: string };

/** The requests that every method must answer alike. */
function common(name: string, { shows, refusal }: Way): readonly Row[] {
  const good = keyOf(name, "valid");
  const served = (row: Row, path = file(name)): Row => ({ ...row, answer: path });
  const refused = (row: Row): Row => ({ ...row, answer: refusal });
  return [
    ...kinds.map((kind) => (counts.includes(kind) ? served(shows(keyOf(name, kind))) : refused(shows(keyOf(name, kind))))),
    ...["", "x", `${good}.`, good.toUpperCase(), good.slice(1), `${good}k`, `${good.slice(0, -1)}l`, keyOf("other", "valid")].map((key) =>
      refused(shows(key === "" ? "-" : key)),
    ),
    refused(shows(hashOfKey(good))),
    served(shows(good, file(name, "media/0a1b.jpg")), file(name, "media/0a1b.jpg")),
    served(shows(good, file(name, "media/0a1b.svg")), file(name, "media/0a1b.svg")),
    refused(shows("wrong", file(name, "media/0a1b.jpg"))),
    served(shows(good, file(name, "report.json")), file(name, "report.json")),
    served(shows(good, `/%70artners/${name}/%72ss.xml`)),
    refused(shows("wrong", `/%70artners/${name}/rss.xml`)),
    served({ ...shows(good), method: "HEAD" }),
    refused({ ...shows("wrong"), method: "HEAD" }),
    { ...shows(good), method: "POST", answer: "405" },
    { ...shows(good), method: "OPTIONS", answer: "204" },
  ];
}

/** Addresses that reach no partner's file, whatever the request shows. */
const nowhere = (name: string): readonly string[] => [
  `/Partners/${name}/rss.xml`,
  `/PARTNERS/${name}/rss.xml`,
  `/partners/${name.toUpperCase()}/rss.xml`,
  `//partners/${name}/rss.xml`,
  `/partners//${name}/rss.xml`,
  `/partners/${name}//rss.xml`,
  `/all/../partners/${name}/rss.xml`,
  `/./partners/${name}/rss.xml`,
  `/partners/./${name}/rss.xml`,
  `/partners/nobody/../${name}/rss.xml`,
  `/%2e%2e/partners/${name}/rss.xml`,
  `/partners%2f${name}/rss.xml`,
  `/partners%5c${name}/rss.xml`,
  `/partners/${name}%2frss.xml`,
  `/%2fpartners/${name}/rss.xml`,
  `/partners/${name}/rss.xml.gz`,
  `/partners/${name}`,
  `/partners/${name}/`,
  "/partners",
  "/partners/",
  "/partners/nobody/rss.xml",
  "/partners/__proto__/rss.xml",
];

const withBasic: Way = { shows: (key, path = file("basic")) => ask(path, "", basic("basic", key)), refusal: "401" };
const withHeader: Way = { shows: (key, path = file("header")) => ask(path, "", { "X-Wire-Key": key }), refusal: "401" };
const withPath: Way = { shows: (key, path = file("path")) => ask(`/p/${encodeURIComponent(key)}${path}`, ""), refusal: "404" };

const nowhereFor = (name: string, { shows }: Way): readonly Row[] =>
  nowhere(name).map((path) => ({ ...shows(keyOf(name, "valid"), path), answer: "404" }));

const good = (name: string) => keyOf(name, "valid");

export const partnerRequests: Readonly<Record<string, readonly Row[]>> = {
  basic: [
    ...common("basic", withBasic),
    ...nowhereFor("basic", withBasic),
    ask(file("basic"), file("basic"), { authorization: basic("basic", good("basic")).authorization.replace("Basic", "bASIC ") }),
    ask(file("basic"), "401"),
    ask(file("basic"), "401", { authorization: "" }),
    ask(file("basic"), "401", { authorization: "Basic" }),
    ask(file("basic"), "401", { authorization: "Basic %%%" }),
    ask(file("basic"), "401", { authorization: `Basic ${good("basic")}` }),
    ask(file("basic"), "401", { authorization: `Bearer ${good("basic")}` }),
    ask(file("basic"), "401", { authorization: basic("basic", good("basic")).authorization.replace("Basic", "Digest") }),
    ask(file("basic"), "401", basic("", good("basic"))),
    ask(file("basic"), "401", basic("Basic", good("basic"))),
    ask(file("basic"), "401", basic("header", good("basic"))),
    ask(file("basic"), "401", basic("basic", good("header"))),
    ask(file("basic"), "401", { "x-api-key": good("basic") }),
    ask(`/p/${good("basic")}${file("basic")}`, "404"),
    ask(file("header"), "401", basic("header", good("header"))),
  ],
  header: [
    ...common("header", withHeader),
    ...nowhereFor("header", withHeader),
    ask(file("header"), "401"),
    ask(file("header"), "401", { "x-wire-key": "" }),
    ask(file("header"), "401", { "x-api-key": good("header") }),
    ask(file("header"), "401", { authorization: `Bearer ${good("header")}` }),
    ask(file("header"), "401", { "x-wire-key": `${good("header")}, ${good("header")}` }),
    ask(`${file("header")}?x-wire-key=${good("header")}`, "401"),
    ask(`/p/${good("header")}${file("header")}`, "404"),
    ask(`/p/x${file("header")}`, "404", { "x-wire-key": good("header") }),
  ],
  path: [
    ...common("path", withPath),
    ...nowhereFor("path", withPath),
    ask(file("path"), "404"),
    ask(file("path"), "404", basic("path", good("path"))),
    ask(file("path"), "404", { "x-api-key": good("path") }),
    ask(`/p/${good("path")}/path/rss.xml`, `/p/${good("path")}/path/rss.xml`),
    ask(`/p/${good("path")}/all/rss.xml`, `/p/${good("path")}/all/rss.xml`),
    ask(`/p/${good("path")}${file("basic")}`, "404"),
    ask(`/p/${good("path")}/p/${good("path")}${file("path")}`, `/p/${good("path")}/p/${good("path")}${file("path")}`),
    ask(`/P/${good("path")}${file("path")}`, "404"),
    ask(`/p//${good("path")}${file("path")}`, "404"),
    ask(`/%70/${good("path")}${file("path")}`, file("path")),
    ask(`/p/${good("path")}${file("path")}?utm_source=x`, file("path")),
    ask(`/p/${good("path")}/partners%2fpath/rss.xml`, "404"),
  ],
  "all three": [
    ask(file("all-three"), file("all-three"), basic("all-three", good("all-three"))),
    ask(file("all-three"), file("all-three"), { "x-api-key": good("all-three") }),
    ask(`/p/${good("all-three")}${file("all-three")}`, file("all-three")),
    ask(file("all-three"), file("all-three"), { ...basic("all-three", "wrong"), "x-api-key": good("all-three") }),
    ask(file("all-three"), file("all-three"), { ...basic("all-three", good("all-three")), "x-api-key": "wrong" }),
    ask(`/p/wrong${file("all-three")}`, "404", basic("all-three", good("all-three"))),
    ask(file("all-three"), "401"),
    ask(file("all-three"), "401", basic("all-three", keyOf("all-three", "revoked"))),
  ],
  "open and closed": [
    ask(file("open"), file("open")),
    ask(file("open"), file("open"), basic("open", "wrong")),
    ask(`/p/x${file("open")}`, "404"),
    ...["/Partners/open/rss.xml", "/partners//open/rss.xml", "/partners/open/../basic/rss.xml"].map((path) => ask(path, "404")),
    ask(file("closed"), "404"),
    ask(file("closed"), "404", basic("closed", good("closed"))),
    ask(file("closed"), "404", { "x-api-key": good("closed") }),
    ask(`/p/${good("closed")}${file("closed")}`, "404"),
  ],
};
