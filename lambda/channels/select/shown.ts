import type { Finding } from "../../articles/model/article.ts";
import { byKeyAndLine } from "../catalog/catalog.ts";
import type { CatalogEntry } from "../catalog/catalog-entry.ts";
import { type Metadata, type SourceRecord, withoutShown } from "../catalog/ledger/record.ts";
import type { SelectedDocument, Selection } from "./documents.ts";
import type { Desired } from "./select.ts";

/** Articles that documents and pages show, by digest. `whole`: with their bodies somewhere. */
export type Showing = ReadonlyMap<string, { readonly meta: Metadata; readonly whole: boolean }>;

/** What documents and pages show; a notice of withdrawal shows nothing of its article. */
export function showingOf({ published, pages, shared }: Desired): Showing {
  const found = new Map<string, { readonly meta: Metadata; readonly whole: boolean }>();
  const note = ({ meta, state }: CatalogEntry, whole: boolean): void => {
    if (state !== "canceled" && found.get(meta.digest)?.whole !== true) found.set(meta.digest, { meta, whole });
  };
  for (const { documents } of published) for (const { shown } of documents) for (const { entry, full } of shown) note(entry, full);
  for (const { entry } of pages) note(entry, entry.bodiless !== true);
  for (const { entry, full } of shared) note(entry, full);
  return found;
}

/** The desired state with what became known of the articles that it shows, by digest. */
export function withKnown<All extends Desired>(desired: All, known: ReadonlyMap<string, Metadata>): All {
  if (known.size === 0) return desired;
  const informed = <Entry extends CatalogEntry>(entry: Entry): Entry => {
    const meta = known.get(entry.meta.digest);
    return meta?.shown === undefined ? entry : { ...entry, meta: { ...entry.meta, media: meta.media, shown: meta.shown } };
  };
  const document = (one: SelectedDocument): SelectedDocument => ({
    ...one,
    shown: one.shown.map((shown) => ({ ...shown, entry: informed(shown.entry) })),
  });
  const selection = (one: Selection): Selection => {
    const [window, ...parts] = one.documents;
    return { ...one, documents: [document(window), ...parts.map(document)] };
  };
  return {
    ...desired,
    entries: desired.entries.map(informed),
    dropped: desired.dropped.map(informed),
    selections: desired.selections.map(selection),
    published: desired.published.map(selection),
    pages: desired.pages.map((page) => ({ ...page, entry: informed(page.entry) })),
    shared: desired.shared.map((shown) => ({ ...shown, entry: informed(shown.entry) })),
  };
}

/** The records to keep: with what is known of those that are shown now, and without what was known of others. */
export function recordsShown(
  records: readonly SourceRecord[],
  showing: Showing,
  known: ReadonlyMap<string, Metadata>,
): readonly SourceRecord[] {
  return records.map((record) => {
    if (record.kind !== "article") return record;
    const meta = known.get(record.meta.digest);
    if (meta !== undefined) return { ...record, meta };
    return record.meta.shown === undefined || showing.has(record.meta.digest) ? record : { ...record, meta: withoutShown(record.meta) };
  });
}

/** The catalog's findings, with those about the bodies that were made. */
export function allFindings({ catalog, entries }: Desired): readonly Finding[] {
  const ofBodies = entries.flatMap(({ meta, state }) => (state === "live" ? (meta.shown?.findings ?? []) : []));
  return ofBodies.length === 0 ? catalog.findings : [...catalog.findings, ...ofBodies].sort(byKeyAndLine);
}
