import { expect, test } from "vitest";
import { emptyLedger } from "../../../lambda/channels/catalog/ledger/ledger.ts";
import { makePlan } from "../../../lambda/plan/changes/make-plan.ts";
import type { Candidate, PlanInput } from "../../../lambda/plan/changes/plan-input.ts";
import { hashOf } from "../../../lambda/plan/manifest/manifest.ts";
import { aCatalog, anEntryOf, ledgerText } from "../../support/a-catalog.ts";
import { aCandidate, aPlanInput, aRendering, aTarget, aWanted, byKey, carriedOut } from "../../support/a-plan.ts";

const world = aCandidate("world");
const sport = aCandidate("sport");
const site = [aWanted("index.html")];
const renderings = (...candidates: readonly Candidate[]) =>
  byKey([...candidates.flatMap(({ files }) => files), ...site].map((file) => aRendering(file)));

/** World and sport as they were published. */
const first = makePlan(aPlanInput({ candidates: [world, sport], siteFiles: site, rendered: renderings(world, sport) }));
const live = carriedOut(first);
/** The next run, in which nothing had to be rendered, and what a test says of it. */
const next = (says: Partial<PlanInput> = {}) =>
  makePlan(
    aPlanInput({ candidates: [world, sport], siteFiles: site, ...live, ledger: first.ledger, now: "2026-11-22T00:00:00.000Z", ...says }),
  );

/** World with a new text in its feed. */
const changed = aCandidate("world", {
  files: [aWanted("world/rss.xml", { fingerprint: "two" }), aWanted("world/index.html")],
  promised: { world: { updated: "2026-11-22T00:00:00.000Z" } },
  members: ["a1", "a2"],
  mark: "m2",
});
const changedFeed = byKey([aRendering(changed.files[0]!)]);

const twenty = Array.from({ length: 20 }, (_, index) => `a${index}`);
/** World after 20 articles were published in it, and then with one alone. */
const full = carriedOut(
  makePlan(
    aPlanInput({ candidates: [aCandidate("world", { members: twenty }), sport], siteFiles: site, rendered: renderings(world, sport) }),
  ),
);
const losing = aCandidate("world", { ...changed, members: ["a1"] });
/** The articles are there, and the channel takes them no more. */
const stillThere = aCatalog({ entries: twenty.map((id, index) => anEntryOf(index, {}, { id })) });
const lossy = (says: Partial<PlanInput> = {}) =>
  next({ ...full, catalog: stillThere, candidates: [losing, sport], rendered: changedFeed, ...says });

test("a first plan writes every file, link targets first", () => {
  const archived = aCandidate("world", {
    files: [aWanted("world/rss.xml"), aWanted("world/archive/2026-10/rss.xml"), aWanted("world/index.html")],
  });
  const plan = makePlan(aPlanInput({ candidates: [archived], siteFiles: site, rendered: renderings(archived) }));
  expect(plan.writes.map(({ key, why, over }) => [key, why, over])).toEqual([
    ["world/archive/2026-10/rss.xml", "new", undefined],
    ["world/rss.xml", "new", undefined],
    ["index.html", "new", undefined],
    ["world/index.html", "new", undefined],
  ]);
  expect(plan).toMatchObject({ keeps: 0, holds: [], channels: [{ path: "world", outcome: "written", files: 3 }] });
});

test("the manifest lists hash, size, fingerprint and members of each file, and no version before it is written", () => {
  const file = world.files[0]!;
  expect(first.manifest.files[file.key]).toEqual({
    hash: hashOf(Buffer.from(file.fingerprint), file.headers),
    version: "",
    fingerprint: file.fingerprint,
    size: Buffer.byteLength(file.fingerprint),
    entries: 1,
    channel: "world",
  });
  expect(first.manifest.members).toEqual({ sport: ["a1"], world: ["a1"] });
  expect(Object.keys(first.manifest.files)).toEqual([
    "index.html",
    "sport/index.html",
    "sport/rss.xml",
    "world/index.html",
    "world/rss.xml",
  ]);
});

test("an unchanged newsroom writes nothing, and keeps manifest and ledger", () => {
  const plan = next();
  expect(plan).toMatchObject({ writes: [], keeps: 5, holds: [], channels: [{ outcome: "kept" }, { outcome: "kept" }] });
  expect(JSON.stringify(plan.manifest)).toBe(JSON.stringify(live.manifest));
  expect(ledgerText(plan.ledger)).toBe(ledgerText(first.ledger));
});

test("a changed file replaces the version in the listing, and its neighbours stay", () => {
  const plan = next({ candidates: [changed, sport], rendered: changedFeed });
  expect(plan.writes).toMatchObject([{ key: "world/rss.xml", why: "changed", over: "v world/rss.xml" }]);
  expect(plan).toMatchObject({
    keeps: 4,
    channels: [
      { path: "world", outcome: "written", files: 1 },
      { path: "sport", outcome: "kept" },
    ],
  });
});

