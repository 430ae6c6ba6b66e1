import fc from "fast-check";
import { test } from "vitest";
import { articleStates, livePartnerHistory, type PartnerStep } from "../support/histories/a-partner-history.ts";

// A partner that looks at any moment finds exactly the articles that it is entitled to, and no file ever holds a byte of another.

const step = fc.record({
  article: fc.nat({ max: 5 }),
  state: fc.constantFrom(...articleStates, "live", "live", "corrected"),
  section: fc.constantFrom("open", "sport"),
  wait: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(0, 1, 7, 29, 30, 90) }, { weight: 1, arbitrary: fc.constantFrom(1_500, 4_000) }),
  looks: fc.boolean(),
});

const short = (article: number, state: PartnerStep["state"], wait: number): PartnerStep => ({
  article,
  state,
  wait,
  section: "open",
  looks: true,
});

/** Newer articles take the place of an older one, its correction brings it back, and what it displaced returns when it is withdrawn. */
const outOfTheWindow = [
  ...[0, 1, 2].map((article) => short(article, "live", 30)),
  ...[
    short(3, "draft", 1),
    short(0, "corrected", 1),
    short(0, "live", 1),
    short(0, "canceled", 1),
    short(2, "denied", 1),
    short(1, "closes", 30),
  ],
  ...[short(5, "draft", 1)],
];

const isLong = process.env.WIREROOM_TEST_LONG !== undefined;

test("every partner has what it is entitled to, from the moment of its release, and never a byte of anything else", async () => {
  const histories = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), livePartnerHistory);
  await fc.assert(histories, { numRuns: isLong ? 40 : 12, examples: [[outOfTheWindow]] });
});

/** WIREROOM_TEST_CHANGES=2000 lives a longer one, which takes some minutes. */
const changes = Number(process.env.WIREROOM_TEST_CHANGES ?? 500);

test.runIf(isLong)("so it is over a long history, with gaps of days", async () => {
  await livePartnerHistory(fc.sample(step, changes));
});
