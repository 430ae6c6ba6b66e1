import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { omitUndefined } from "../../lambda/articles/model/json-value.ts";
import type { Catalog } from "../../lambda/channels/catalog/catalog.ts";
import type { SourceRecord } from "../../lambda/channels/catalog/ledger/record.ts";
import { selectionOf } from "../../lambda/channels/select/documents.ts";
import { windowAndArchive } from "../../lambda/channels/select/window.ts";
import {
  aBrokenRecord,
  aChannel,
  aDraft,
  anEntryOf,
  anUndatedRecord,
  aRecord,
  at,
  catalogOf,
  ledgerFromText,
  ledgerText,
  onDay,
} from "../support/a-catalog.ts";
import { countTraps } from "../support/histories/traps.ts";

const runs = { numRuns: Number(process.env["WIREROOM_LAW_RUNS"] ?? 100) };
const { reach, trap, missed } = countTraps();
const start = Date.parse("2026-11-21T00:00:00Z");
const keys = ["a.md", "a.html", "b.md", "c/d.md", "e.md"];

/** Dates of all kinds around the start: most are past, some come during the law. */
const aDate = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .oneof({ weight: 3, arbitrary: fc.integer({ min: -200, max: 0 }) }, { weight: 2, arbitrary: fc.integer({ min: -3, max: 12 }) })
      .map((halves) => at(new Date(start + halves * 1_800_000).toISOString())),
  },
  { weight: 1, arbitrary: trap("a date far ahead", fc.constant(at("2026-11-25T00:00:00Z"))) },
  {
    weight: 2,
    arbitrary: trap(
      "a day without an hour",
      fc.constantFrom("2026-11-19", "2026-11-21", "2026-11-23").map((day) => onDay(day, "Asia/Almaty")),
    ),
  },
);

/** `often` of ten sources have a value. */
const sometimes = <T>(often: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 10 - often, arbitrary: fc.constant(undefined) }, { weight: often, arbitrary });

const aSource = (key: string): fc.Arbitrary<SourceRecord> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .record({
          content: fc.constantFrom("1", "2", "3", "4"),
          published: sometimes(5, aDate),
          embargo: sometimes(2, trap("an embargo", aDate)),
          expires: sometimes(2, trap("an end", aDate)),
          updated: sometimes(3, trap("a date of update", aDate)),
          id: sometimes(2, trap("an id that others may name", fc.constantFrom("x", "y", "constructor"))),
          canceled: sometimes(1, trap("a withdrawal", fc.constant({}))),
        })
        .map((says) => {
          const said = { key, ...omitUndefined(says) };
          return says.published === undefined ? anUndatedRecord(said) : aRecord(said);
        }),
    },
    { weight: 1, arbitrary: trap("a draft", fc.constant(aDraft(key))) },
    { weight: 1, arbitrary: trap("a broken file", fc.constant(aBrokenRecord(key))) },
  );

/** Sources under some of the keys, one each. */
const someSources = fc.subarray(keys).chain((some) => fc.tuple(...some.map(aSource)));
const moment = (step: number) => new Date(start + step * 1_800_000).toISOString();

/** A random life of a newsroom: the catalog after each listing, half an hour apart. */
function lived(listings: readonly (readonly SourceRecord[])[]): readonly Catalog[] {
  const catalogs: Catalog[] = [];
  for (const [step, records] of listings.entries()) {
    const before = catalogs.at(-1);
    const catalog = catalogOf(records, moment(step), before === undefined ? {} : { catalog: before, seen: listings[step - 1]! });
    for (const { state } of catalog.entries) reach(`an entry is ${state}`);
    for (const { code } of catalog.findings) reach(`finding ${code}`);
    if (catalog.dropped.length > 0) reach("an entry is dropped");
    catalogs.push(catalog);
  }
  return catalogs;
}

