import { gunzipSync } from "node:zlib";
import { emptyLedger, type Ledger } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import { type Announcement, hashOf, type Manifest } from "../../../lambda/plan/manifest/manifest.ts";
import { emptyHead, headIn, type PartName, type StateHead } from "../../../lambda/state/head.ts";
import { keyOf, rowsIn } from "../../../lambda/state/shards.ts";
import { stateKeys } from "../../../lambda/state/state-keys.ts";
import { ledgerFrom, manifestFrom, type TableRows, tablesOf } from "../../../lambda/state/tables.ts";
import type { Headers, Key } from "../../../lambda/stores/store.ts";

/** All files in target and state, by key. */
export type Held = Readonly<Record<"target" | "state", ReadonlyMap<Key, { readonly bytes: Uint8Array; readonly headers: Headers }>>>;

/** Describes every breach of what must hold after a successful run, whatever came before it. */
export function breachesIn(held: Held): readonly string[] {
  const { files, kept, members } = manifestOf(held);
  const named = Object.entries(files).flatMap(([key, { hash }]) => {
    const file = held.target.get(key);
    if (file === undefined) return [`${key} is in the manifest and not in the store`];
    return key.startsWith("media/") || hashOf(file.bytes, file.headers) === hash ? [] : [`${key} is not what the manifest says`];
  });
  const strangers = [...held.target.keys()].filter((key) => !key.endsWith(".gz") && !Object.hasOwn(files, key));
  const variants = [...held.target].filter(([key]) => key.endsWith(".gz"));
  return [
    ...named,
    ...strangers.filter((key) => !key.startsWith("media/")).map((key) => `${key} is in the store and not in the manifest`),
    ...variants
      .filter(([key, { bytes }]) => !gunzipSync(bytes).equals(held.target.get(key.slice(0, -3))?.bytes ?? Buffer.alloc(0)))
      .map(([key]) => `${key} is not its plain file`),
    ...Object.keys(files)
      .filter((key) => /\.(xml|json|html|opml)$/.test(key) && key !== "edge.json" && !held.target.has(`${key}.gz`))
      .map((key) => `${key} has no variant`),
    ...kept.filter((digest) => !held.state.has(`articles/${digest}.json.gz`)).map((digest) => `the article ${digest} is not kept`),
    ...Object.keys(members).flatMap((path) => ids(held, path)),
  ];
}

/** Every document of a channel must show the same ids in all its formats. */
function ids(held: Held, path: string): readonly string[] {
  const feeds = [...held.target.keys()].filter(
    (key) => key === `${path}/feed.json` || (key.startsWith(`${path}/archive/`) && key.endsWith("feed.json")),
  );
  return feeds.flatMap((key) => {
    const text = (file: string) => Buffer.from(held.target.get(key.replace("feed.json", file))?.bytes ?? []).toString("utf8");
    const json = itemsOf(held, key).map(({ id }) => id);
    const rss = [...text("rss.xml").matchAll(/<guid[^>]*>(.*?)<\/guid>/g)].map(([, id]) => id);
    const atom = [...text("atom.xml").matchAll(/<entry[ >].*?<id>(.*?)<\/id>/gs)].map(([, id]) => id);
    return [rss, atom].every((other) => JSON.stringify(other) === JSON.stringify(json)) ? [] : [`the formats of ${key} hold different ids`];
  });
}

/** What must never change for readers: an id's `published`, and that each feed still answers. */
export function brokenPromises(before: Held, after: Held): readonly string[] {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const dates = [...was].filter(([id, published]) => is.has(id) && is.get(id) !== published).map(([id]) => `${id} has another "published"`);
  const known = new Set(ledgerOf(after)?.entries.keys());
  const gone = [...was.keys()].filter((id) => !known.has(id)).map((id) => `${id} is not in the ledger any more`);
  const silent = [...before.target.keys()]
    .filter((key) => /(rss\.xml|atom\.xml|feed\.json)$/.test(key) && !after.target.has(key))
    .map((key) => `${key} answers no more`);
  return [...dates, ...gone, ...silent];
}

