import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { Article } from "../articles/model/article.ts";
import { unpacked } from "../articles/packed.ts";
import type { LedgerEntry } from "../channels/catalog/ledger/ledger.ts";
import { shownSummary } from "../channels/catalog/ledger/record.ts";
import { htmlText, rssText, xmlText } from "../feeds/model/text.ts";
import type { KeptArticle } from "../run/read/reading.ts";
import { articleKey, stateKeys } from "../state/state-keys.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Store } from "../stores/store.ts";

/** Whether bytes, plain or compressed, contain any part of an article. */
export type Traces = (bytes: Uint8Array, key: Key) => boolean;

/** An article's editions, present and past, that state keeps, and the keys of the objects that hold the present ones. */
export type Editions = { readonly articles: readonly Pick<Article, "title" | "summary" | "html">[]; readonly keys: readonly Key[] };

const isKept = (key: Key): boolean => key === "" || key.startsWith(stateKeys.kept);

/** `foreign`: digests under which other articles are kept. Several articles may have used the same path, one after the other. */
export async function editionsOf(state: Store, { keys }: LedgerEntry, foreign: ReadonlySet<string>): Promise<Editions> {
  const places = new Set(keys);
  const others = new Set([...foreign].map(articleKey));
  const articles: Editions["articles"][number][] = [];
  const take = (bytes: Uint8Array, key: Key): boolean => {
    const article = others.has(key) ? undefined : articleIn(bytes);
    const own = article !== undefined && places.has(article.meta.key);
    if (own) articles.push({ title: article.meta.title, summary: shownSummary(article.meta), html: article.html ?? "" });
    return own;
  };
  const present = await inParallel(await state.list(stateKeys.kept), async ({ key }) => {
    const found = await state.read(key);
    return found !== undefined && take(found.bytes, key) ? [key] : [];
  });
  // Reads the old versions and removes none yet, so a command that is cut here finds the same when it runs again.
  await state.purge(isKept, (bytes, key) => {
    take(bytes, key);
    return false;
  });
  return { articles, keys: present.flat() };
}

/** Tells whether an older object of state is an edition of the article. */
export function isEdition({ keys }: LedgerEntry, foreign: ReadonlySet<string>): { which: typeof isKept; holds: Traces } {
  const places = new Set(keys);
  const others = new Set([...foreign].map(articleKey));
  return { which: isKept, holds: (bytes, key) => !others.has(key) && places.has(articleIn(bytes)?.meta.key ?? "") };
}

function articleIn(bytes: Uint8Array): KeptArticle | undefined {
  try {
    return unpacked<KeptArticle>(bytes);
  } catch {
    return undefined;
  }
}

/** Finds an article in published files by its ids, its addresses, and each edition's title, summary and text. */
export function tracesOf({ id, uri }: LedgerEntry, addresses: readonly string[], editions: Editions): Traces {
  const names = [id, uri, ...addresses].flatMap((word) => [xmlText(word), rssText(word), JSON.stringify(word).slice(1, -1)]);
  return finding([...names, ...wordsIn(editions)]);
}

/** Finds the words of an article in the objects of state, which name it for good by its id: each edition's title, summary and text. */
export function wordsOfEditions(editions: Editions): Traces {
  return finding(wordsIn(editions));
}

function wordsIn({ articles }: Editions): readonly string[] {
  const titles = articles.flatMap(({ title }) => [`>${htmlText(title)}<`, `>${rssText(title)}<`, JSON.stringify(title)]);
  const texts = articles.flatMap(({ html, summary }) => [...passagesIn(html), ...passagesIn(summary)]);
  return [...titles, ...texts];
}

function finding(words: readonly string[]): Traces {
  const needles = [...new Set(words)].map((needle) => Buffer.from(needle, "utf8"));
  return (bytes, key) => {
    const plain = decompressed(bytes, key);
    return needles.some((needle) => plain.includes(needle));
  };
}

/** The longest passages without markup, escapes or line ends, which every format writes alike. */
function passagesIn(text: string): readonly string[] {
  const pieces = text
    .replaceAll(/<[^>]*>/g, "\n")
    .split(/[\n\r\t"'&<>\\]+/)
    .map((piece) => piece.trim());
  return pieces
    .filter((piece) => piece.length >= 12)
    .sort((a, b) => b.length - a.length)
    .slice(0, 5)
    .map((piece) => piece.slice(0, 200));
}

function decompressed(bytes: Uint8Array, key: Key): Buffer {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes, { maxOutputLength: 256_000_000 });
    if (key.endsWith(".br") || key === "") return brotliDecompressSync(bytes, { maxOutputLength: 256_000_000 });
  } catch {
    // Not compressed after all: search the bytes as they are.
  }
  return Buffer.from(bytes);
}