describe("the catalog", () => {
  test("does not depend on the order of its sources", () => {
    fc.assert(
      fc.property(someSources, someSources, fc.infiniteStream(fc.nat()), (before, records, numbers) => {
        const [first] = lived([before]);
        const shuffled = [...records]
          .map((record) => [numbers.next().value, record] as const)
          .sort(([a], [b]) => a - b)
          .map(([, record]) => record);
        const given = catalogOf(records, moment(1), { catalog: first! });
        const other = catalogOf(shuffled, moment(1), { catalog: first! });
        expect(other).toEqual(given);
        expect(ledgerText(other.ledger)).toBe(ledgerText(given.ledger));
      }),
      runs,
    );
  });

  test("has the same ledger for the same sources a moment later, as text, also after storage", () => {
    fc.assert(
      fc.property(fc.array(someSources, { minLength: 1, maxLength: 5 }), (listings) => {
        const step = listings.length - 1;
        // An id whose article was away goes to the file that names it in the run after its grace.
        const last = catalogOf(listings[step]!, moment(step), { catalog: lived(listings).at(-1)!, seen: listings[step]! });
        const stored = ledgerFromText(ledgerText(last.ledger));
        const again = catalogOf(listings[step]!, moment(step), { catalog: { ...last, ledger: stored }, seen: listings[step]! });
        expect(ledgerText(again.ledger)).toBe(ledgerText(last.ledger));
        expect(again.entries).toEqual(last.entries);
      }),
      runs,
    );
  });

  test("never moves a publication, never lets an update go back, and never forgets an article or its address", () => {
    fc.assert(
      fc.property(fc.array(someSources, { minLength: 2, maxLength: 8 }), (listings) => {
        const catalogs = lived(listings);
        for (const [index, { ledger }] of catalogs.entries()) {
          for (const before of catalogs[index - 1]?.ledger.entries.values() ?? []) {
            const now = ledger.entries.get(before.id);
            expect(now).toMatchObject({ published: before.published, firstSeen: before.firstSeen, slug: before.slug, uri: before.uri });
            expect((now?.updated ?? "") >= before.updated).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  test("shows each article once, each file once, nothing before its time and nothing updated before its publication", () => {
    fc.assert(
      fc.property(fc.array(someSources, { minLength: 1, maxLength: 6 }), (listings) => {
        for (const [step, { entries, next }] of lived(listings).entries()) {
          const now = moment(step);
          expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
          const live = entries.filter(({ state }) => state === "live");
          expect(new Set(live.map(({ meta }) => meta.key)).size).toBe(live.length);
          for (const { published, updated } of entries) expect(updated >= published).toBe(true);
          for (const { updated } of live) expect(updated <= now).toBe(true);
          expect(next === undefined || next > now).toBe(true);
        }
      }),
      runs,
    );
  });

  test("changes without a new file only at the moment that it names", () => {
    fc.assert(
      fc.property(someSources, someSources, fc.integer({ min: 1, max: 300 }), (before, records, hours) => {
        const [, now] = lived([before, records]);
        const later = new Date(Date.parse(moment(1)) + hours * 1_800_000).toISOString();
        if (now?.next !== undefined && later >= now.next) return;
        const then = catalogOf(records, later, { catalog: now!, seen: records });
        expect(then.entries.map(({ id, state, updated }) => [id, state, updated])).toEqual(
          now?.entries.map(({ id, state, updated }) => [id, state, updated]),
        );
      }),
      runs,
    );
  });
});

type Piece = { readonly name: number; readonly key: string; readonly edition: number };
type Desk = {
  readonly living: readonly Piece[];
  readonly written: number;
  /**
   * When the article of a place was removed, or had not yet moved: until that is over, a new file there is the old article,
   * edited.
   */
  readonly removed: ReadonlyMap<string, number>;
};
type Deed = { readonly kind: "edit" | "move" | "remove" | "write"; readonly which: number; readonly where: number };
const aDeed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom("edit", "move", "remove", "write"),
  which: fc.nat(),
  where: fc.nat({ max: 7 }),
});

/** A newsroom after one deed. An article is changed once per run: moved and edited at the same time, it could not be recognized. */
function done(desk: Desk, { kind, which, where }: Deed, step: number, touched: Set<number>): Desk {
  const { living, written, removed } = desk;
  const key = `${where}.md`;
  const free = living.every((piece) => piece.key !== key);
  if (kind === "write") {
    if (!free || step < (removed.get(key) ?? -2) + 2) return desk;
    touched.add(written);
    reach(removed.has(key) ? "a newcomer at a place that was left" : "deed write");
    return { ...desk, living: [...living, { name: written, key, edition: 0 }], written: written + 1 };
  }
  const chosen = living[which % Math.max(living.length, 1)];
  if (chosen === undefined || touched.has(chosen.name) || (kind === "move" && !free)) return desk;
  touched.add(chosen.name);
  reach(kind === "move" && removed.has(key) ? "a move to a place that was left" : `deed ${kind}`);
  const others = living.filter((piece) => piece !== chosen);
  if (kind === "remove") return { ...desk, living: others, removed: new Map([...removed, [chosen.key, step]]) };
  if (kind === "edit") return { ...desk, living: [...others, { ...chosen, edition: chosen.edition + 1 }] };
  return { ...desk, living: [...others, { ...chosen, key }], removed: new Map([...removed, [chosen.key, step - 1]]) };
}

test("a living article keeps its id and date, whatever is edited, moved, removed or written around it, and no id is used twice", () => {
  fc.assert(
    fc.property(fc.array(fc.array(aDeed, { maxLength: 4 }), { minLength: 1, maxLength: 12 }), (history) => {
      let desk: Desk = { living: [], written: 0, removed: new Map() };
      let catalog: Catalog | undefined;
      const known = new Map<number, { readonly id: string; readonly published: string }>();
      for (const [step, deeds] of history.entries()) {
        const touched = new Set<number>();
        for (const deed of deeds) desk = done(desk, deed, step, touched);
        const records = desk.living.map(({ name, key, edition }) => anUndatedRecord({ key, content: `${name}, ${edition}` }));
        const now = moment(step * 48); // a day apart
        catalog = catalogOf(records, now, catalog === undefined ? {} : { catalog });
        const shown = new Map(catalog.entries.filter(({ state }) => state === "live").map((entry) => [entry.meta.key, entry]));
        for (const { name, key } of desk.living) {
          const { id = "", published = "" } = shown.get(key) ?? {};
          expect({ id, published }).toEqual(known.get(name) ?? { id, published: now });
          known.set(name, { id, published });
        }
        expect(new Set([...known.values()].map(({ id }) => id)).size).toBe(known.size);
      }
    }),
    runs,
  );
});

test("window and archive contain every article once, in order, and a walk back meets all of them", () => {
  const aMember = fc.record({ minutes: fc.nat({ max: 200_000 }), size: fc.oneof(fc.nat({ max: 3_000 }), fc.nat({ max: 400_000 })) });
  const ofOneMonth = fc.record({ minutes: fc.nat({ max: 40_000 }), size: fc.nat({ max: 3_000 }) });
  const someMembers = fc.oneof(
    { weight: 3, arbitrary: fc.array(aMember, { maxLength: 150 }) },
    { weight: 1, arbitrary: fc.array(ofOneMonth, { minLength: 110, maxLength: 300 }) },
  );
  const rule = { limit: fc.integer({ min: 1, max: 60 }), bytes: fc.integer({ min: 1_000, max: 1_000_000 }) };
  fc.assert(
    fc.property(someMembers, fc.record(rule), (members, style) => {
      const entries = members.map(({ minutes, size }, index) => {
        const published = new Date(Date.UTC(2026, 6, 1) + minutes * 60_000).toISOString();
        return anEntryOf(index, { size }, { published, updated: published });
      });
      const channel = aChannel(entries, { ...style, archive: "monthly" });
      const { window, archive } = windowAndArchive(channel);
      if (archive.length > 0) reach("an archive");
      if (window.length < Math.min(style.limit, entries.length)) reach("a window that its bytes end");
      if (archive.some(({ name }) => name.length > 7)) reach("a month in several documents");
      const all = [...window, ...archive.toReversed().flatMap(({ shown }) => shown)].map(({ entry }) => entry.id);
      expect(all).toEqual(channel.members.map(({ id }) => id));
      expect(new Set(archive.map(({ name }) => name)).size).toBe(archive.length);
      expect(window.length > 0 || entries.length === 0).toBe(true);
      for (const { name, shown } of archive) {
        expect(shown.length).toBeLessThanOrEqual(100);
        for (const { entry } of shown) expect(entry.published.slice(0, 7)).toBe(name.slice(0, 7));
      }
      const { documents } = selectionOf(channel, {});
      expect(documents.map(({ previous }) => previous)).toEqual([...documents.slice(1).map(({ path }) => path), undefined]);
    }),
    runs,
  );
});

test("the generators reach their traps", () => {
  const drawn = [
    "a day without an hour",
    "an embargo",
    "an end",
    "a date of update",
    "an id that others may name",
    "a withdrawal",
    "a draft",
  ];
  const states = ["live", "kept", "missing", "canceled"].map((state) => `an entry is ${state}`);
  const deeds = [
    "deed edit",
    "deed move",
    "deed remove",
    "deed write",
    "a move to a place that was left",
    "a newcomer at a place that was left",
  ];
  const others = ["a broken file", "an entry is dropped", "finding id-used-twice", "an archive", "a window that its bytes end"];
  expect(missed([...drawn, ...states, ...deeds, ...others], 1)).toEqual([]);
});
