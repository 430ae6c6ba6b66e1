import { brotliDecompressSync, gunzipSync } from "node:zlib";
import type { Article } from "../articles/model/article.ts";
import { unpacked } from "../articles/packed.ts";
import type { LedgerEntry } from "../channels/catalog/ledger/ledger.ts";
import { htmlText, rssText, xmlText } from "../feeds/model/text.ts";
import { keptKey } from "../state/state.ts";
import { stateKeys } from "../state/state-keys.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Store } from "../stores/store.ts";

/** Tells whether bytes hold something of an article, plain or compressed. */
export type Traces = (bytes: Uint8Array, key: Key) => boolean;

/** What state keeps, or kept, of an article's text: each of its editions, and the objects that hold them at present. */
export type Editions = { readonly articles: readonly Pick<Article, "title" | "summary" | "html">[]; readonly keys: readonly Key[] };

const isKept = (key: Key): boolean => key === "" || key.startsWith(stateKeys.kept);

/** `foreign`: digests under which other articles are kept. A place may have been several articles', one after the other. */
export async function editionsOf(state: Store, { keys }: LedgerEntry, foreign: ReadonlySet<string>): Promise<Editions> {
  const places = new Set(keys);
  const others = new Set([...foreign].map(keptKey));
  const articles: Editions["articles"][number][] = [];
  const take = (bytes: Uint8Array, key: Key): boolean => {
    const article = others.has(key) ? undefined : articleIn(bytes);
    const own = article !== undefined && places.has(article.key);
    if (own) articles.push({ title: article.title, summary: article.summary, html: article.html });
    return own;
  };
  const present = await inParallel(await state.list(stateKeys.kept), async ({ key }) => {
    const found = await state.read(key);
    return found !== undefined && take(found.bytes, key) ? [key] : [];
  });
  // Looked through, and nothing taken away yet: a command that is cut here finds the same when it is asked again.
  await state.purge(isKept, (bytes, key) => {
    take(bytes, key);
    return false;
  });
  return { articles, keys: present.flat() };
}

/** Whether an older object of state is an edition of the article. */
export function isEdition({ keys }: LedgerEntry, foreign: ReadonlySet<string>): { which: typeof isKept; holds: Traces } {
  const places = new Set(keys);
  const others = new Set([...foreign].map(keptKey));
  return { which: isKept, holds: (bytes, key) => !others.has(key) && places.has(articleIn(bytes)?.key ?? "") };
}

function articleIn(bytes: Uint8Array): Article | undefined {
  try {
    return unpacked(bytes);
  } catch {
    return undefined;
  }
}

/** Whatever published files say of an article: its ids, its addresses, and of each edition title, summary and text. */
export function tracesOf({ id, uri }: LedgerEntry, addresses: readonly string[], { articles }: Editions): Traces {
  const titles = articles.flatMap(({ title }) => [`>${htmlText(title)}<`, `>${rssText(title)}<`, JSON.stringify(title)]);
  const texts = articles.flatMap(({ html, summary }) => [...passagesIn(html), ...passagesIn(summary)]);
  const words = [id, uri, ...addresses].flatMap((word) => [xmlText(word), rssText(word), JSON.stringify(word).slice(1, -1)]);
  const needles = [...new Set([...words, ...titles, ...texts])].map((needle) => Buffer.from(needle, "utf8"));
  return (bytes, key) => {
    const plain = decompressed(bytes, key);
    return needles.some((needle) => plain.includes(needle));
  };
}

/** The longest pieces of a text that every format writes alike: without markup, escapes and line ends. */
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
    // Then they are what they are.
  }
  return Buffer.from(bytes);
}