/** The required announcements that were neither delivered nor wait in the outbox. */
export function untold(expected: readonly Announcement[], after: Held, announced: readonly Announcement[]): readonly string[] {
  const told = [...announced, ...manifestOf(after).outbox].flatMap(wordsOf);
  const under = (one: string, word: string) => one.endsWith("*") && word.startsWith(one.slice(0, -1));
  // One run may use a wildcard where several runs name each path.
  const covers = (word: string) => told.some((one) => one === word || under(one, word) || under(word, one));
  return [...new Set(expected.flatMap(wordsOf).filter((word) => !covers(word)))].map((word) => `nobody was told of ${word}`);
}

const wordsOf = (one: Announcement): readonly string[] => (one.kind === "ping" ? [one.topic] : one.paths);

/** The keys whose bytes or headers match neither the one nor the other. */
export function neitherNor(held: Held, one: Held, other: Held): readonly string[] {
  const of = (side: Held, key: Key) => {
    const file = side.target.get(key);
    return file === undefined ? undefined : hashOf(file.bytes, file.headers);
  };
  return [...held.target.keys()]
    .filter((key) => ![of(one, key), of(other, key)].includes(of(held, key)))
    .map((key) => `${key} is neither old nor new`);
}

/**
 * Everything published, and the ledger's ids and dates, as one text, to compare runs. `undated`: leaves out since when something is
 * missing or held, which no feed shows.
 */
export function likenessOf(held: Held, undated = false): string {
  const isCompared = (key: Key) => !(undated && key.startsWith("status.json"));
  const files = [...held.target].map(([key, { bytes, headers }]) => [key, hashOf(bytes, headers)] as const).sort();
  const { now: _, ...ledger } = ledgerOf(held) ?? emptyLedger;
  const manifest = manifestOf(held);
  const named = Object.entries(manifest.files).map(
    ([key, { version: _, variants = {}, ...file }]) => [key, { ...file, variants: Object.keys(variants) }] as const,
  );
  const compared = [
    files.filter(([key]) => isCompared(key)),
    { ...ledger, entries: Object.fromEntries(ledger.entries) },
    { ...manifest, files: named.filter(([key]) => isCompared(key)), outbox: [] },
  ];
  const text = JSON.stringify(compared, undefined, 1);
  return undated ? text.replaceAll(/"(missing|since)": "[^"]*"/g, '"$1": ""') : text;
}

const itemsOf = (held: Held, key: Key) =>
  (
    JSON.parse(Buffer.from(held.target.get(key)?.bytes ?? Buffer.from("{}")).toString("utf8")) as {
      items?: { id: string; date_published: string }[];
    }
  ).items ?? [];

function entriesOf(held: Held): ReadonlyMap<string, string> {
  const feeds = [...held.target.keys()].filter((key) => key.endsWith("feed.json"));
  return new Map(feeds.flatMap((key) => itemsOf(held, key).map(({ id, date_published }) => [id, date_published] as const)));
}

function headOf({ state }: Held): StateHead | undefined {
  const found = state.get(stateKeys.head);
  return found === undefined ? undefined : headIn(found.bytes, stateKeys.head);
}

function rowsOf(held: Held, part: PartName, head: StateHead): TableRows {
  const rows = tablesOf[part].map((table) => {
    const own = (head.roots[part]?.[table.name] ?? []).flatMap((hashed, index) => {
      if (hashed === "") return [];
      const found = rowsIn(held.state.get(keyOf(table, index, hashed))?.bytes ?? new Uint8Array(), table, hashed);
      if (found === undefined) throw new Error(`the head names ${keyOf(table, index, hashed)}, which is not in state`);
      return [found];
    });
    return [table.name, own] as const;
  });
  return Object.fromEntries(rows);
}

export const ledgerOf = (held: Held): Ledger | undefined => {
  const head = headOf(held);
  return head?.roots.ledger === undefined ? undefined : ledgerFrom(rowsOf(held, "ledger", head), head);
};
const manifestOf = (held: Held): Manifest => {
  const head = headOf(held) ?? emptyHead;
  return manifestFrom(rowsOf(held, "manifest", head), ledgerOf(held) ?? emptyLedger);
};
