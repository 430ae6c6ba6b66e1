import fc from "fast-check";
import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile } from "../support/a-newsroom.ts";

// A partner that looks at any moment finds exactly the articles that it is entitled to, and no file ever holds a word of another.

const site = `${aSiteFile}guard: { atLeast: 1000 }
channels: [{ name: all, where: { section: open } }]
partners:
  - { name: now, profile: generic, where: { language: en } }
  - { name: later, profile: generic, where: { language: en }, delay: 30m }
  - { name: sport, profile: generic, where: { section: sport } }
`;
const delays: Readonly<Record<string, number>> = { now: 0, later: 30, sport: 0 };

const states = ["live", "draft", "embargoed", "canceled", "denied", "for now alone"] as const;
type State = (typeof states)[number];
type Written = { readonly state: State; readonly section: string; readonly version: number };

const step = fc.record({
  article: fc.integer({ min: 0, max: 4 }),
  state: fc.constantFrom(...states, "live", "live"),
  section: fc.constantFrom("open", "sport"),
  /** Minutes until the partners look again. */
  wait: fc.constantFrom(1, 7, 29, 30, 90),
});

const fronts: Readonly<Record<State, Readonly<Record<string, string | boolean>>>> = {
  live: {},
  draft: { draft: true },
  embargoed: { embargo: "2030-01-01T00:00:00Z" },
  canceled: { status: "canceled" },
  denied: { syndication: "deny" },
  "for now alone": { syndication: "now" },
};

const isOpen = ({ state }: Written) => state === "live" || state === "denied" || state === "for now alone";
const picks = (partner: string, { state, section }: Written) =>
  (partner !== "sport" || section === "sport") && state !== "denied" && (state !== "for now alone" || partner === "now");

const cases = Number(process.env["PARTNER_CASES"] ?? 12);

test("every partner has what it is entitled to, from the moment of its release, and never a word of anything else", {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { publish, files, write } = await aNewsroom({});
      const known = new Map<number, Written>();
      const since = new Map<number, number>();
      const had = new Set<string>();
      let minute = 0;
      for (const [version, { article, state, section, wait }] of steps.entries()) {
        const written = { state, section, version };
        known.set(article, written);
        const front = { title: `Title${article}v${version}x`, date: "2026-03-01T00:00:00Z", lang: "en", section, ...fronts[state] };
        await write(`a${article}.md`, aFile(front, `Words of body${article}v${version}x.`));
        const now = new Date(Date.parse("2026-03-02T00:00:00Z") + minute * 60_000).toISOString();
        const { prepared } = await publish(now, { site });
        expect(prepared.changes.plan.holds).toEqual([]);
        for (const [id, one] of known) if (isOpen(one) && !since.has(id)) since.set(id, minute);
        const published = Object.entries(await files());
        for (const partner of Object.keys(delays)) {
          const text = published.flatMap(([key, file]) => (key.startsWith(`partners/${partner}/`) ? [file] : [])).join("\n");
          for (const [id, one] of known) {
            const name = `${partner} ${id}`;
            const released = since.has(id) && ((since.get(id) ?? 0) + (delays[partner] ?? 0) <= minute || had.has(name));
            const may = released && isOpen(one) && picks(partner, one);
            if (may) had.add(name);
            const told = may || (one.state === "canceled" && had.has(name) && picks(partner, one));
            for (let earlier = 0; earlier <= version; earlier += 1) {
              const isNow = earlier === one.version;
              expect([name, earlier, text.includes(`body${id}v${earlier}x`)]).toEqual([name, earlier, may && isNow]);
              if (!(told && isNow)) expect([name, earlier, text.includes(`Title${id}v${earlier}x`)]).toEqual([name, earlier, false]);
            }
            // An article that the partner never had leaves no trace of its id, either.
            if (!had.has(name)) expect([name, new RegExp(`:a${id}(?![0-9])`).test(text)]).toEqual([name, false]);
            else if (!may) expect([name, new RegExp(`:a${id}(?![0-9])`).test(text)]).toEqual([name, true]);
          }
        }
        minute += wait;
      }
    }),
    { numRuns: cases },
  );
});
