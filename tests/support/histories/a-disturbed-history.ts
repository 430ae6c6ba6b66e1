import fc from "fast-check";
import { aFile } from "../a-newsroom.ts";
import { afterRun, type Story, shownAs, tagOf, textOf, titleOf, wordsOf } from "./a-history.ts";
import { aDeedOf, anchor, aPause, type Deed, done, FURTHER, KINDS, RARE, start } from "./a-lived-history.ts";
import { type End, HARMS, type Wire } from "./a-wire.ts";
import { breachesFrom, readersMemory, unreadable, wordsIn } from "./from-outside.ts";

const aTurn = fc.record({
  pause: aPause,
  deeds: fc.array(aDeedOf(...KINDS, ...RARE, ...FURTHER), { minLength: 4, maxLength: 7, size: "max" }),
  /** What happens before the successful run of the turn: a run is cut, or two run at once; then come the changes in `more`. */
  before: fc.constantFrom("nothing", "cut", "cut", "race"),
  at: fc.nat({ max: 70 }),
  /** Only changes of when a story may be read: these are possible before a run has read the story again. */
  more: fc.array(aDeedOf("draft", "cancel", "embargo", "expire"), { maxLength: 3, size: "max" }),
  harm: fc.option(fc.constantFrom(...HARMS), { freq: 4 }),
  site: fc.option(fc.record({ limit: fc.integer({ min: 2, max: 4 }), gzip: fc.boolean(), pages: fc.boolean() }), { freq: 4 }),
  operator: fc.option(fc.record({ erase: fc.boolean(), which: fc.nat({ max: 5 }) }), { freq: 5 }),
});
export type Turn = typeof aTurn extends fc.Arbitrary<infer Of> ? Of : never;
export const someTurns = (count: number) => fc.array(aTurn, { minLength: count, maxLength: count, size: "max" });

const siteOf = ({ limit, gzip, pages }: { readonly limit: number; readonly gzip: boolean; readonly pages: boolean }) => `title: The Wire
url: https://wire.example/
permalink: /{slug}/
pages: ${pages}
ids: { authority: wire.example, since: 2026-01-01 }
languages: [ru, en]
guard: { lose: 1, atLeast: 1000, quarantined: 1, grace: 1h }
retain: 30d
encodings: [${gzip ? "gzip" : ""}]
channels: [{ name: all, limit: ${limit}, archive: monthly }]
`;

/**
 * The possible newsrooms. All have the same files, but nobody can tell from outside whether a run that was cut had recorded what it saw.
 * A world is dropped once readers find something that it does not allow.
 */
type Worlds = readonly [readonly Story[], ...(readonly Story[])[]];

const ofFile = ({ seen: _1, published: _2, missing: _3, over: _4, read: _5, ...said }: Story) => JSON.stringify(said);

/** A change that is possible in every world and gives the same files. */
function doneIn(worlds: Worlds, deed: Deed, now: number, touched: Set<number>): Worlds {
  const tries = worlds.map((stories) => {
    const own = new Set(touched);
    return { stories: done(stories, deed, now, own), own };
  });
  const [first] = tries;
  const same = tries.every(({ stories }) => JSON.stringify(stories.map(ofFile)) === JSON.stringify(first?.stories.map(ofFile)));
  if (!same || first === undefined) return worlds;
  for (const name of first.own) touched.add(name);
  return tries.map(({ stories }) => stories) as unknown as Worlds;
}

/** Once a story is over, it no longer matters since when its file is missing. */
const weighed = (story: Story) => ({ ...story, ...(story.over !== undefined && story.missing !== undefined ? { missing: 0 } : {}) });

const distinct = (worlds: readonly (readonly Story[])[]): Worlds =>
  [
    ...new Map(worlds.map((one) => [JSON.stringify(one.map((story) => Object.entries(weighed(story)).sort())), one])).values(),
  ] as unknown as Worlds;

