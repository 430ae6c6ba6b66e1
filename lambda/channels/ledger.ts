import type { Instant } from "../articles/article.ts";
import type { Key } from "../stores/store.ts";
import type { ChannelRule, FormatName } from "./site.ts";

/** Why an article that exists is in no feed. */
export type Absence = "draft" | "scheduled" | "embargoed" | "expired" | "canceled";

/** What cannot be worked out again about one article. */
export type LedgerEntry = {
  readonly id: string;
  /** The id as Atom and JSON Feed write it, frozen. */
  readonly uri: string;
  /** The article named its id itself. */
  readonly given: boolean;
  /** Every key it has had, the present one last. */
  readonly keys: readonly Key[];
  /** Hash of title, body, summary and lead image: what moves `updated`, and what knows the article again after a move. */
  readonly content: string;
  /** Hash of the whole article as last parsed: its name among the kept articles. */
  readonly digest: string;
  /** Hash of its file's bytes: another one means that the article itself was edited. */
  readonly source: string;
  /** The run that first could have published it. */
  readonly firstSeen: Instant;
  /** Frozen at the first publication. */
  readonly published: Instant;
  readonly updated: Instant;
  /** The run that first saw the present content. */
  readonly changed: Instant;
  /** The last segment of its url, frozen. */
  readonly slug: string;
  /** The first complete listing that did not have it. */
  readonly missing?: Instant;
  /** Why it is out at present, as its file last said: a file that breaks or goes away afterwards does not bring it back. */
  readonly absent?: Absence;
  /** Since when it is withdrawn: by its file (then `absent` says so too), or by the end of the grace in which its file was missing. */
  readonly canceled?: Instant;
  /** Somebody withdrew it from outside its file (`wireroom cancel`): it stays withdrawn whatever the file says. */
  readonly withdrawn?: { readonly reason?: string };
  /** Its present note of correction: a hash of it, and the run that first saw it (of a new article, its publication). */
  readonly corrected?: { readonly note: string; readonly at: Instant };
};

/** What the site was when the ledger began to promise things; another site's state is wrong usage. */
export type SiteName = { readonly url: string; readonly feedUrl: string; readonly content: string; readonly target: string };

/** A feed of a `by` channel: its slug is an address and never changes; its title serves when its last article has left. */
export type PromisedValue = { readonly slug: string; readonly title: string };

/** A rule of site.yaml; or one that it no longer has, whose feeds go on answering: nothing that came after `until` comes into them. */
export type StandingRule = ChannelRule & { readonly until?: Instant };

/**
 * `updated` as last published, which never goes back; of a window a hash of the ids of all its channel's articles then, and its formats; of
 * an archive part a hash of the ids that it showed.
 */
export type PromisedFeed = { readonly updated: Instant; readonly members?: string; readonly formats?: readonly FormatName[] };

export type Ledger = {
  readonly site?: SiteName;
  readonly entries: Readonly<Record<string, LedgerEntry>>;
  /** Of `by` channels: rule -> folded value -> what is promised of its feed. */
  readonly values: Readonly<Record<string, Readonly<Record<string, PromisedValue>>>>;
  /** What site.yaml has said of channels, by their names: what it says no longer goes on, until it says that it may end. */
  readonly rules: Readonly<Record<string, StandingRule>>;
  /** By a document's path, windows and archive parts: what readers were promised of it. */
  readonly feeds: Readonly<Record<string, PromisedFeed>>;
  /** What is held at present: name -> hash and since when. */
  readonly holds: Readonly<Record<string, { readonly hash: string; readonly since: Instant }>>;
  /**
   * By a channel's path: when somebody put back what it was before, and marks of all that it has been since: it stays so until it is
   * released; `pages`: of its articles, put back with it. Absent in a ledger of before there was one.
   */
  readonly rolledBack?: Readonly<
    Record<string, { readonly since: Instant; readonly left: readonly string[]; readonly pages?: readonly Key[] }>
  >;
  /** What somebody has allowed and would be refused again: name -> hash. */
  readonly released: Readonly<Record<string, string>>;
  /** The start of the last run that changed the ledger. */
  readonly now?: Instant;
};

export const emptyLedger: Ledger = { entries: {}, values: {}, rules: {}, feeds: {}, holds: {}, released: {} };

/**
 * Without entries that Atom and JSON Feed would name as another one of the ledger: an older program took both in, and then held every feed
 * that had the two. Who was first seen first stays; the file of the other is looked at anew.
 */
export function withoutTwins(ledger: Ledger): Ledger {
  const owners = new Map<string, LedgerEntry>();
  const all = Object.values(ledger.entries);
  for (const entry of all) {
    const other = owners.get(entry.uri);
    if (other === undefined || isBefore(entry, other)) owners.set(entry.uri, entry);
  }
  if (owners.size === all.length) return ledger;
  return { ...ledger, entries: Object.fromEntries([...owners.values()].map((entry) => [entry.id, entry])) };
}

/** Of two that were seen at once, the one whose URI was made of its id: the other names that URI as its own. */
function isBefore(one: LedgerEntry, other: LedgerEntry): boolean {
  if (one.firstSeen !== other.firstSeen) return one.firstSeen < other.firstSeen;
  return one.id !== one.uri && other.id === other.uri;
}
