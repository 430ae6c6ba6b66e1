import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog } from "../../channels/catalog/catalog.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { select } from "../../channels/select/select.ts";
import type { FormatName } from "../../channels/site/site.ts";
import type { ImportReport, Reappearing } from "../../reports/imported.ts";
import { observe } from "../../run/observe.ts";
import { read } from "../../run/read.ts";
import type { Workers } from "../../run/threads/work.ts";
import { settingsOf } from "../../settings.ts";
import type { Key } from "../../stores/store.ts";
import { portsOf } from "../run.ts";
import type { ImportedHead, TellProgress } from "./model/imported.ts";

/** What readers have, and what the new feeds would give them. */
export type Comparison = Pick<ImportReport, "entries" | "reappear" | "absent" | "redated">;

type Order = {
  readonly content: string;
  readonly heads: readonly ImportedHead[];
  /** The file of each head. */
  readonly keys: readonly Key[];
  readonly format: FormatName;
  readonly now: Date;
  readonly workers: Workers;
  readonly tell: TellProgress;
};

/**
 * Compares the ids of the old feed with those that a first publication would give. It runs the road up to `select` over the files that
 * were written, with an empty target and state of its own, and publishes nothing.
 */
export async function compareIds({ content, heads, keys, format, now, workers, tell }: Order): Promise<Comparison> {
  const scratch = await mkdtemp(join(tmpdir(), "wireroom-import-"));
  try {
    const settings = await settingsOf({ content, to: join(scratch, "site"), state: join(scratch, "state") }, () => now);
    const ports = await portsOf({ time: Number.POSITIVE_INFINITY, tell, workers }, settings);
    const observed = await observe(ports, settings.site, []);
    const { catalog, selections } = select(await read(observed, ports, settings.site, undefined), settings.site);
    const shown = new Map(
      selections.flatMap(({ documents }) =>
        documents.flatMap((document) => document.shown.map(({ entry }) => [entry.meta.key, entry] as const)),
      ),
    );
    return comparison(heads, { keys, format, shown, why: reasonsOf(catalog) });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

type Seen = {
  readonly keys: readonly Key[];
  readonly format: FormatName;
  readonly shown: ReadonlyMap<Key, CatalogEntry>;
  readonly why: ReadonlyMap<Key, string>;
};

function comparison(heads: readonly ImportedHead[], { keys, format, shown, why }: Seen): Comparison {
  const known = heads.flatMap((head, index) => (isKnown(head) ? [{ head, key: keys[index] ?? "" }] : []));
  const result = { entries: known.length, reappear: [] as Reappearing[], absent: [] as Reappearing[], redated: [] as Reappearing[] };
  for (const { head, key } of known) {
    const entry = shown.get(key);
    const told = { where: head.where, title: head.title ?? "", was: head.id ?? "" };
    if (entry === undefined) {
      result.absent.push({ ...told, reason: why.get(key) ?? "No feed shows it." });
      continue;
    }
    const is = format === "rss" ? entry.id : entry.uri;
    if (head.id === undefined || is !== head.id) result.reappear.push({ ...told, is, reason: reasonFor(head, entry) });
    else if (head.published !== undefined && !entry.published.startsWith(head.published))
      result.redated.push({ ...told, is: entry.published, reason: `Its date was ${head.published}.` });
  }
  return result;
}

/** Whether readers of the old feed have it. */
function isKnown({ kind, state, isNew }: ImportedHead): boolean {
  return kind === "post" && state === "published" && isNew !== true;
}

function reasonFor({ id }: ImportedHead, entry: CatalogEntry): string {
  if (id === undefined) return "The old feed gives it no id.";
  return entry.id === id ? "Atom and JSON Feed cannot carry its id, which is no URI." : "Its id cannot be kept.";
}

/** Why an article is in no feed, by its file: the first problem, or what it waits for. */
function reasonsOf({ findings, withheld }: Catalog): ReadonlyMap<Key, string> {
  const problems = findings.filter(({ kind }) => kind === "problem").map(({ key, message }) => [key, message] as const);
  const waiting = withheld.map(({ key, reason, at }) => [key, `It is ${reason}${at === undefined ? "" : ` until ${at}`}.`] as const);
  return new Map([...waiting, ...problems.toReversed()]);
}
