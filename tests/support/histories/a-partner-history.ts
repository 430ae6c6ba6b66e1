import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { aFile, aNewsroom, aSiteFile, type Newsroom } from "../a-newsroom.ts";

/** Whether an article may be had, and by whom. `opens`: its embargo ends in half an hour; `closes`: it expires then. */
export const articleStates = [
  "live",
  "draft",
  "embargoed",
  "opens",
  "closes",
  "corrected",
  "canceled",
  "denied",
  "for now alone",
  "with another's picture",
  "of another wire",
  "removed",
] as const;

export type PartnerStep = {
  readonly article: number;
  readonly state: (typeof articleStates)[number];
  readonly section: "open" | "sport";
  /** Minutes until the next change and run. */
  readonly wait: number;
  /** Whether the follower reads the change log after it. */
  readonly looks: boolean;
};

/** `isBack`: a file in place of one that was gone. It does not change how the article is withdrawn before it is live again. */
type Written = Pick<PartnerStep, "state" | "section"> & { readonly version: number; readonly minute: number; readonly isBack: boolean };

const site = `${aSiteFile}guard: { lose: 1, atLeast: 1000, quarantined: 1, grace: 0s }
encodings: [gzip, br]
channels: [{ name: all, where: { section: open } }]
partners:
  - { name: now, profile: generic, where: { language: en } }
  - { name: later, profile: generic, where: { language: en }, delay: 30m }
  - { name: sport, profile: generic, where: { section: sport } }
  - { name: wire, profile: ninjs, where: { language: en }, delay: 30m, changes: true, limit: 2, settings: { hours: 0 } }
`;
const delays: Readonly<Record<string, number>> = { now: 0, later: 30, sport: 0, wire: 30 };

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const halfAnHour = 30;
const month = 30 * 24 * 60;
const momentOf = (minute: number): string => new Date(Date.parse("2026-03-02T00:00:00Z") + minute * 60_000).toISOString();

/** When an article was published, in minutes: all before the history begins; a greater number is newer. */
const publishedAt = (article: number): number => article - 60;
const wireLimit = 2;

function frontOf(state: Written["state"], article: number, minute: number): Readonly<Record<string, unknown>> {
  switch (state) {
    case "draft":
      return { draft: true };
    case "embargoed":
      return { embargo: "2030-01-01T00:00:00Z" };
    case "opens":
      return { embargo: momentOf(minute + halfAnHour) };
    case "closes":
      return { expires: momentOf(minute + halfAnHour) };
    case "corrected":
      return { correction: `What was wrong until ${momentOf(minute)}.` };
    case "canceled":
      return { status: "canceled" };
    case "denied":
      return { syndication: "deny" };
    case "for now alone":
      return { syndication: "now" };
    case "with another's picture":
      return { media: { [`p${article}.png`]: { source: "Reuters" } } };
    case "of another wire":
      return { source: "Reuters" };
    default:
      return {};
  }
}

function isOpen({ state, minute }: Written, now: number): boolean {
  if (state === "opens") return now >= minute + halfAnHour;
  if (state === "closes") return now < minute + halfAnHour;
  return !["draft", "embargoed", "canceled", "removed"].includes(state);
}

const picks = (partner: string, { state, section }: Written): boolean =>
  (partner !== "sport" || section === "sport") &&
  state !== "denied" &&
  state !== "of another wire" &&
  (state !== "for now alone" || partner === "now");

/** Of articles that "wire" may have, those in its files: the newest, and in place of the last one the latest correction of what it has had. */
function inWindow(all: readonly number[], current: ReadonlyMap<number, Written>, had: ReadonlySet<string>, now: number): readonly number[] {
  const newest = all.toSorted((a, b) => b - a);
  const since = (id: number): number => current.get(id)?.minute ?? 0;
  const isRecent = (id: number): boolean => current.get(id)?.state === "corrected" && now < since(id) + month;
  const corrected = newest.slice(wireLimit).filter((id) => isRecent(id) && had.has(`wire ${id}`));
  return [...corrected.sort((a, b) => since(b) - since(a) || b - a).slice(0, 1), ...newest].slice(0, wireLimit);
}

/** How the change log names the withdrawal of an article in this state; undefined where its past decides. */
function withdrawnAs({ state, isBack }: Written): string | undefined {
  if (isBack) return undefined;
  if (state === "draft" || state === "embargoed" || state === "opens") return "withheld";
  return state === "closes" ? "expired" : state === "canceled" ? "canceled" : undefined;
}

type Followed = { readonly last: number; readonly changes: readonly Change[]; readonly missed: boolean };
type Change = { readonly seq: number; readonly op: string; readonly state: string; readonly id: string; readonly updated: string };
type Follow = (last: number, read: (name: string) => Promise<unknown>) => Promise<Followed>;
/** The client that partners are given, as it stands in the docs. */
const client = new URL("../../../docs/partners/follow.mjs", import.meta.url).href;
const { changesSince } = (await import(client)) as { readonly changesSince: Follow };

