import type { Instant } from "../../articles/model/article.ts";
import { latest } from "../../channels/catalog/ledger/dating.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { Headers, Key } from "../../stores/store.ts";
import { byOrder, type Write } from "../changes/diff.ts";
import { wholeRun } from "../changes/guard.ts";
import type { Plan } from "../changes/make-plan.ts";
import { removalOf } from "../changes/removals.ts";
import { headersByKey } from "../manifest/headers.ts";
import { hashOf, type Manifest, type ManifestFile } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";
import { plainOf } from "../manifest/variants.ts";
import { isDocumentOf, type RedactedArticle, redact } from "./redact.ts";
import { documentFolder, redated } from "./redate.ts";
import { knownOf, rewriteOf } from "./rewrite.ts";

/** What is live while the plan is made. */
type Around = { readonly live: Target; readonly manifest: Manifest };

/** A live file, as it was read. */
export type LiveFile = {
  readonly key: Key;
  readonly file: ManifestFile;
  readonly bytes: Uint8Array;
  /** The headers it is served with, if the store knows them. */
  readonly headers?: Headers;
};

/** The files that may show an article and that the plan does not write anyway: they must be read. */
export function filesToRedact(
  plan: Plan,
  { id }: Pick<RedactedArticle, "id">,
  { live, manifest }: Around,
): readonly (readonly [Key, ManifestFile])[] {
  const held = new Set(plan.holds.map(({ name }) => name));
  // If the manifest does not have the channel, its files must be read to find out.
  const shows = (path: string) => !Object.hasOwn(manifest.members, path) || manifest.members[path]?.includes(id) === true;
  // The site's own pages stay as they are if any channel that they show is held.
  const stands = ({ channel }: ManifestFile) => channel === "" || ((held.has(wholeRun) || held.has(channel)) && shows(channel));
  const written = new Set(plan.writes.map(({ key }) => key));
  const files = [...Object.entries(manifest.files), ...unknownFiles(plan, manifest, live)];
  return files.filter(([key, file]) => /\.(?:xml|json|html)$/.test(key) && !written.has(key) && stands(file));
}

/**
 * Removes a withdrawn article from held channels, too: a withdrawal waits for no release, and the rest of such a channel stays as it is.
 * `published`: the files that `filesToRedact` names.
 */
export function redactedPlan(plan: Plan, redacted: RedactedArticle, published: readonly LiveFile[], live: Target): Plan {
  const isDocument = ({ key, bytes }: LiveFile) => isDocumentOf(key, Buffer.from(bytes).toString("utf8"), [redacted]);
  const documents = published.filter(isDocument).map(({ key }) => key);
  const writes = published.flatMap((one) => (documents.includes(one.key) ? [] : redactedFile(one, redacted, plan, live)));
  const rest = withoutPages(writes.length === 0 ? plan : withWrites(plan, writes, redacted), redacted, live);
  return withoutFiles(rest, documents, live.listing);
}

/** Live feed files, and the site's index, that are not in the manifest, because it was lost or a run was cut. */
function unknownFiles({ channels }: Plan, { files }: Manifest, { listing }: Target): readonly (readonly [Key, ManifestFile])[] {
  const ofChannel = /^(.*?)\/(?:archive\/[^/]+\/)?(?:rss\.xml|atom\.xml|feed\.json|index\.html)$/;
  const paths = new Set(channels.map(({ path }) => path));
  return [...listing.keys()].flatMap((key) => {
    const channel = key === "index.html" ? "" : (ofChannel.exec(key)?.[1] ?? key);
    const known = Object.hasOwn(files, key) || (channel !== "" && !paths.has(channel));
    return known ? [] : [[key, { hash: "", version: "", fingerprint: "", size: 0, entries: 0, channel }] as const];
  });
}

