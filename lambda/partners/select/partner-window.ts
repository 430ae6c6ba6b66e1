import type { Instant } from "../../articles/model/article.ts";
import { newestFirst } from "../../channels/catalog/catalog.ts";
import type { CatalogEntry } from "../../channels/catalog/catalog-entry.ts";
import { later } from "../../channels/catalog/ledger/dating.ts";
import { newest, type ShownEntry } from "../../channels/select/window.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Demands } from "../profiles/profile.ts";

type Clock = { readonly now: Instant; readonly note: (moment: Instant) => void };
type Limits = Pick<Demands, "hours" | "entries" | "fileBytes" | "archiveDays" | "oneLanguage" | "deletion">;

const hour = 3_600_000;
/** The most corrections of older articles, so that they do not crowd out what is new. */
const mostCorrected = 25;

/**
 * The newest articles within the stricter of the profile's limits and the rule's; in each language, where a language has a file of its own.
 * An older article that the partner has had comes back while its correction is recent, as in feeds: the partner must learn of it. An archive
 * keeps its days whole, and its dialect cuts the window out of them. `had`: ids of what the partner has had.
 */
export function windowOf(
  rule: PartnerRule,
  demands: Limits,
  released: readonly CatalogEntry[],
  had: ReadonlySet<string>,
  { now, note }: Clock,
): readonly ShownEntry[] {
  const narrow = stricter(demands.hours, rule.hours);
  const hours = narrow === undefined ? undefined : Math.max(narrow, demands.archiveDays * 24);
  const isYoung = ({ published }: CatalogEntry): boolean => {
    if (hours === undefined) return true;
    const end = later(published, hours * hour);
    if (end > now) note(end);
    return end > now;
  };
  const shownAs = (entry: CatalogEntry): ShownEntry => ({ entry, full: rule.content !== "summary" && entry.bodiless !== true });
  const young = released.filter(isYoung).map(shownAs);
  if (demands.archiveDays > 0) return young;
  const most = {
    limit: stricter(demands.entries, rule.limit) ?? Number.POSITIVE_INFINITY,
    bytes: demands.fileBytes === 0 ? Number.POSITIVE_INFINITY : demands.fileBytes,
  };
  const mustLearn = demands.deletion !== "remove" && most.limit > 1;
  const corrected = mustLearn ? released.filter(({ id, amended }) => amended !== undefined && had.has(id)).map(shownAs) : [];
  if (!demands.oneLanguage) return withCorrected(most, young, corrected);
  const [youngBy, correctedBy] = [Map.groupBy(young, languageOf), Map.groupBy(corrected, languageOf)];
  const languages = new Set([...youngBy.keys(), ...correctedBy.keys()]);
  return [...languages].flatMap((one) => withCorrected(most, youngBy.get(one) ?? [], correctedBy.get(one) ?? [])).sort(byAge);
}

const languageOf = ({ entry }: ShownEntry): string => entry.meta.language;
const byAge = (a: ShownEntry, b: ShownEntry): number => newestFirst(a.entry, b.entry);

/** The newest, and in place of the oldest of them the latest corrections that these do not have: a quarter of the file at most. */
function withCorrected(
  most: { readonly limit: number; readonly bytes: number },
  young: readonly ShownEntry[],
  corrected: readonly ShownEntry[],
): readonly ShownEntry[] {
  const window = newest(most, young);
  const reached = new Set(window.map(({ entry }) => entry.id));
  const left = corrected.filter(({ entry }) => !reached.has(entry.id)).sort((a, b) => latestFirst(a, b) || byAge(a, b));
  if (left.length === 0) return window;
  const carried = newest({ limit: Math.min(mostCorrected, Math.ceil(most.limit / 4)), bytes: most.bytes / 4 }, left);
  return newest(most, [...carried, ...window]).toSorted(byAge);
}

function latestFirst({ entry: { amended: a = "" } }: ShownEntry, { entry: { amended: b = "" } }: ShownEntry): number {
  return a === b ? 0 : a < b ? 1 : -1;
}

/** Zero means: no limit. */
function stricter(ofProfile: number, ofRule: number | undefined): number | undefined {
  const limits = [ofProfile, ofRule ?? 0].filter((limit) => limit > 0);
  return limits.length === 0 ? undefined : Math.min(...limits);
}
