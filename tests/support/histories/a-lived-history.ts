import fc from "fast-check";
import { expect } from "vitest";
import type { Format } from "../../../lambda/feeds/model/feed.ts";
import type { ListedEntry } from "../a-listing.ts";
import { aFile, aNewsroom, aSiteFile } from "../a-newsroom.ts";
import { readByFeedsmith } from "../readers/read-by-feedsmith.ts";
import { afterRun, contentOf, day, grace, hour, type Story, shownAs, tagOf, textOf, titleOf } from "./a-history.ts";
import { newsroomRuns } from "./newsroom-runs.ts";
import { countTraps } from "./traps.ts";

export const runs = { numRuns: newsroomRuns(12) };
const { reach, missed } = countTraps();

export { missed, reach };

/** The key of an article that nobody touches, because a feed that loses its last article without a reason is held. */
export const anchor = "An anchor";
export const start = Date.parse("2026-07-05T00:00:00Z");
const feedUrl = "https://wire.example/";
const siteOf = (guard: string): string => `${aSiteFile}guard: { ${guard}, quarantined: 1, grace: 1h }
retain: 30d
encodings: []
channels: [{ name: all, limit: 2, archive: monthly }]
`;
/** The guard holds nothing here: this law is about what readers find after losses that the guard would refuse. */
export const lenient = siteOf("lose: 1, atLeast: 1000");
/** An article whose file is gone for longer than the grace is reason enough, and so is one of a few that changes without a new date. */
export const strict = siteOf("lose: 0, atLeast: 1");

export const KINDS = [
  "write",
  "write",
  "write",
  "edit",
  "correct",
  "redate",
  "cancel",
  "cancel",
  "move",
  "move",
  "remove",
  "return",
  "expire",
] as const;
export const RARE = ["embargo", "embargo", "break", "draft", "reissue", "reissue", "mend", "mend"] as const;
/** Changes that only the disturbed histories make. */
export const FURTHER = ["copy", "copy"] as const;
type Kind = (typeof KINDS)[number] | (typeof RARE)[number] | (typeof FURTHER)[number];
export type Deed = { readonly kind: Kind; readonly which: number; readonly where: number; readonly days: number; readonly named: boolean };

export const aDeedOf = (...kinds: readonly Kind[]): fc.Arbitrary<Deed> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    which: fc.nat({ max: 11 }),
    where: fc.nat({ max: 5 }),
    /** For dates: mostly months ago, for the archives, and some in the future. */
    days: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -100, max: 0 }) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) }),
    named: fc.boolean(),
  });
/** Pauses within a minute, within the grace, past it, and past the time for which feeds announce what is gone. */
export const aPause = fc.constantFrom(20_000, hour / 2, 2 * hour, day, 12 * day, 40 * day);
const aStep = fc.record({
  pause: aPause,
  deeds: fc.array(aDeedOf(...KINDS, ...RARE), { minLength: 2, maxLength: 6, size: "max" }),
  /** The next run releases what is held. */
  releases: fc.boolean(),
});
export const aHistory = fc.array(aStep, { minLength: 3, maxLength: 8, size: "max" });
type Step = typeof aStep extends fc.Arbitrary<infer Of> ? Of : never;

const there = ({ file }: Story): boolean => file === "there";
/** Leaves drafts alone: nobody could recognize a draft that is edited and then moved before it is published again. */
const open = (story: Story): boolean => there(story) && !story.draft;