/** Removes the article's own page, which otherwise stays as long as held feeds link to it. */
function withoutPages(plan: Plan, { id, url }: RedactedArticle, live: Target): Plan {
  const { manifest } = plan;
  const known = Object.entries(manifest.files).flatMap(([key, { article }]) => (article === id ? [key] : []));
  const unknown = [...live.orphans.addresses].flatMap(([key, address]) => (address === url ? [plainOf(key)] : []));
  const planned = new Set(plan.removes.map(({ key }) => key));
  const pages = [...new Set([...known, ...unknown])].filter((key) => !planned.has(key));
  return withoutFiles(plan, pages, live.orphans.ours);
}

function withoutFiles(plan: Plan, keys: readonly Key[], listing: Target["listing"]): Plan {
  if (keys.length === 0) return plan;
  const { manifest } = plan;
  const gone = new Set(keys);
  return {
    ...plan,
    removes: [...plan.removes, ...keys.flatMap((key) => removalOf(key, listing))],
    manifest: {
      ...manifest,
      files: Object.fromEntries(Object.entries(manifest.files).filter(([key]) => !gone.has(key))),
    },
  };
}

function redactedFile({ key, file, ...found }: LiveFile, redacted: RedactedArticle, { ledger }: Plan, live: Target): readonly Write[] {
  const text = Buffer.from(found.bytes).toString("utf8");
  const shown = redact(key, text, [redacted]);
  const rest = shown === text ? text : redated(key, shown, datedBy(ledger, redacted, documentFolder(key)));
  // No render gives these bytes. Without a fingerprint, the file is rendered again as soon as the hold ends.
  const known = { ...file, fingerprint: "", entries: Math.max(0, file.entries - 1) };
  const headers = found.headers ?? headersByKey(key);
  // If a run was cut after it redacted the file, write it again: it is not in the manifest and not announced.
  if (rest === text && (file.hash === "" || hashOf(found.bytes, headers) === file.hash)) return [];
  return [rewriteOf(key, Buffer.from(rest, "utf8"), headers, known, live)];
}

function withWrites(plan: Plan, writes: readonly Write[], redacted: RedactedArticle): Plan {
  const { manifest } = plan;
  const paths = new Set(writes.map(({ channel }) => channel));
  const without = <T>(record: Readonly<Record<string, T>>, change: (value: T) => T) =>
    Object.fromEntries(Object.entries(record).map(([path, value]) => [path, paths.has(path) ? change(value) : value]));
  return {
    ...plan,
    writes: [...plan.writes, ...writes].sort(byOrder),
    ledger: { ...plan.ledger, feeds: withDates(plan.ledger, writes, redacted) },
    manifest: {
      ...manifest,
      files: { ...manifest.files, ...Object.fromEntries(writes.map((write) => [write.key, knownOf(write)])) },
      members: without(manifest.members, (ids) => ids.filter((one) => one !== redacted.id)),
      shown: without(manifest.shown, (shown) => Object.fromEntries(Object.entries(shown).filter(([one]) => one !== redacted.id))),
    },
  };
}

/** The feed that loses the article gets the date of the withdrawal, unless its own is later. */
function datedBy({ feeds, entries }: Ledger, { id }: RedactedArticle, path: string): Instant | undefined {
  const [before, withdrawn] = [Object.hasOwn(feeds, path) ? feeds[path]?.updated : undefined, entries.get(id)?.updated];
  return withdrawn === undefined ? before : latest(withdrawn, before);
}

function withDates(ledger: Ledger, writes: readonly Write[], redacted: RedactedArticle): Ledger["feeds"] {
  const paths = [...new Set(writes.map(({ key }) => documentFolder(key)))].filter((path) => Object.hasOwn(ledger.feeds, path));
  const dated = paths.map((path) => [path, { ...ledger.feeds[path], updated: datedBy(ledger, redacted, path) }] as const);
  return { ...ledger.feeds, ...(Object.fromEntries(dated) as Ledger["feeds"]) };
}
