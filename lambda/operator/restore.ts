import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import { Fault } from "../fault.ts";
import type { Write } from "../plan/changes/diff.ts";
import type { Earlier } from "../plan/corrections/earlier.ts";
import { type RedactedArticle, redact } from "../plan/corrections/redact.ts";
import { documentFolder, redated } from "../plan/corrections/redate.ts";
import { type Listing, rewriteOf } from "../plan/corrections/rewrite.ts";
import { headersByKey } from "../plan/manifest/headers.ts";
import { hashOf, type Manifest, type ManifestFile } from "../plan/manifest/manifest.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Store } from "../stores/store.ts";

type Live = Listing & { readonly target: Store; readonly present: Manifest; readonly feeds: Ledger["feeds"] };

/**
 * The earlier files of a channel, from the target's own history, without the articles that readers must no longer see. A feed's `updated`
 * never goes back: it is the ledger's. Files that were added since then stay, because somebody may have subscribed to them.
 * @throws Fault (usage) if the target no longer has a file's earlier bytes.
 */
export async function restoredFiles(
  { path, manifest }: Earlier,
  redacted: readonly RedactedArticle[],
  live: Live,
): Promise<readonly Write[]> {
  const keys = Object.entries(manifest.files).filter(
    ([key, { channel, hash }]) => channel === path && live.present.files[key]?.hash !== hash,
  );
  const writes = await inParallel(keys, ([key, file]) => restoredFile(key, file, redacted, live));
  return writes.flat();
}

/**
 * The earlier pages of articles that only the rolled-back feeds show, so that a feed and the pages it links to agree.
 * A page whose earlier bytes are no longer kept stays as it is.
 */
export async function restoredPages(
  { path, manifest }: Earlier,
  paths: ReadonlySet<string>,
  redacted: readonly RedactedArticle[],
  { present: { files, shown }, ...live }: Live,
): Promise<readonly Write[]> {
  const out = new Set(redacted.map(({ id }) => id));
  const elsewhere = new Set(Object.entries(shown).flatMap(([other, ids]) => (paths.has(other) ? [] : Object.keys(ids))));
  const own = new Set((manifest.members[path] ?? []).filter((id) => !out.has(id) && !elsewhere.has(id)));
  const pages = Object.entries(manifest.files).filter(
    ([key, { article, hash }]) => article !== undefined && own.has(article) && files[key] !== undefined && files[key].hash !== hash,
  );
  const writes = await inParallel(pages, async ([key, file]) => {
    const bytes = await keptBytes(key, file, live.target);
    return bytes === undefined ? [] : [rewriteOf(key, bytes, headersByKey(key), file, live)];
  });
  return writes.flat();
}

/** The earlier version of the site's own page, which shows the newest entries of its first channel. */
export async function restoredIndex(manifest: Manifest, redacted: readonly RedactedArticle[], live: Live): Promise<readonly Write[]> {
  const file = manifest.files["index.html"];
  if (file === undefined || file.hash === live.present.files["index.html"]?.hash) return [];
  return restoredFile("index.html", file, redacted, live);
}

async function restoredFile(key: Key, file: ManifestFile, redacted: readonly RedactedArticle[], live: Live): Promise<readonly Write[]> {
  // To redact an article from a page, its address or title must be known; without both, leave the page as it is.
  if (key.endsWith(".html") && redacted.some(({ url, title }) => url === undefined && title === undefined)) return [];
  const headers = headersByKey(key);
  const bytes = await earlierBytes(key, file, live.target);
  const text = Buffer.from(bytes).toString("utf8");
  const shown = redact(key, text, redacted);
  const rest = redated(key, shown, live.feeds[documentFolder(key)]?.updated);
  if (rest === text) return [rewriteOf(key, bytes, headers, file, live)];
  const entries = shown === text ? file.entries : Math.max(0, file.entries - redacted.length);
  return [rewriteOf(key, Buffer.from(rest, "utf8"), headers, { ...file, fingerprint: "", entries }, live)];
}

async function earlierBytes(key: Key, file: ManifestFile, target: Store): Promise<Uint8Array> {
  const bytes = await keptBytes(key, file, target);
  if (bytes !== undefined) return bytes;
  throw new Fault(
    `The history of ${target.address}/${key} no longer has its earlier version, so the feed cannot go back to it. Nothing was changed.`,
    { kind: "usage" },
  );
}

async function keptBytes(key: Key, { version, hash, size }: ManifestFile, target: Store): Promise<Uint8Array | undefined> {
  for (const past of await target.history(key)) {
    if (past.version !== version && past.size !== size) continue;
    const bytes = await past.read();
    if (hashOf(bytes, headersByKey(key)) === hash) return bytes;
  }
  return undefined;
}
