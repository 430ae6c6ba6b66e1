import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { omitUndefined } from "../../lambda/articles/model/json-value.ts";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { cancel } from "../../lambda/operator/cancel.ts";
import { rollback } from "../../lambda/operator/rollback.ts";
import type { Announcement } from "../../lambda/plan/manifest/manifest.ts";
import { fingerprintsOf } from "../../lambda/run/process/program.ts";
import { ownCode, type Settings } from "../../lambda/settings.ts";
import { loadState } from "../../lambda/state/state.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aFile } from "../support/a-newsroom.ts";
import { aCloudFront } from "../support/aws/a-cloudfront.ts";
import { beginning, eventfulSite, events, type Places, runOn } from "../support/faults/a-bucket-newsroom.ts";
import { type Story, saysOf } from "../support/faults/a-ground.ts";
import { type Lane, onLanes, unlike } from "../support/faults/a-lane.ts";
import type { Judge, Passing } from "../support/faults/fault-proxy.ts";
import { breachesIn, brokenPromises, type Held, neitherNor, untold } from "../support/faults/what-must-hold.ts";

/** When an operator's command is tried, the next run of the schedule is, it is asked again where it did not end well, and the last run is. */
const at = {
  tried: "2026-11-20T13:00:00Z",
  run: "2026-11-20T13:10:00Z",
  again: "2026-11-20T13:20:00Z",
  end: "2026-11-20T13:30:00Z",
} as const;
/** So little that nobody waits long for a lease that nobody gives back. */
const time = 31_000;

type Asked = { readonly places: Places; readonly now: string; readonly cloudFront: string; readonly site?: string };

export type Trial = {
  readonly name: string;
  readonly story: Story;
  readonly order: (asked: Asked) => Promise<string>;
  /** Whether there is anything to ask for again. */
  readonly open?: (places: Places) => Promise<boolean>;
  /** Words that must be nowhere in the end. */
  readonly erased?: string;
  /** What it takes out of a held channel stays half done until it is asked for again: no run writes what is held. */
  readonly holds?: boolean;
};

const settingsOf = ({ places, now, cloudFront, site = eventfulSite }: Asked): Settings => ({
  ...places,
  site: parseSite(site, "site.yaml"),
  now: new Date(now).toISOString(),
  began: new Date(now).toISOString(),
  places: { content: "content", target: "target" },
  editable: false,
  holder: crypto.randomUUID(),
  cloud: { distribution: "E123", endpoints: { cloudfront: cloudFront } },
});

const quietly = { time, tell: () => {} };
const { program } = await fingerprintsOf(ownCode);
const says = { program, distribution: "E123" };
const ordinary: Story = { beginning, events, says };
const withdraw = (id: string, erase: boolean) => async (asked: Asked) => {
  const { outcome, canceled } = await cancel({ ...quietly, id, erase, reason: "No." }, settingsOf(asked));
  // Withdrawn, and not erased yet: the command says so, and is asked for again.
  return canceled.erased === "busy" ? "busy" : outcome;
};

/** Six articles of a tag lose their files, and nothing says why. */
const six = [1, 2, 3, 4, 5, 6].map((number) => `six-${number}.md`);
const many = Object.fromEntries(six.map((key, day) => [key, aFile({ title: key, date: `2026-06-0${day + 1}T09:00:00Z`, tags: "six" })]));
const emptied = Object.fromEntries(six.slice(1).map((key) => [key, undefined]));
const held: Story = {
  site: `${eventfulSite}guard: { grace: 10m }\n`,
  beginning: { ...beginning, ...many },
  events: emptied,
  says,
  later: [
    { at: "2026-11-20T12:10:00Z", events: {} },
    { at: "2026-11-20T12:30:00Z", events },
  ],
};

export const trials: readonly Trial[] = [
  { name: "cancel", story: ordinary, order: withdraw("edited.md", false) },
  { name: "cancel --erase", story: ordinary, order: withdraw("pictured.md", true), erased: "words of 05-02" },
  { name: "cancel what is held", story: held, order: withdraw("six-1.md", false), holds: true },
  {
    name: "rollback",
    story: { ...ordinary, later: [{ at: "2026-11-20T12:30:00Z", events: { "kept.md": undefined } }] },
    order: async (asked) => (await rollback({ ...quietly, names: [] }, settingsOf(asked))).outcome,
    open: async ({ state }) => (await loadState(state)).ledger.value.rolledBack === undefined,
  },
  {
    name: "allow",
    story: held,
    order: async ({ places, now, site = eventfulSite }) => {
      const allow = Object.entries((await loadState(places.state)).ledger.value.holds).map(([name, { hash }]) => `${name}@${hash}`);
      return (await runOn(places, now, [], { ...says, site, allow })).kind;
    },
    open: async ({ state }) => Object.keys((await loadState(state)).ledger.value.holds).length > 0,
  },
];