test("a file that renders to the same bytes is not written", () => {
  const again = aWanted("world/rss.xml", { fingerprint: "by another program" });
  const plan = next({
    candidates: [aCandidate("world", { files: [again, world.files[1]!] }), sport],
    rendered: byKey([aRendering(again, "world/rss.xml 1")]),
  });
  expect(plan.writes).toEqual([]);
  expect(plan.manifest.files[again.key]).toEqual({ ...live.manifest.files[again.key], fingerprint: "by another program" });
});

test("a file whose headers change is written", () => {
  const other = aWanted("world/rss.xml", { headers: { contentType: "text/other" } });
  const plan = next({
    candidates: [aCandidate("world", { files: [other, world.files[1]!] }), sport],
    rendered: byKey([aRendering(other)]),
  });
  expect(plan.writes).toMatchObject([{ key: "world/rss.xml", why: "changed" }]);
});

test("a removed file is restored", () => {
  const target = { ...live.target, listing: new Map([...live.target.listing].filter(([key]) => key !== "world/rss.xml")) };
  const plan = next({ target, rendered: byKey([aRendering(world.files[0]!)]) });
  expect(plan.writes).toMatchObject([{ key: "world/rss.xml", why: "restored" }]);
  expect(plan.writes[0]).not.toHaveProperty("over");
});

test("an overwritten file is restored over the foreign version", () => {
  const listing = new Map([...live.target.listing, ["world/rss.xml", "theirs"]]);
  const target = aTarget({}, { listing, drift: new Map([["world/rss.xml", { version: "theirs", hash: "of something else" }]]) });
  expect(next({ target, rendered: byKey([aRendering(world.files[0]!)]) }).writes).toMatchObject([
    { key: "world/rss.xml", why: "restored", over: "theirs" },
  ]);
});

test("a file with the same bytes under another version is kept under that version", () => {
  const file = world.files[0]!;
  const listing = new Map([...live.target.listing, [file.key, "touched"]]);
  const target = aTarget({}, { listing, drift: new Map([[file.key, { version: "touched", hash: aRendering(file).hash }]]) });
  for (const rendered of [new Map(), byKey([aRendering(file)])]) {
    const plan = next({ target, rendered });
    expect(plan.writes).toEqual([]);
    expect(plan.manifest.files[file.key]?.version).toBe("touched");
  }
});

test("a file without its compressed variant is written again", () => {
  const target = { ...live.target, listing: new Map([...live.target.listing].filter(([key]) => key !== "world/rss.xml.gz")) };
  expect(next({ target, rendered: byKey([aRendering(world.files[0]!)]) }).writes).toMatchObject([
    { key: "world/rss.xml", why: "restored", over: "v world/rss.xml" },
  ]);
});

test("a file of a channel that is no longer published stays in the manifest", () => {
  const plan = next({ candidates: [sport] });
  expect(plan.writes).toEqual([]);
  expect(plan.manifest).toEqual(live.manifest);
});

test("a channel that loses too much is held, and the others are written", () => {
  const news = aCandidate("sport", { files: [aWanted("sport/rss.xml", { fingerprint: "news" }), sport.files[1]!] });
  const plan = lossy({ candidates: [losing, news], rendered: byKey([...changedFeed.values(), aRendering(news.files[0]!)]) });
  expect(plan.holds).toMatchObject([{ name: "world", reasons: ["19 of its 20 entries are gone, and nothing explains why."] }]);
  expect(plan.writes.map(({ key }) => key)).toEqual(["sport/rss.xml"]);
  expect(plan.manifest.files["world/rss.xml"]).toEqual(full.manifest.files["world/rss.xml"]);
  expect(plan.manifest.members["world"]).toEqual(twenty);
  expect(plan.channels.map(({ path, outcome }) => [path, outcome])).toEqual([
    ["world", "held"],
    ["sport", "written"],
  ]);
  expect(plan.ledger.feeds["world"]).toBe(first.ledger.feeds["world"]);
});

test("a hold keeps the time at which it began until it changes", () => {
  const plan = lossy();
  const { name, hash } = plan.holds[0]!;
  expect(plan.ledger.holds).toEqual({ [name]: { hash, since: "2026-11-22T00:00:00.000Z" } });
  const later = lossy({ ledger: plan.ledger, now: "2026-11-23T00:00:00.000Z" });
  expect(later.ledger.holds).toEqual(plan.ledger.holds);
  expect(ledgerText(later.ledger)).toBe(ledgerText(plan.ledger));
  expect(next({ ledger: plan.ledger }).ledger.holds).toEqual({});
});

test("a hold released by name and hash is applied once, and then forgotten", () => {
  const { name, hash } = lossy().holds[0]!;
  const plan = lossy({ allow: [`${name}@${hash}`] });
  expect(plan).toMatchObject({ holds: [], ledger: { holds: {}, released: { world: hash } } });
  expect(plan.writes.map(({ key }) => key)).toEqual(["world/rss.xml"]);
  expect(plan.manifest.members["world"]).toEqual(["a1"]);
  expect(next({ ...carriedOut(plan), candidates: [losing, sport], ledger: plan.ledger }).ledger.released).toEqual({});
});

