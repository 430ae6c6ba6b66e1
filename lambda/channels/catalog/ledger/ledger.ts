import type { Instant } from "../../../articles/model/article.ts";
import type { Key } from "../../../stores/store.ts";
import type { ChannelRule, FormatName } from "../../site/site.ts";

/** Why an existing article is in no feed. */
export type Absence = "draft" | "scheduled" | "embargoed" | "expired" | "canceled";

/**
 * Whether a partner still has an article: since when its withdrawal is told, and as what; or since when it may have it again. `told`: a hash
 * of what its change log last said of it.
 */
export type PartnerMark = {
  readonly gone?: Instant;
  readonly as?: "withheld" | "canceled" | "expired";
  readonly back?: Instant;
  readonly told?: string;
};

/** One change of an article, as a partner's change log has it: facts, and nothing of its text. `href`: its document, below the partner's folder. */
export type PartnerChange = {
  /** Greater than that of any earlier change. */
  readonly seq: number;
  readonly op: "update" | "delete";
  readonly id: string;
  readonly uri: string;
  readonly state: "usable" | "corrected" | "withheld" | "canceled" | "expired";
  /** It left the window: the partner may still have it, and its files show it no longer. */
  readonly reason?: "window";
  readonly language: string;
  readonly updated: Instant;
  readonly href: string;
};

/** A part of a partner's change log, which never changes. `previous`: the first number of the part before it. */
export type ChangePart = {
  readonly partner: string;
  readonly at: Instant;
  readonly previous?: number;
  readonly changes: readonly PartnerChange[];
};

/** What partners have had of an article, by their names, and under which address and in which language. */
export type PartnersTold = {
  readonly language: string;
  readonly url?: string;
  readonly marks: Readonly<Record<string, PartnerMark>>;
};

/** The facts about one article that no later run can compute again. */
export type LedgerEntry = {
  readonly id: string;
  /** The id as Atom and JSON Feed write it; never changes. */
  readonly uri: string;
  /** The article named its id itself. */
  readonly given: boolean;
  /** Every key it has had; the last one is the present one. */
  readonly keys: readonly Key[];
  /**
   * Hash of title, body, summary and lead image: a new hash moves `updated`, and the same hash identifies the article after a
   * move.
   */
  readonly content: string;
  /** Hash of the whole article as last parsed: its name among the kept articles. */
  readonly digest: string;
  /** Hash of the bytes of its file: a new hash means that the article itself was edited. */
  readonly source: string;
  /** The first run that could have published it. */
  readonly firstSeen: Instant;
  /** Fixed at the first publication. */
  readonly published: Instant;
  readonly updated: Instant;
  /** The first run that saw the present content. */
  readonly changed: Instant;
  /** The last segment of its url; never changes. */
  readonly slug: string;
  /** The first complete listing without it. */
  readonly missing?: Instant;
  /** Why it is out now, as its file last said: the article does not come back if the file breaks or disappears afterwards. */
  readonly absent?: Absence;
  /**
   * Since when it is withdrawn: by its file (then `absent` says so too), or because its file was missing for longer than the
   * grace.
   */
  readonly canceled?: Instant;
  /** It was withdrawn from outside its file (`wireroom cancel`) and stays withdrawn, whatever the file says. */
  readonly withdrawn?: { readonly reason?: string };
  /** Its present note of correction: a hash of it, and the first run that saw it (for a new article, its publication). */
  readonly corrected?: { readonly note: string; readonly at: Instant };
  /** Which partners have had it: each of them must learn if it is withdrawn. Absent: none. */
  readonly partners?: PartnersTold;
};

/** The site for which the ledger first made promises; a run with another site is wrong usage. */
export type SiteName = { readonly url: string; readonly feedUrl: string; readonly content: string; readonly target: string };

/** A feed of a `by` channel: its slug is an address and never changes; its title stays in use after the last article has left. */
export type LedgerValue = { readonly slug: string; readonly title: string };

/**
 * A rule of site.yaml, or one that site.yaml no longer has: its feeds stay published, and nothing newer than `until` enters them.
 */