type Course = {
  readonly held: Held;
  readonly after: Held;
  readonly told: readonly Announcement[];
  readonly outcome: string;
  readonly breaches: readonly string[];
};

/** What a command may leave, and what all comes to in the end: as if it had ended well, or had not been until it was asked for again. */
export type Likely = { readonly before: Held; readonly through: Course; readonly ends: readonly Held[] };

const isDone = (outcome: string) => outcome !== "busy" && !outcome.startsWith("stopped");

/** One command that something befalls, the next run of the schedule, the command again where there is need, and a last run. */
async function course(
  { order, open, erased, story }: Trial,
  { proxy, begin }: Lane,
  judge: Judge | undefined,
  hasty = false,
  skip = false,
): Promise<Course> {
  await using cloudFront = await aCloudFront();
  const { tried, hasty: haste, calm, held } = await begin();
  const announced: Announcement[] = [];
  const ask = async (places: Places, now: string) =>
    order({ places, now, cloudFront: cloudFront.url, ...omitUndefined({ site: story.site }) }).catch(
      (error: unknown) => `stopped: ${error}`,
    );
  proxy.begin(judge);
  const outcome = skip ? "stopped" : await ask(hasty ? haste : tried, at.tried);
  proxy.begin();
  const after = await held();
  await runOn(calm, at.run, announced, saysOf(story));
  const middle = await held();
  const again = !isDone(outcome) && (await (open?.(calm) ?? true)) ? await ask(calm, at.again) : outcome;
  await runOn(calm, at.end, announced, saysOf(story));
  const invalidations = cloudFront.invalidations.map((one): Announcement => ({ kind: "invalidation", since: "", ...one }));
  const breaches = [
    ...breachesIn(middle).map((breach) => `after the next run: ${breach}`),
    ...(isDone(again) || again === outcome ? [] : [`asked again, it is ${again}`]),
    ...(erased === undefined ? [] : await wordsIn(Object.values(calm), erased)),
  ];
  return { held: await held(), after, told: [...announced, ...invalidations], outcome, breaches };
}

export async function likelyOf(trial: Trial, lane: Lane): Promise<{ readonly likely: Likely; readonly requests: readonly Passing[] }> {
  const { held } = await lane.begin();
  const before = await held();
  const requests: Passing[] = [];
  const count: Judge = (passing) => {
    requests.push(passing);
    return { kind: "pass" };
  };
  const [through, late] = [await course(trial, lane, count), await course(trial, lane, undefined, false, true)];
  if (!isDone(through.outcome)) throw new Error(`${trial.name} does not go through undisturbed`);
  return { likely: { before, through, ends: [through.held, late.held] }, requests };
}

export type Befalling = { readonly what: string; readonly judge: () => Judge; readonly hasty: boolean; readonly mustEnd: boolean };

/** What is wrong after any of the cases. */
export async function befallCommand(
  trial: Trial,
  lanes: readonly Lane[],
  likely: Likely,
  cases: readonly Befalling[],
): Promise<readonly string[]> {
  const { before, through, ends } = likely;
  const results = await onLanes(lanes, cases, async ({ what, judge, hasty, mustEnd }, lane) => {
    const one = await course(trial, lane, judge(), hasty);
    const breaches = [
      ...neitherNor(one.after, before, through.after),
      ...brokenPromises(before, one.after),
      ...(isDone(one.outcome) ? breachesIn(one.after) : mustEnd ? ["it did not end well"] : []),
      ...one.breaches.filter((breach) => trial.holds !== true || !breach.startsWith("after the next run")),
      ...breachesIn(one.held),
      ...brokenPromises(before, one.held),
      ...untold(through.told, one.held, one.told),
      ...unlike(one.held, ends, true),
    ];
    return breaches.map((breach) => `${trial.name}, ${what} (${one.outcome}): ${breach}`);
  });
  return results.flat();
}

/** Where a word is left: in files, and in old versions of all that ever was. */
async function wordsIn(stores: readonly Store[], words: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const store of stores) {
    const look = (bytes: Uint8Array, key: string) => {
      if (unpacked(bytes, key).includes(words)) found.add(`${words}: still in ${store.address}/${key}`);
      return false;
    };
    for (const { key } of await store.list()) look((await store.read(key))?.bytes ?? new Uint8Array(), key);
    // Shows every old version, and removes none.
    await store.purge(() => true, look);
  }
  return [...found];
}

function unpacked(bytes: Uint8Array, key: string): Buffer {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes);
  return key.endsWith(".br") ? brotliDecompressSync(bytes) : Buffer.from(bytes);
}