test.each(["world@00000000", "world", "sport@HASH", "@HASH"])("a release of %s releases nothing", (allow) => {
  const { hash } = lossy().holds[0]!;
  expect(lossy({ allow: [allow.replace("HASH", hash)] }).holds).toHaveLength(1);
});

test("a release is void if the plan changes", () => {
  const { name, hash } = lossy().holds[0]!;
  const allow = [`${name}@${hash}`];
  expect(lossy({ allow, candidates: [{ ...losing, mark: "m3" }, sport] }).holds).toHaveLength(1);
  expect(lossy({ allow, candidates: [{ ...losing, members: [] }, sport] }).holds).toHaveLength(1);
});

test("articles gone from all feeds hold the run, and its release frees every channel", () => {
  const small = aCandidate("tag/tea", { members: ["a7"] });
  const before = carriedOut(
    makePlan(
      aPlanInput({
        candidates: [aCandidate("world", { members: twenty }), small, sport],
        siteFiles: site,
        rendered: renderings(world, small, sport),
      }),
    ),
  );
  const wiped = (says: Partial<PlanInput> = {}) =>
    next({ ...before, candidates: [{ ...losing, members: [] }, { ...small, members: [] }, sport], rendered: changedFeed, ...says });
  const [hold, ...others] = wiped().holds;
  expect(others).toEqual([]);
  expect(hold).toMatchObject({ name: "run", reasons: ["20 of 20 published articles are gone, and nothing explains why."] });
  expect(wiped().writes).toEqual([]);
  const plan = wiped({ allow: [`run@${hold?.hash}`] });
  expect(plan.holds).toEqual([]);
  expect(plan.manifest.members).toMatchObject({ world: [], "tag/tea": [] });
});

test("refused output holds only its own channel", () => {
  const news = aCandidate("sport", { files: [aWanted("sport/rss.xml", { fingerprint: "news" }), sport.files[1]!] });
  const rendered = byKey([aRendering(changed.files[0]!, "two", ["an element has no end"]), aRendering(news.files[0]!)]);
  const plan = next({ candidates: [changed, news], rendered });
  expect(plan.holds).toMatchObject([{ name: "world", reasons: ["world/rss.xml: an element has no end"] }]);
  expect(plan.writes.map(({ key }) => key)).toEqual(["sport/rss.xml"]);
  const released = next({ candidates: [changed, news], rendered, allow: [`world@${plan.holds[0]?.hash}`] });
  expect(released.holds, "nobody can release what is defective").toEqual(plan.holds);
});

test("many broken articles hold the whole run, with the site's own files", () => {
  const catalog = aCatalog({
    entries: Array.from({ length: 40 }, (_, index) => anEntryOf(index, {}, { state: index < 20 ? "kept" : "live" })),
  });
  const index = aWanted("index.html", { fingerprint: "new" });
  const says = { catalog, candidates: [changed, sport], siteFiles: [index], rendered: byKey([...changedFeed.values(), aRendering(index)]) };
  const plan = next(says);
  expect(plan).toMatchObject({ writes: [], keeps: 0, holds: [{ name: "run" }], channels: [{ outcome: "held" }, { outcome: "held" }] });
  expect(plan.manifest).toEqual(live.manifest);
  const allowed = next({ ...says, allow: [`run@${plan.holds[0]?.hash}`] });
  expect(allowed.writes.map(({ key }) => key)).toEqual(["world/rss.xml", "index.html"]);
  // As long as the same files are broken nobody has to say so again.
  expect(next({ ...says, ledger: allowed.ledger })).toMatchObject({ holds: [], ledger: { released: allowed.ledger.released } });
});

test("a lost ledger holds the run and freezes its writes until it is released", () => {
  const says = { candidates: [world], rendered: renderings(world), losses: [] };
  const lost = makePlan(aPlanInput(says));
  expect(lost).toMatchObject({ writes: [], frozen: true, holds: [{ name: "run" }] });
  const released = makePlan(aPlanInput({ ...says, allow: [`run@${lost.holds[0]?.hash}`] }));
  expect(released).toMatchObject({ frozen: false, holds: [] });
  expect(released.writes).toHaveLength(2);
});

test("without a manifest the guard compares a channel with its live feed", () => {
  const plan = makePlan(aPlanInput({ candidates: [world], rendered: renderings(world), baseline: new Map([["world", twenty]]) }));
  expect(plan.holds).toMatchObject([{ name: "run" }]);
});

test("the ledger keeps each feed's updated", () => {
  expect(first.ledger.feeds).toEqual({ ...world.promised, ...sport.promised });
  expect(next({ candidates: [changed, sport], rendered: changedFeed }).ledger.feeds).toEqual({
    ...changed.promised,
    ...sport.promised,
  });
});

test("a plan gives the total size of a channel", () => {
  expect(first.channels[0]).toMatchObject({ bytes: "world/rss.xml 1".length + "world/index.html 1".length, entries: 1, title: "world" });
  expect(next({ ledger: emptyLedger }).channels[0]).toMatchObject({
    bytes: "world/rss.xml 1".length + "world/index.html 1".length,
    files: 0,
  });
});
