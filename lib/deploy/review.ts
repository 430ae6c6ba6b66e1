/** The parts of the report of `wireroom plan --json` that a deployment needs. */
export type PlanReport = {
  readonly channels: readonly { readonly path: string }[];
  readonly files: { readonly written: readonly { readonly key: string; readonly why: string }[] };
  readonly holds: readonly { readonly name: string; readonly hash: string; readonly message?: string }[];
};

export type Review = {
  /** The feeds whose bytes would change, and the number of all feeds. */
  readonly changed: readonly string[];
  readonly feeds: number;
  readonly lines: readonly string[];
  /** Why a person has to say yes; undefined: the deployment continues by itself. */
  readonly question?: string;
};

/** The share of feeds that may change without a question: readers may show changed entries as new. */
const quietly = 0.1;

/**
 * What readers would notice of a new program. A feed counts if a published document of it would get other bytes; a new or
 * restored document is not a change.
 */
export function review({ channels, files, holds }: PlanReport): Review {
  const documents = files.written.filter(({ key, why }) => why === "changed" && isFeed(key)).map(({ key }) => folderOf(key));
  const changed = [...new Set(documents)].sort();
  const feeds = channels.length;
  const many = changed.length > quietly * feeds;
  const reasons = [
    ...(many ? [`${changed.length} of ${feeds} ${feeds === 1 ? "feed" : "feeds"} would get other bytes, more than a tenth`] : []),
    ...(holds.length > 0 ? [`${holds.length === 1 ? "one change would be held" : `${holds.length} changes would be held`}`] : []),
  ];
  return {
    changed,
    feeds,
    lines: [
      `The new program would change the bytes of ${changed.length} of ${feeds} ${feeds === 1 ? "feed" : "feeds"}${changed.length === 0 ? "." : `: ${listed(changed)}.`}`,
      ...holds.map(({ name, hash }) => `It would hold ${name} (--allow ${name}@${hash}).`),
    ],
    ...(reasons.length === 0 ? {} : { question: `${capital(reasons.join(", and "))}. Deploy?` }),
  };
}

function isFeed(key: string): boolean {
  return /\/(rss\.xml|atom\.xml|feed\.json)$/.test(key) && !key.startsWith("partners/");
}

/** The channel of a document, for its window or its archive. */
function folderOf(key: string): string {
  return key.replace(/(\/archive\/[^/]+)?\/[^/]+$/, "");
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(", ");
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
