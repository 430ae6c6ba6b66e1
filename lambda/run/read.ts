import { omitUndefined } from "../articles/model/json-value.ts";
import { digestsToRecall, formerIn, lastKnownGood } from "../channels/catalog/last-known-good.ts";
import { recordsByKey, type SourceRecord, withBodiesAnew } from "../channels/catalog/ledger/record.ts";
import { type Refused, soundKnown, soundRecords } from "../channels/catalog/refused.ts";
import { withdrawnIn } from "../channels/catalog/withdrawn.ts";
import type { Heads } from "../channels/select/select.ts";
import type { Site } from "../channels/site/site.ts";
import { occupiedKeys } from "../plan/manifest/target.ts";
import type { CatalogCache } from "../state/catalog-cache.ts";
import { inParallel } from "../stores/parallel.ts";
import type { Key, Store } from "../stores/store.ts";
import type { Observed } from "./observe.ts";
import type { Ports } from "./ports.ts";
import { type Parsers, parsedBy, parsersOf } from "./process/program.ts";
import { keepProgress, progressOf } from "./progress.ts";
import { readKeptArticle } from "./read/bodies.ts";
import { asLastRead, type Intake, intake } from "./read/intake.ts";
import { ledgerFor } from "./read/lost-ledger.ts";
import { withoutMoved } from "./read/named.ts";

/** The only article to publish a change of: its withdrawal. `inLedger`: the ledger records it, not the file. */
export type Withdrawal = { readonly id: string; readonly keys: readonly Key[]; readonly inLedger: boolean; readonly reason?: string };

/** The parsed sources, and the last known data of articles whose sources are broken or gone. */
export type Sources = Heads & {
  readonly intake: Intake;
  /** Identifies the programs and the settings that read their heads and make their bodies. */
  readonly parsedBy: Parsers;
  /** Whether state had a ledger. */
  readonly found: boolean;
  /** If it had none: the facts that the live feeds could not restore. */
  readonly losses?: readonly string[];
};

/** @throws Fault if time runs out before everything is read; what was read is kept. */
export async function read(observed: Observed, ports: Ports, site: Site, withdrawal: Withdrawal | undefined): Promise<Sources> {
  const { before, sources: listing, files, now } = observed;
  const [catalog, manifest] = [before.catalog.value, before.manifest.value];
  const by = parsedBy(site, parsersOf(ports));
  const cached = recordsFor(catalog, by);
  // Some sources may have no record yet, so the next run must list them.
  const soFar = (records: readonly SourceRecord[]) => ({ ...unlisted(catalog), fingerprint: by.heads, bodies: by.bodies, records });
  const whole = await intake({
    content: ports.content,
    listing: withdrawal === undefined ? listing : asLastRead(listing, cached, withdrawal.keys),
    newsroom: site,
    bodies: by.bodies,
    cached,
    ledger: observed.ledger,
    tell: (done, of) => ports.tell({ kind: "stage", stage: "read", done, of }),
    ...omitUndefined({ parser: ports.workers, left: ports.left }),
    keepRead: (records) => keepProgress(ports, observed, soFar(records)),
    ...omitUndefined({ progress: progressOf(ports, before, soFar) }),
  });
  const taken = observed.fromNamed ? await withoutListing(whole, cached, catalog, ports.content) : whole;
  const found = before.ledger.value.site !== undefined;
  const { ledger, losses } = await ledgerFor(
    observed.ledger,
    found,
    { target: ports.target, listing: files, records: taken.records, manifest },
    site,
    now,
  );
  const status = Object.entries(manifest.status ?? {});
  const sources = {
    now,
    ledger: withdrawal?.inLedger === true ? withdrawnIn(ledger, withdrawal.id, withdrawal.reason, now) : ledger,
    listing,
    seen: recordsByKey(catalog.records),
    members: manifest.members,
    updated: Object.fromEntries(status.map(([path, { updated }]) => [path, updated])),
    occupied: occupiedKeys(manifest, files, ports.target.tree === true),
    ...{ intake: taken, parsedBy: by, found, ...omitUndefined({ losses }) },
  };
  return recall(new Map(), sources, observed, ports.state, site);
}

/** What a look at named keys cannot show: the end of files that have moved, and how many others are not taken. */
async function withoutListing(taken: Intake, cached: readonly SourceRecord[], { passedOver = {} }: CatalogCache, content: Store) {
  const records = await withoutMoved(taken.records, cached, content);
  return { ...taken, records, passedOver: { ...passedOver, ...taken.passedOver } };
}

function unlisted({ passedOver: _, ...catalog }: CatalogCache): CatalogCache {
  return catalog;
}

/**
 * The records of the last runs, as far as they hold for this program and these settings: if heads are read otherwise now, all are read
 * again; if only bodies are made otherwise, these are made again.
 */
function recordsFor({ fingerprint, bodies, records }: CatalogCache, by: Parsers): readonly SourceRecord[] {
  if (fingerprint !== by.heads) return records.map((record) => ({ ...record, version: "" }));
  return bodies === by.bodies ? records : records.map((record) => withBodiesAnew(record, by.bodies));
}

/** Looks up articles whose files are broken, gone or refused: in the last catalog and among the kept articles. */
export async function recall(
  refused: Refused,
  sources: Omit<Sources, "refused" | "records" | "known" | "keptDigests">,
  { before, now, kept }: Observed,
  state: Store,
  { retain }: Pick<Site, "retain">,
): Promise<Sources> {
  const catalog = before.catalog.value;
  const records = soundRecords(sources.intake.records, refused);
  const former = formerIn({ ledger: sources.ledger, now, retain, records, before: catalog.records, known: catalog.known });
  const recalled = await inParallel(digestsToRecall(former), async (digest) => {
    const article = await readKeptArticle(state, digest);
    return article === undefined ? [] : [[digest, article.meta] as const];
  });
  const known = soundKnown(lastKnownGood(former, new Map(recalled.flat())), refused);
  return { ...sources, refused, records, known, keptDigests: known.size === 0 ? new Set() : await kept() };
}