/** The newsroom after one change, or the same one if the change is impossible. A story changes at most once between two runs. */
export function done(stories: readonly Story[], deed: Deed, now: number, touched: Set<number>): readonly Story[] {
  const key = `${deed.where}.md`;
  const taken = stories.some((story) => story.key === key && story.file !== "gone");
  // A new file in place of one that has just been deleted or moved counts as an edit of that article, so none is written there.
  const waits = stories.some(
    (story) =>
      story.published !== undefined &&
      (story.left === key || (story.key === key && story.file === "gone" && (story.over === undefined || story.missing === undefined))),
  );
  const of = stories.filter(({ name, withdrawn }) => !touched.has(name) && (withdrawn === undefined || deed.kind === "remove"));
  // No run has read a story that became a draft before the next run.
  const known = (story: Story): boolean => story.read === contentOf(story);
  // A run looks for a deleted or moved file by its content, and cannot tell two files with the same content apart.
  const alone = (story: Story): boolean => !stories.some((one) => one !== story && titleOf(one) === titleOf(story));
  const chosen = (fits: (story: Story) => boolean): Story | undefined => of.filter(fits)[deed.which % Math.max(of.filter(fits).length, 1)];
  const replaced = (story: Story | undefined, change: (story: Story) => Partial<Story>, trap: string = deed.kind): readonly Story[] => {
    if (story === undefined) return stories;
    touched.add(story.name);
    reach(trap);
    return stories.map((one) => (one === story ? { ...one, ...change(one) } : one));
  };
  const date = now + deed.days * day;
  switch (deed.kind) {
    // Another story with the same words, whether that one is edited or not.
    case "copy": {
      const copied = chosen(there);
      if (copied === undefined || taken || waits || !alone(copied)) return stories;
      touched.add(copied.name).add(stories.length);
      reach(deed.kind);
      const others = deed.named ? stories.map((one) => (one === copied ? edited(one) : one)) : stories;
      return [...others, { name: stories.length, key, file: "there", edition: 0, copied: titleOf(copied), date }];
    }
    case "write": {
      if (taken || waits) return stories;
      const name = stories.length;
      touched.add(name);
      reach(deed.days > 0 ? "write for later" : "write");
      if (stories.some((story) => story.key === key)) reach("write in an old place");
      const says = { ...(deed.named ? { given: `story-${name}` } : {}), ...(deed.which % 4 === 0 ? {} : { date }) };
      return [...stories, { name, key, file: "there", edition: 1, ...says }];
    }
    case "edit":
      return replaced(chosen(open), edited);
    case "embargo":
      return replaced(chosen(open), ({ embargo }) => ({ embargo: embargo === undefined ? now + deed.days * day : (undefined as never) }));
    case "correct":
      return replaced(chosen(open), () => ({ correction: now + deed.which }));
    case "redate":
      return replaced(
        chosen((story) => open(story) && story.published !== undefined),
        () => ({ date }),
        `redate${deed.days > 0 ? " to come" : ""}`,
      );
    case "cancel":
      return replaced(
        chosen((story) => open(story) && story.published !== undefined && !story.canceled),
        () => ({ canceled: true }),
      );
    case "reissue":
      return replaced(
        chosen((story) => open(story) && story.canceled === true),
        () => ({ canceled: undefined as never }),
      );
    case "draft":
      return replaced(
        chosen((story) => there(story)),
        ({ draft }) => ({ draft: draft ? (undefined as never) : true }),
      );
    case "expire":
      return replaced(chosen(open), ({ expires }) => ({ expires: expires === undefined ? now + deed.days * hour : (undefined as never) }));
    case "break":
      return replaced(chosen(there), () => ({ file: "broken" }));
    case "mend":
      return replaced(
        chosen(({ file }) => file === "broken"),
        () => ({ file: "there" }),
      );
    case "move":
      // A story that was never published is new at any path.
      return taken
        ? stories
        : replaced(
            chosen((story) => open(story) && alone(story) && !(waits && story.published === undefined)),
            (story) => ({ key, left: story.key }),
          );
    case "remove":
      return replaced(
        chosen((story) => story.file !== "gone" && alone(story)),
        () => ({ file: "gone" }),
      );
    case "return":
      return taken || waits
        ? stories
        : replaced(
            chosen((story) => story.file === "gone" && story.published !== undefined && alone(story) && known(story)),
            () => ({ file: "there", key, draft: undefined as never }),
            "return to another place",
          );
  }
}

function edited({ copied: _, ...story }: Story): Story {
  return { ...story, copied: undefined as never, edition: story.edition + 1 };
}

/** What a reader gets who walks from the window back through the archives: the first version of each id. */
export function walked(files: Readonly<Record<string, string>>, name: string, format: Format): ReadonlyMap<string, ListedEntry> {
  const kept = new Map<string, ListedEntry>();
  const been = new Set<string>();
  for (let next: string | null = `${feedUrl}all/${name}`; next !== null; ) {
    expect(been.has(next)).toBe(false);
    been.add(next);
    const { address, older, entries } = readByFeedsmith(files[next.slice(feedUrl.length)] ?? "", format);
    expect(address).toBe(next);
    for (const entry of entries) {
      if (kept.has(entry.id)) reach("met twice");
      else kept.set(entry.id, entry);
    }
    next = older;
  }
  if (been.size > 1) reach("archives");
  return kept;
}