/**
 * Lives through a history: after every change a run, and then looks for every title, text and picture in all bytes of the target. A partner
 * has all that it is entitled to, nothing before its release, and nothing of another; its change log says the same as its files.
 */
export async function livePartnerHistory(steps: readonly PartnerStep[]): Promise<void> {
  // With articles that stay, so that no feed and no file of a partner loses its only one.
  const newsroom = await aNewsroom({ "s1.md": aStaying("open"), "s2.md": aStaying("sport") });
  const versions = new Map<string, Written>();
  const current = new Map<number, Written>();
  const lost = new Set<number>();
  const since = new Map<number, number>();
  /** Who has had an article, and a version of it; "" is everybody. */
  const had = new Set<string>();
  /** Since when "wire" may not have an article: a withdrawal is told for a month. */
  const gone = new Map<number, number>();
  const follower = aFollower(newsroom);
  const allBytes = allBytesOf(newsroom);
  let minute = 0;
  for (const [version, { article, state, section, wait, looks }] of steps.entries()) {
    const before = current.get(article);
    const isBack = before?.state === "removed" || (before?.isBack === true && !isOpen(before, minute));
    const written: Written = { state, section, version, minute, isBack };
    // A notice stays when the file that withdrew the article goes, even if a draft comes in its place.
    const wasNotice = before?.state === "canceled";
    if (wasNotice && (state === "removed" || (state === "draft" && lost.has(article)))) lost.add(article);
    else {
      lost.delete(article);
      current.set(article, written);
    }
    versions.set(`${article}v${version}`, written);
    await rewrite(newsroom, article, written);
    const { prepared } = await newsroom.publish(momentOf(minute), { site });
    expect(prepared.changes.plan.holds).toEqual([]);
    for (const [id, one] of current) {
      if (!isOpen(one, minute)) continue;
      if (!since.has(id)) since.set(id, minute);
      if (one.section === "open") had.add(` ${id}v${one.version}`);
    }
    const may = new Map<string, ReadonlySet<number>>();
    for (const [partner, delay] of Object.entries(delays)) {
      const all = [...current].flatMap(([id, one]) => {
        const began = since.get(id);
        const released = began !== undefined && (began + delay <= minute || had.has(`${partner} ${id}`));
        return released && isOpen(one, minute) && picks(partner, one) ? [id] : [];
      });
      const ids = partner === "wire" ? inWindow(all, current, had, minute) : all;
      for (const id of partner === "wire" ? current.keys() : [])
        if (all.includes(id)) gone.delete(id);
        else if (!gone.has(id)) gone.set(id, minute);
      for (const id of ids) had.add(`${partner} ${id}`).add(`${partner} ${id}v${current.get(id)?.version}`);
      may.set(partner, new Set(ids));
    }
    const files = await allBytes();
    const foreign = new Map<string, string>();
    const found = new Set<string>();
    for (const [key, text] of files) {
      const partner = /^partners\/([^/]+)\//.exec(key)?.[1] ?? "";
      for (const [mark, kind, id, number] of text.matchAll(/(Title|body|pixel)(\d+)v(\d+)x/g)) {
        const name = `${id}v${number}`;
        const one = versions.get(name);
        if (one === undefined) throw new Error(`${key} has ${mark}, which nobody wrote.`);
        const isNow = current.get(Number(id)) === one;
        const mayShow = partner === "" ? isOpen(one, minute) && one.section === "open" : may.get(partner)?.has(Number(id)) === true;
        const isNotice =
          kind === "Title" && one.state === "canceled" && (partner === "" || (picks(partner, one) && had.has(`${partner} ${id}`)));
        // A picture may stay for some runs after the article that showed it.
        const allowed = kind === "pixel" ? had.has(`${partner} ${name}`) : isNow && (mayShow || isNotice);
        const isForeign = kind === "pixel" && one.state === "with another's picture";
        expect([version, key, mark, allowed && !(isForeign && partner !== "")]).toEqual([version, key, mark, true]);
        if (isForeign) foreign.set(key, mark);
        found.add(`${partner} ${mark}`);
      }
    }
    for (const [partner, ids] of may) {
      const text = files.flatMap(([key, one]) => (key.startsWith(`partners/${partner}/`) ? [key, one] : [])).join("\n");
      for (const [picture, mark] of foreign)
        expect([version, partner, mark, text.includes(picture)]).toEqual([version, partner, mark, false]);
      for (const [id, one] of current) {
        const name = `${id}v${one.version}x`;
        const pictured = one.state === "with another's picture" || found.has(`${partner} pixel${name}`) || found.has(` pixel${name}`);
        if (ids.has(id)) {
          const has = [found.has(`${partner} Title${name}`), found.has(`${partner} body${name}`), pictured];
          expect([version, partner, name, ...has]).toEqual([version, partner, name, true, true, true]);
        }
        // An article that the partner never had leaves no trace of its id, either; one that it has had is told as withdrawn.
        const isNamed = new RegExp(`:a${id}(?![0-9])`).test(text);
        // Its log forgets after a month what has left its window.
        if (partner === "wire" && !isNamed && isOpen(one, minute) && !ids.has(id) && minute > month) continue;
        expect([version, partner, id, isNamed]).toEqual([version, partner, id, had.has(`${partner} ${id}`)]);
      }
    }
    if (looks || version === steps.length - 1) {
      const said = await follower.look();
      const stateOf = (id: number): string => (current.get(id)?.state === "corrected" ? "corrected" : "usable");
      const entitled = [...(may.get("wire") ?? [])].map(idOf).sort();
      const states = [...(may.get("wire") ?? [])].map((id) => `${idOf(id)} update ${stateOf(id)}`).sort();
      expect([version, said.filter((one) => one.includes(" update "))]).toEqual([version, states]);
      for (const [id, one] of current)
        if (had.has(`wire ${id}`) && !isOpen(one, minute) && withdrawnAs(one) !== undefined && minute < (gone.get(id) ?? 0) + month)
          expect([version, said]).toEqual([version, expect.arrayContaining([`${idOf(id)} delete ${withdrawnAs(one)}`])]);
      const manifest = JSON.parse(files.find(([key]) => key === "partners/wire/manifest.json")?.[1] ?? "{}") as Manifest;
      const usable = manifest.items.flatMap(({ uri, pubStatus }) => (pubStatus === "usable" && isTold(uri) ? [uri] : [])).sort();
      expect([version, usable]).toEqual([version, entitled]);
    }
    minute += wait;
  }
}