/** Runs the history; returns the first breaches, with their turn. */
export async function followOn(
  wire: Wire,
  turns: readonly Turn[],
): Promise<{ readonly acts: number; readonly breaches: readonly string[] }> {
  let worlds: Worlds = [[]];
  let [now, acts] = [start, 0];
  const erased = new Set<number>();
  /** The stories that ever had a title. */
  const sayers = new Map<string, ReadonlySet<number>>();
  let asked = { limit: 2, gzip: true, pages: true };
  let stored: ReadonlyMap<string, string> = new Map();
  const memory = readersMemory();
  const put = async () => {
    const texts = new Map(worlds[0].filter(({ file }) => file !== "gone").map((story) => [story.key, textOf(story)]));
    texts.set("site.yaml", siteOf(asked));
    texts.set("anchor.md", aFile({ title: anchor, date: "2020-01-01T00:00:00Z" }));
    for (const story of worlds[0]) sayers.set(titleOf(story), new Set(sayers.get(titleOf(story))).add(story.name));
    for (const key of stored.keys()) if (!texts.has(key)) await wire.remove(key);
    for (const [key, text] of texts) if (stored.get(key) !== text) await wire.write(key, text);
    stored = texts;
  };
  const act = (deed: Deed, touched: Set<number>) => {
    const before = worlds;
    worlds = doneIn(worlds, deed, now, touched);
    if (worlds[0] !== before[0]) acts += 1;
  };
  /** The worlds after a run that may or may not have recorded what it saw. */
  const perhaps = (at: number) => {
    worlds = distinct([...worlds, ...worlds.map((one) => afterRun(one, at))]);
  };
  const ended = (end: End, ...fine: readonly string[]) => (fine.includes(end) ? [] : [`a run ended with ${end}`]);
  const judged = async (): Promise<readonly string[]> => {
    const files = await wire.files();
    const found = worlds.map((world) => ({ world, breaches: breachesFrom(files, world, now, asked) }));
    const right = found.filter(({ breaches }) => breaches.length === 0).map(({ world }) => world);
    if (right.length > 0) worlds = distinct(right);
    const least = found.toSorted((a, b) => a.breaches.length - b.breaches.length)[0]?.breaches ?? [];
    return [...memory(files), ...(right.length > 0 ? [] : least)];
  };

  for (const [number, turn] of turns.entries()) {
    now += turn.pause;
    worlds = worlds.map((stories) => stories.map(({ left: _, ...story }) => story)) as unknown as Worlds;
    const touched = new Set<number>();
    const keys = new Map(worlds[0].flatMap(({ name, key, file }) => (file === "gone" ? [] : [[name, key] as const])));
    for (const deed of turn.deeds) act(deed, touched);
    if (turn.site !== null) {
      asked = turn.site;
      acts += 1;
    }
    await put();
    const breaches: string[] = [];
    // A run recognizes a moved or returned story only by its content, so the content does not change before a run has read it.
    const moved = new Set(
      worlds[0].filter(({ name, key, copied }) => keys.get(name) !== key || copied !== undefined).map(({ name }) => name),
    );
    const furthermore = async () => {
      for (const deed of turn.more) act(deed, moved);
      await put();
    };
    if (turn.before === "cut") {
      breaches.push(...ended(await wire.cut(now, turn.at), "cut", "done"));
      const between = await wire.files();
      breaches.push(...unreadable(between), ...memory(between));
      perhaps(now);
      // Its lease lasts a minute, plus the accepted difference between clocks.
      now += 400_000;
      await furthermore();
    }
    if (turn.before === "race") {
      perhaps(now);
      const ends = await wire.race(now, turn.at, furthermore);
      breaches.push(...ends.flatMap((end) => ended(end, "done", "busy")));
      perhaps(now);
      perhaps(now + 1000);
      now += 120_000;
    }
    // Only the catalog has the notice of an erased article.
    if (turn.harm !== null && !(turn.harm.startsWith("catalog") && worlds[0].some(({ name }) => erased.has(name)))) {
      await wire.harm(turn.harm);
      acts += 1;
    }
    breaches.push(...ended(await wire.publish(now), "done"));
    worlds = distinct(worlds.map((one) => afterRun(one, now)));
    breaches.push(...(await judged()));
    if (turn.operator !== null && breaches.length === 0) {
      const live = worlds[0].filter((story) => isLive(story, now) && worlds.every((one) => isLive(one[story.name] ?? story, now)));
      const story = live[turn.operator.which % Math.max(live.length, 1)];
      if (story !== undefined) breaches.push(...(await withdrawn(story, turn.operator.erase && isAlone(story))));
    }
    if (breaches.length > 0) return { acts, breaches: breaches.map((breach) => `after turn ${number + 1}: ${breach}`) };
  }
  return { acts, breaches: [] };

  async function withdrawn(story: Story, erase: boolean): Promise<readonly string[]> {
    acts += 1;
    now += 1000;
    const end = await wire.cancel(now, story.key, erase);
    const change = (one: Story): Story =>
      one.name === story.name
        ? {
            ...one,
            withdrawn: true,
            over: one.over ?? now,
            ...(erase ? { file: "gone" as const } : {}),
            ...(one.seen && { seen: { ...one.seen, canceled: true as const } }),
          }
        : one;
    worlds = worlds.map((one) => one.map(change)) as unknown as Worlds;
    if (erase) erased.add(story.name);
    if (erase) stored = new Map([...stored].filter(([key]) => key !== story.key));
    const breaches = [...ended(end, "done"), ...(await judged()), ...(erase ? await left(story) : [])];
    return breaches.map((breach) => `${erase ? "erased" : "withdrawn"} ${tagOf(story)}: ${breach}`);
  }

  /** Once a file is erased, another story with the same words could be taken for it. */
  function isAlone(story: Story): boolean {
    return !worlds[0].some((one) => one.name !== story.name && titleOf(one) === titleOf(story));
  }

  /** No word of any edition of an erased story may be left, unless another story has or had the same words. */
  async function left(story: Story): Promise<readonly string[]> {
    const titles = [...sayers].flatMap(([title, names]) => (names.has(story.name) && names.size === 1 ? [title] : []));
    const own = new Set(titles.filter((title) => title !== story.copied).map((title) => wordsOf(title).slice(0, -1)));
    // Another story may have used its earlier path since; this check cannot tell those versions apart.
    const remains = [...(await wire.remains())].filter(
      ([name]) => !name.includes(" of content/") || name.endsWith(` of content/${story.key}`),
    );
    return remains.flatMap(([name, bytes]) =>
      wordsIn(name, bytes).flatMap((found) => (own.has(found) ? [`${name} still says "${found}"`] : [])),
    );
  }
}

/** Whether readers have the story, and its file still says the same. */
function isLive(story: Story, now: number): boolean {
  return story.file === "there" && !story.draft && !story.canceled && !story.withdrawn && shownAs(story, now) === titleOf(story);
}