export type RetainedRule = ChannelRule & { readonly until?: Instant };

/**
 * `updated` as last published, which never goes back. For a window: a hash of the ids of all articles of its channel at that
 * time, and its formats. For an archive part: a hash of the ids in it.
 */
export type LedgerFeed = { readonly updated: Instant; readonly members?: string; readonly formats?: readonly FormatName[] };

/** A key of a partner, as a hash (SHA-256, base64url). `until`: from then on it does not count. */
export type PartnerKey = { readonly hash: string; readonly since: Instant; readonly until?: Instant };

/** The keys that a partner has, oldest first. `revoked`: when it last lost one before its time. */
export type PartnerKeys = { readonly keys: readonly PartnerKey[]; readonly revoked?: Instant };

export type Ledger = {
  readonly site?: SiteName;
  /** By id. */
  readonly entries: ReadonlyMap<string, LedgerEntry>;
  /** For `by` channels: rule -> folded value -> the promise for its feed. */
  readonly values: Readonly<Record<string, Readonly<Record<string, LedgerValue>>>>;
  /** Every rule that site.yaml has had, by name: a removed rule continues until site.yaml says that it may end. */
  readonly rules: Readonly<Record<string, RetainedRule>>;
  /** By a document's path, windows and archive parts: what was promised to readers. */
  readonly feeds: Readonly<Record<string, LedgerFeed>>;
  /** Present holds: name -> hash and since when. */
  readonly holds: Readonly<Record<string, { readonly hash: string; readonly since: Instant }>>;
  /**
   * By a channel's path: since when it is rolled back, and hashes of all its states since then; it stays rolled back until it is
   * released. `pages`: pages of its articles that were rolled back with it. Absent in a ledger without any roll-back.
   */
  readonly rolledBack?: Readonly<
    Record<string, { readonly since: Instant; readonly left: readonly string[]; readonly pages?: readonly Key[] }>
  >;
  /** By a partner's name; also of partners that site.yaml no longer has. Absent until the first partner gets a key. */
  readonly access?: Readonly<Record<string, PartnerKeys>>;
  /** Parts of partners' change logs of the last days, by the partner and the first number: `name/1795253400000`. */
  readonly changes?: Readonly<Record<string, ChangePart>>;
  /** Released changes that would otherwise be held again: name -> hash. */
  readonly released: Readonly<Record<string, string>>;
  /** The start of the last run that changed the ledger. */
  readonly now?: Instant;
};

export const emptyLedger: Ledger = { entries: new Map(), values: {}, rules: {}, feeds: {}, holds: {}, released: {} };

/**
 * The ledger without entries that share a URI in Atom and JSON Feed with another entry: an older program accepted both and then
 * held every feed with the two. The entry seen first stays; the file of the other is read again.
 */
export function withoutTwins(ledger: Ledger): Ledger {
  if (!hasTwins(ledger.entries)) return ledger;
  const owners = new Map<string, LedgerEntry>();
  for (const entry of ledger.entries.values()) {
    const other = owners.get(entry.uri);
    if (other === undefined || isBefore(entry, other)) owners.set(entry.uri, entry);
  }
  return { ...ledger, entries: new Map([...owners.values()].map((entry) => [entry.id, entry])) };
}

/** Whether any two entries share a URI. Most have their id, which is theirs alone. */
function hasTwins(entries: Ledger["entries"]): boolean {
  const others = new Set<string>();
  for (const { id, uri } of entries.values()) {
    if (uri === id) continue;
    if (others.has(uri) || entries.get(uri)?.uri === uri) return true;
    others.add(uri);
  }
  return false;
}

/** Of two entries seen in the same run, the one whose URI was made from its id comes first: the other names that URI as its own. */
function isBefore(one: LedgerEntry, other: LedgerEntry): boolean {
  if (one.firstSeen !== other.firstSeen) return one.firstSeen < other.firstSeen;
  return one.id !== one.uri && other.id === other.uri;
}