const aStaying = (section: string): string => aFile({ title: "One that stays", date: "2026-02-01T00:00:00Z", lang: "en", section });

const idOf = (article: number): string => `tag:wire.example,2026:a${article}`;

/** Whether an article is one of the history's. */
const isTold = (uri: string): boolean => /:a\d+$/.test(uri);

type Manifest = { readonly items: readonly { readonly uri: string; readonly pubStatus: string }[] };

async function rewrite({ content, write, remove }: Newsroom, article: number, { state, section, version, minute }: Written): Promise<void> {
  if (state === "removed") {
    await remove(`a${article}.md`);
    return;
  }
  const name = `${article}v${version}x`;
  // With an id of its own: a file that comes back is the same article.
  const own = {
    id: idOf(article),
    title: `Title${name}`,
    date: momentOf(publishedAt(article)),
    lang: "en",
    section,
    ...frontOf(state, article, minute),
  };
  const lines = Object.entries(own).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  await content.write(`p${article}.png`, Buffer.concat([png, Buffer.from(`pixel${name}`)]));
  await write(`a${article}.md`, `---\n${lines.join("\n")}\n---\n\nWords of body${name}.\n\n![](p${article}.png)\n`);
}

/** Every file of the target, with its variants, as it is when it is unpacked; reads again what has changed. */
function allBytesOf({ target }: Newsroom) {
  const known = new Map<string, { readonly version: string; readonly text: string }>();
  const textOf = async (key: string): Promise<string> => {
    const bytes = Buffer.from((await target.read(key))?.bytes ?? []);
    const plain = key.endsWith(".gz") ? gunzipSync(bytes) : key.endsWith(".br") ? brotliDecompressSync(bytes) : bytes;
    return plain.toString("latin1");
  };
  return async (): Promise<readonly (readonly [key: string, text: string])[]> => {
    const files: (readonly [string, string])[] = [];
    for (const { key, version } of await target.list()) {
      const had = known.get(key);
      const text = had?.version === version ? had.text : await textOf(key);
      known.set(key, { version, text });
      files.push([key, text]);
    }
    return files;
  };
}

/** A partner that follows the change log, and keeps what it says: of each article its id, the operation and the state. */
function aFollower({ target }: Newsroom) {
  const held = new Map<string, string>();
  const seen = new Set<number>();
  let last = 0;
  return {
    look: async (): Promise<readonly string[]> => {
      const found = await changesSince(last, async (name) => {
        const file = await target.read(`partners/wire/changes/${name}`);
        return file === undefined ? undefined : JSON.parse(Buffer.from(file.bytes).toString());
      });
      expect(found.missed).toBe(false);
      for (const { seq, id, op, state } of found.changes) {
        expect([seq, seen.has(seq), seq > last]).toEqual([seq, false, true]);
        seen.add(seq);
        held.set(id, `${op} ${state}`);
      }
      last = found.last;
      return [...held].flatMap(([id, said]) => (isTold(id) ? [`${id} ${said}`] : [])).sort();
    },
  };
}
