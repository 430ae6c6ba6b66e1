import { isDeepStrictEqual } from "node:util";
import type { Result } from "../../reports/diagnosis.ts";
import type { FeedAnswer } from "../web/ask.ts";
import type { Examined } from "./examine.ts";
import type { EntryFacts, FeedFacts } from "./feed-facts.ts";
import { advice, faulty, fine, listed } from "./result.ts";

/** What the feed itself shows. `now`: milliseconds since 1970. */
export function feedResults(examined: Examined, facts: FeedFacts, last: FeedAnswer, now: number): readonly Result[] {
  return [
    fine("format", { rss: "RSS 2.0, well-formed.", atom: "Atom 1.0, well-formed.", json: "JSON Feed." }[facts.format]),
    rules(facts),
    selfLink(facts, last, examined.url),
    hub(facts, last),
    ids(facts),
    dates(facts, now),
    ...stability(examined, facts),
    ...deadPages(examined),
  ];
}

/** Elements that Wireroom's own feeds always have, and that the specifications do not demand. */
const ownTaste =
  /lastBuildDate|atom:updated|is not allowed here|is not a field of JSON Feed|has no date_published|must come before|links to itself/;

function rules({ broken }: FeedFacts): Result {
  const grave = broken.filter((reason) => !ownTaste.test(reason));
  if (grave.length === 0) return fine("rules", "It keeps the rules of its format that Wireroom's gate checks.");
  const more = grave.length > 3 ? ` And ${grave.length - 3} more.` : "";
  return advice("rules", `${grave.slice(0, 3).join(" ")}${more}`, "Correct what is named: strict readers drop such entries.");
}

function selfLink({ self }: FeedFacts, last: FeedAnswer, url: string): Result {
  if (self === undefined) return advice("self", "It does not name its own address.", 'Add <atom:link rel="self"> (JSON Feed: feed_url).');
  if (self === url || self === last.url) return fine("self", "It names its own address.");
  const hint = "Name the address at which readers subscribe, to the letter: some readers move to it, and hubs go by it.";
  return advice("self", `It names ${self} as its own address, and was fetched from ${last.url}.`, hint);
}

function hub({ hub: named }: FeedFacts, { headers }: FeedAnswer): Result {
  const inHeader = /rel="?hub"?/.test(String(headers.link ?? ""));
  return named === undefined && !inHeader
    ? fine("hub", "It names no WebSub hub, so readers learn of news when they next ask.")
    : fine("hub", `It names a WebSub hub${named === undefined ? " in its headers" : ` (${named})`}.`);
}

function ids({ entries }: FeedFacts): Result {
  const without = entries.filter(({ id }) => id === undefined).length;
  if (without > 0)
    return faulty(
      "ids",
      `${without} of ${entries.length} entries have no id.`,
      "Give each entry an id that never changes: without one, an edited title is a new article.",
    );
  const twice = [...Map.groupBy(entries, ({ id = "" }) => id)].flatMap(([id, those]) => (those.length > 1 ? [id] : []));
  if (twice.length > 0)
    return faulty("ids", `Two entries share the id ${twice[0]}.`, "Give each entry an id of its own: readers show one of the two.");
  return fine("ids", entries.length === 0 ? "It has no entries." : "Every entry has an id of its own.");
}

const day = 86_400_000;

function dates({ entries }: FeedFacts, now: number): Result {
  const dateOf = ({ published, updated }: EntryFacts) => published ?? updated;
  const bad = entries.filter((entry) => Number.isNaN(dateOf(entry) ?? 0)).length;
  if (bad > 0)
    return faulty(
      "dates",
      `The dates of ${bad} entries cannot be read.`,
      "Write RFC 822 dates in RSS, and RFC 3339 dates in Atom and JSON Feed.",
    );
  const without = entries.filter((entry) => dateOf(entry) === undefined).length;
  if (without > 0) return faulty("dates", `${without} of ${entries.length} entries have no date.`, "Date each entry: readers sort by it.");
  const ahead = entries.filter((entry) => (dateOf(entry) ?? 0) > now + day).length;
  if (ahead > 0)
    return faulty(
      "dates",
      `${ahead} entries are dated more than a day ahead.`,
      "Publish an entry when it is due: some readers hide it until then, others keep it on top.",
    );
  return fine("dates", "Every entry has a date that readers can read.");
}

/** What changed between two fetches although no article did. */
function stability({ again, first }: Examined, facts: FeedFacts): readonly Result[] {
  if (again === undefined || again.reading.kind !== "feed" || again.asked.kind !== "answered" || first.kind !== "answered") {
    const why = again?.reading.kind === "none" ? again.reading.why : "It did not answer.";
    return again === undefined
      ? []
      : [faulty("again", `The second fetch failed. ${why}`, "Look at the server's log: a feed that answers now and then loses readers.")];
  }
  const later = again.reading.facts;
  const hint = "Derive ids and dates from the article, never from the moment of the request.";
  const before = new Map(facts.entries.map((entry) => [entry.id, entry]));
  const both = later.entries.filter(({ id }) => before.has(id));
  if (later.entries.length > 0 && both.length === 0) return [faulty("again", "Between two fetches, every id changed.", hint)];
  const moved = both.filter((entry) => !isDeepStrictEqual(dated(entry), dated(before.get(entry.id) ?? {})));
  if (moved.length > 0)
    return [
      faulty(
        "again",
        `Between two fetches, the dates of ${moved.length} entries changed (${listed(
          moved.map(({ id = "" }) => id),
          1,
        )}).`,
        hint,
      ),
    ];
  const same = isDeepStrictEqual(later.entries, facts.entries);
  if (same && later.dated !== facts.dated)
    return [
      faulty(
        "again",
        `Between two fetches, the feed's own date moved (${facts.dated ?? "none"}, then ${later.dated ?? "none"}) and no entry changed.`,
        "Date the feed by its newest entry: a date that moves makes every fetch a whole one.",
      ),
    ];
  if (same && Buffer.compare(first.last.body, again.asked.last.body) !== 0)
    return [
      advice(
        "again",
        "Between two fetches, the bytes changed although no entry did.",
        "Remove what depends on the moment: a build time, a counter, a token.",
      ),
    ];
  return [
    fine(
      "again",
      same ? "Two fetches gave the same ids and dates." : "Between two fetches the feed had news, and what was there stayed as it was.",
    ),
  ];
}

const dated = ({ published = 0, updated = 0 }: EntryFacts) => [published, updated].map(String);

function deadPages({ pages }: Examined): readonly Result[] {
  if (pages.length === 0) return [];
  const dead = pages.flatMap(({ url, asked }) =>
    asked.kind === "failed" ? [`${url} (${asked.why})`] : asked.last.status >= 400 ? [`${url} (${asked.last.status})`] : [],
  );
  return dead.length === 0
    ? [fine("links", `The pages of the newest ${pages.length} entries answer.`)]
    : [faulty("links", `Dead links in the newest entries: ${listed(dead)}.`, "Link to pages that exist.")];
}