export const FORMATS = [
  ["rss", "rss.xml"],
  ["atom", "atom.xml"],
  ["json", "feed.json"],
] as const;

type Known = { readonly id: string; readonly published: string; readonly updated: string };

/** A held feed still shows missing stories, so they have not left it and are not over. */
function notYetOver(story: Story, before: Story | undefined, now: number): Story {
  const { over, ...rest } = story;
  return over !== undefined && story.file === "gone" && before?.over === undefined && shownAs(rest, now) !== undefined ? rest : story;
}

/** Publishes a history run by run. After each run, readers must find the model's stories or, if the feed is held, the earlier ones. */
export async function follow(history: readonly Step[], site: string): Promise<void> {
  const newsroom = await aNewsroom({});
  await newsroom.write("anchor.md", aFile({ title: anchor, date: "2020-01-01T00:00:00Z" }));
  let [stories, now]: [readonly Story[], number] = [[], start];
  let stored: ReadonlyMap<string, string> = new Map();
  let before: Readonly<Record<string, string>> = {};
  let allow: readonly string[] = [];
  const known = new Map<string, Known>();
  for (const { pause, deeds, releases } of history) {
    now += pause;
    const touched = new Set<number>();
    stories = stories.map(({ left: _, ...story }) => story);
    for (const deed of deeds) stories = done(stories, deed, now, touched);
    const texts = new Map(stories.filter(({ file }) => file !== "gone").map((story) => [story.key, textOf(story)]));
    for (const key of stored.keys()) if (!texts.has(key)) await newsroom.remove(key);
    // Does not touch unchanged files, so runs do not read them again.
    for (const [key, text] of texts) if (stored.get(key) !== text) await newsroom.write(key, text);
    stored = texts;
    const { kind, prepared } = await newsroom.publish(new Date(now).toISOString(), { site, allow });
    const { holds } = prepared.changes.plan;
    expect([kind, site === lenient ? holds : []]).toEqual(["done", []]);
    const seen = afterRun(stories, now);
    stories = holds.length === 0 ? seen : seen.map((story, index) => notYetOver(story, stories[index], now));

    const files = await newsroom.files();
    if (holds.length > 0) {
      // The run is held if articles are gone from all feeds, otherwise the feed.
      for (const { name, defective } of holds) expect([["all", "run"].includes(name), defective]).toEqual([true, false]);
      expect(feedIn(files)).toEqual(feedIn(before));
      reach("held");
      allow = releases ? holds.map(({ name, hash }) => `${name}@${hash}`) : [];
      continue;
    }
    if (allow.length > 0) reach("released");
    [before, allow] = [files, []];
    for (const [format, name] of FORMATS) {
      const met = walked(files, name, format);
      const live = [anchor, ...stories.flatMap((story) => shownAs(story, now) ?? [])].sort();
      expect([...met.values()].map(({ title }) => title).sort()).toEqual(live);
      for (const story of stories) {
        const { name } = story;
        const entry = [...met.values()].find(({ categories }) => categories.includes(tagOf(story)));
        if (entry === undefined) continue;
        const { id, published, updated } = entry;
        const then = known.get(`${format} ${name}`) ?? { id, published, updated };
        expect({ id, published }).toEqual({ id: then.id, published: then.published });
        expect(updated >= then.updated).toBe(true);
        known.set(`${format} ${name}`, { id, published, updated });
      }
    }
    for (const story of stories) {
      const seen = known.get(`atom ${story.name}`)?.published;
      if (seen !== undefined) expect(seen).toBe(new Date(story.published ?? 0).toISOString());
      if (story.missing !== undefined && story.missing + grace > now && shownAs(story, now) !== undefined) reach("shown while missing");
    }
    for (const [format] of FORMATS) {
      const ids = [...known].filter(([name]) => name.startsWith(format)).map(([, { id }]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  }
}

const feedIn = (files: Readonly<Record<string, string>>) => Object.entries(files).filter(([key]) => key.startsWith("all/"));
