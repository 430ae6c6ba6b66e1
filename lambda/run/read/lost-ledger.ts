import type { Instant } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import { caughtUp } from "../../channels/catalog/catch-up.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { SourceRecord } from "../../channels/catalog/ledger/record.ts";
import { type LiveFeed, liveFeedOf } from "../../channels/catalog/live-feed.ts";
import { rebuildLedger } from "../../channels/catalog/rebuild.ts";
import type { FormatName, Site } from "../../channels/site/site.ts";
import { formatFiles } from "../../feeds/formats/formats.ts";
import { edgeKey, readEdgeTable } from "../../plan/edge/edge-table.ts";
import { keysInTable } from "../../plan/edge/partner-rows.ts";
import type { Manifest } from "../../plan/manifest/manifest.ts";
import { otherWiresIn } from "../../plan/manifest/target.ts";
import { inParallel } from "../../stores/parallel.ts";
import type { Listed, Store } from "../../stores/store.ts";

/** The ledger that a run works from. `losses`: present if it was lost; the facts that the live feeds could not restore. */
export type RecoveredLedger = { readonly ledger: Ledger; readonly losses?: readonly string[] };

type Around = {
  readonly target: Store;
  readonly listing: readonly Listed[];
  readonly records: readonly SourceRecord[];
  readonly manifest: Manifest;
};

/**
 * The ledger as read (`kept`: it existed), with what is new to it in feeds that the manifest does not know; if there was none but feeds are
 * live, one rebuilt from them.
 */
export async function ledgerFor(
  ledger: Ledger,
  kept: boolean,
  { target, listing, records, manifest }: Around,
  site: Site,
  now: Instant,
): Promise<RecoveredLedger> {
  const { files, strangers } = manifest;
  const isKnown = ({ key, version }: Listed) => kept && (files[key]?.version === version || strangers[key] === version);
  const feeds = await liveFeeds(target, listing, isKnown);
  if (feeds.length === 0) return { ledger };
  if (kept) return { ledger: caughtUp(ledger, { feeds, records, site, now }) };
  const rebuilt = rebuildLedger({ feeds, records, site, now });
  const access = await publishedKeys(target, now);
  return { ledger: { ...rebuilt.ledger, ...omitUndefined({ site: ledger.site, access }) }, losses: rebuilt.losses };
}

/** The hashes of partners' keys, which edge.json has, too. Undefined if there are none, or the file is damaged. */
async function publishedKeys(target: Store, now: Instant): Promise<Ledger["access"]> {
  const found = await target.read(edgeKey);
  try {
    const known = found === undefined ? {} : keysInTable(readEdgeTable(Buffer.from(found.bytes).toString("utf8")), now);
    return Object.keys(known).length === 0 ? undefined : known;
  } catch {
    return undefined;
  }
}

async function liveFeeds(target: Store, listing: readonly Listed[], isKnown: (listed: Listed) => boolean): Promise<readonly LiveFeed[]> {
  const ending = `/${formatFiles.json.file}`;
  const chosen = listing.filter((listed) => listed.key.endsWith(ending) && !isKnown(listed));
  if (chosen.length === 0) return [];
  const keys = new Set(listing.map(({ key }) => key));
  const others = otherWiresIn(listing);
  const formats = Object.entries(formatFiles) as readonly (readonly [FormatName, (typeof formatFiles)[FormatName]])[];
  const found = await inParallel(
    chosen.filter(({ key }) => !others.some((folder) => key.startsWith(folder))),
    async ({ key }) => {
      const read = await target.read(key);
      const path = key.slice(0, -ending.length);
      const there = formats.filter(([, { file }]) => keys.has(`${path}/${file}`)).map(([name]) => name);
      const feed = read === undefined ? undefined : liveFeedOf(Buffer.from(read.bytes).toString("utf8"), path, there);
      return feed === undefined ? [] : [feed];
    },
  );
  return found.flat();
}
