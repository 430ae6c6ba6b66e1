import { describe, expect, it } from "vitest";
import { aFile, aNewsroom, aSiteFile } from "../../support/a-newsroom.ts";

type Change = {
  readonly seq: number;
  readonly op: string;
  readonly state: string;
  readonly id: string;
  readonly updated: string;
  readonly href: string;
};
type Followed = { readonly last: number; readonly changes: readonly Change[]; readonly missed: boolean };

type Follow = (last: number, read: (name: string) => Promise<unknown>) => Promise<Followed>;
/** The client that partners are given, as it stands in the docs. */
const client = new URL("../../../docs/partners/follow.mjs", import.meta.url).href;
const { changesSince } = (await import(client)) as { readonly changesSince: Follow };

const site = `${aSiteFile}guard: { lose: 1, atLeast: 1000, quarantined: 1, grace: 0s }\npartners:\n  - { name: wire, profile: ninjs, channel: all, delay: 30m, changes: true }\n`;
const folder = "partners/wire/changes/";

type Newsroom = Awaited<ReturnType<typeof aNewsroom>>;

async function since(last: number, { target }: Newsroom): Promise<Followed> {
  return changesSince(last, async (name: string) => {
    const found = await target.read(`${folder}${name}`);
    return found === undefined ? undefined : JSON.parse(Buffer.from(found.bytes).toString());
  });
}

const at = (minutes: number): string => new Date(Date.parse("2026-03-01T10:00:00Z") + minutes * 60_000).toISOString();

const story = (name: string, more = {}, body = "It has a text.") =>
  aFile({ title: `Title of ${name}`, date: "2026-03-01T09:00:00Z", id: `tag:wire.example,2026:${name}`, ...more }, body);

describe("a partner's change log", () => {
  it("tells of a new article once it is released, of an edit, of a correction, and of a withdrawal at once", async () => {
    const newsroom = await aNewsroom({ "a.md": story("a") });
    await newsroom.publish(at(0), { site });
    const none = await since(0, newsroom);
    expect(none).toEqual({ last: 0, changes: [], missed: false });
    await newsroom.publish(at(30), { site });
    const released = await since(none.last, newsroom);
    expect(released.changes).toMatchObject([{ op: "update", state: "usable", id: "tag:wire.example,2026:a" }]);
    await newsroom.write("a.md", story("a", { correction: "It was two, not three." }));
    await newsroom.publish(at(40), { site });
    const corrected = await since(released.last, newsroom);
    expect(corrected.changes).toMatchObject([{ op: "update", state: "corrected" }]);
    await newsroom.write("a.md", story("a", { canceled: true }));
    await newsroom.publish(at(41), { site });
    const withdrawn = await since(corrected.last, newsroom);
    expect(withdrawn.changes).toMatchObject([{ op: "delete", state: "canceled" }]);
    expect((await since(0, newsroom)).changes.map(({ state }) => state)).toEqual(["usable", "corrected", "canceled"]);
    expect(await since(withdrawn.last, newsroom)).toMatchObject({ changes: [], last: withdrawn.last });
  });

  it("tells of an edit that comes within the same second, though the article's date stays", async () => {
    const newsroom = await aNewsroom({ "a.md": story("a") });
    await newsroom.publish(at(0), { site });
    await newsroom.publish(at(30), { site });
    const { last } = await since(0, newsroom);
    const moments = ["2026-03-01T10:40:00.100Z", "2026-03-01T10:40:00.900Z"];
    for (const [index, moment] of moments.entries()) {
      await newsroom.write("a.md", story("a", {}, `It has text ${index}.`));
      await newsroom.publish(moment, { site });
    }
    const { changes } = await since(last, newsroom);
    expect(changes).toHaveLength(2);
    expect(changes[1]!.seq).toBeGreaterThan(changes[0]!.seq);
  });

  it("leads to documents that are there, and has no title and no text", async () => {
    const newsroom = await aNewsroom({ "a.md": story("a"), "b.md": story("b") });
    await newsroom.publish(at(0), { site });
    await newsroom.publish(at(30), { site });
    const files = await newsroom.files();
    const { changes } = await since(0, newsroom);
    expect(changes).toHaveLength(2);
    for (const { href } of changes) expect(files).toHaveProperty([new URL(href, `https://a.example/${folder}`).pathname.slice(1)]);
    for (const [key, text] of Object.entries(files)) if (key.startsWith(folder)) expect(text).not.toMatch(/Title of|has a text/);
  });

  it("writes nothing when nothing changes, and never writes a part again", async () => {
    const newsroom = await aNewsroom({ "a.md": story("a") });
    await newsroom.publish(at(0), { site });
    await newsroom.publish(at(30), { site });
    const before = await newsroom.files();
    const { prepared } = await newsroom.publish(at(31), { site });
    expect(prepared.changes.plan.writes).toEqual([]);
    await newsroom.write("b.md", story("b"));
    await newsroom.publish(at(32), { site });
    await newsroom.publish(at(62), { site });
    const after = await newsroom.files();
    const parts = Object.keys(before).filter((key) => key.startsWith(folder) && !key.endsWith("latest.json"));
    expect(parts).toHaveLength(1);
    for (const key of parts) expect(after[key]).toBe(before[key]);
  });

  it("says that it was missed if the log no longer reaches back", async () => {
    const newsroom = await aNewsroom({ "a.md": story("a") });
    await newsroom.publish(at(0), { site });
    await newsroom.publish(at(30), { site });
    const day = 24 * 60;
    for (const [index, when] of [day, 35 * day, 40 * day].entries()) {
      await newsroom.write(`n${index}.md`, story(`n${index}`, { date: at(when - 60) }));
      await newsroom.publish(at(when), { site });
      await newsroom.publish(at(when + 30), { site });
    }
    expect((await since(1, newsroom)).missed).toBe(true);
    const all = await since(0, newsroom);
    expect((await since(all.changes.at(-2)!.seq, newsroom)).changes).toHaveLength(1);
  });

  it("tells that an article left the window, once, and still of its correction and its withdrawal", async () => {
    const narrow = site.replace("delay: 30m", "hours: 24");
    const day = 24 * 60;
    const newsroom = await aNewsroom({ "a.md": story("a"), "b.md": story("b", { date: at(100 * day) }) });
    const told = async (last: number, minute: number) => {
      await newsroom.publish(at(minute), { site: narrow });
      return since(last, newsroom);
    };
    const first = await told(0, 0);
    expect(first.changes).toMatchObject([{ op: "update", state: "usable" }]);
    const aged = await told(first.last, day - 60);
    expect(aged.changes).toMatchObject([{ op: "delete", state: "expired", reason: "window", updated: at(day - 60) }]);
    expect((await newsroom.publish(at(day), { site: narrow })).prepared.changes.plan.writes).toEqual([]);
    await newsroom.write("a.md", story("a", {}, "It has another text."));
    expect((await told(aged.last, day + 1)).changes).toEqual([]);
    await newsroom.write("a.md", story("a", { correction: "It was two, not three." }, "It has another text."));
    const corrected = await told(aged.last, day + 10);
    expect(corrected.changes).toMatchObject([{ op: "update", state: "corrected" }]);
    const document = `partners/wire/${corrected.changes[0]?.href.slice(3)}`;
    expect((await newsroom.files())[document]).toContain("It was two, not three.");
    const over = await told(corrected.last, 32 * day);
    expect(over.changes).toMatchObject([{ op: "delete", state: "expired", reason: "window" }]);
    expect(await newsroom.files()).not.toHaveProperty([document]);
    await newsroom.write("a.md", story("a", { canceled: true }));
    expect((await told(over.last, 33 * day)).changes).toMatchObject([{ op: "delete", state: "canceled" }]);
  });

  it("names no article that the profile leaves out, from the first run on, and takes back one that becomes so", async () => {
    const strict = site.replace(
      "profile: ninjs, channel: all, delay: 30m",
      "profile: generic, channel: all, settings: { bodyMinWords: 5 }",
    );
    const long = "It has a text of more than five words.";
    const newsroom = await aNewsroom({ "a.md": story("a", {}, long), "b.md": story("b", {}, "Too short.") });
    await newsroom.publish(at(0), { site: strict });
    const first = await since(0, newsroom);
    expect(first.changes).toMatchObject([{ op: "update", id: "tag:wire.example,2026:a" }]);
    expect((await newsroom.publish(at(1), { site: strict })).prepared.changes.plan.writes).toEqual([]);
    await newsroom.write("c.md", story("c", {}, "Short, too."));
    await newsroom.publish(at(2), { site: strict });
    expect((await since(first.last, newsroom)).changes).toEqual([]);
    await newsroom.write("a.md", story("a", {}, "No longer."));
    await newsroom.write("b.md", story("b", {}, long));
    await newsroom.publish(at(10), { site: strict });
    const { changes } = await since(first.last, newsroom);
    expect(changes.map(({ op, id }) => `${op} ${id.at(-1)}`).sort()).toEqual(["delete a", "update b"]);
  });

  it("leads who knew an earlier log of this name back to the beginning", async () => {
    const read = async (name: string) => (name === "latest.json" ? { last: 90, part: "90.json" } : { changes: [{ seq: 90 }] });
    expect([(await changesSince(70, read)).missed, (await changesSince(0, read)).missed, (await changesSince(90, read)).missed]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("says once what a hold kept back, however long it lasted", async () => {
    const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const newsroom = await aNewsroom(Object.fromEntries(names.map((name) => [`${name}.md`, story(name)])));
    const guarded = site.replace(/guard: .*\n/, "");
    await newsroom.publish(at(0), { site: guarded });
    await newsroom.publish(at(30), { site: guarded });
    const { last } = await since(0, newsroom);
    const narrowed = guarded.replace("channel: all", "where: { tag: none }");
    for (const minute of [40, 50, 60]) {
      const { prepared } = await newsroom.publish(at(minute), { site: narrowed });
      expect(prepared.changes.plan.holds.map(({ name }) => name)).toEqual(["partners/wire"]);
      expect((await since(last, newsroom)).changes).toEqual([]);
    }
    const { prepared } = await newsroom.publish(at(70), { site: narrowed });
    const allow = prepared.changes.plan.holds.map(({ name, hash }) => `${name}@${hash}`);
    await newsroom.publish(at(80), { site: narrowed, allow });
    const { changes } = await since(last, newsroom);
    expect(changes.map(({ op, id }) => `${op} ${id.at(-1)}`).sort()).toEqual(names.map((name) => `delete ${name}`));
  });

  it("ends with what the partner may have, however irregularly it looks and whatever run is cut", async () => {
    const newsroom = await aNewsroom({});
    let seed = 7;
    const chance = (of: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * of);
    };
    const held = new Map<string, string>();
    let last = 0;
    const seen = new Set<number>();
    const saidLast = new Map<string, string>();
    let minute = 0;
    for (let turn = 0; turn < 120; turn += 1) {
      minute += 1 + chance(20);
      const name = `s${chance(12)}`;
      const form = chance(5);
      if (form === 0) await newsroom.remove(`${name}.md`).catch(() => undefined);
      else
        await newsroom.write(
          `${name}.md`,
          story(name, form === 1 ? { canceled: true } : form === 2 ? { draft: true } : {}, `Text of turn ${turn}.`),
        );
      if (chance(4) === 0) await cut(newsroom, at(minute), 3 + chance(12));
      await newsroom.publish(at(minute + 0.5), { site });
      if (chance(3) > 0) continue;
      const found = await since(last, newsroom);
      expect(found.missed).toBe(false);
      for (const { seq, id, op, state, updated } of found.changes) {
        expect(seen.has(seq)).toBe(false);
        expect(seq).toBeGreaterThan(last);
        seen.add(seq);
        const said = `${op} ${state} ${updated}`;
        expect(said).not.toBe(saidLast.get(id));
        saidLast.set(id, said);
        held.set(id, op);
      }
      last = found.last;
    }
    for (const { id, op } of (await since(last, newsroom)).changes) held.set(id, op);
    const manifest = JSON.parse((await newsroom.files())["partners/wire/manifest.json"]!);
    const usable = manifest.items.filter(({ pubStatus }: { pubStatus: string }) => pubStatus === "usable");
    const mine = [...held].flatMap(([id, op]) => (op === "update" ? [id] : []));
    expect(mine.sort()).toEqual(usable.map(({ uri }: { uri: string }) => uri).sort());
    expect(mine.length).toBeGreaterThan(2);
    expect(seen.size).toBeGreaterThan(50);
  });
});

/** A run that dies at its n-th write to the target or the state. */
async function cut(newsroom: Newsroom, now: string, writes: number): Promise<void> {
  let left = writes;
  const dying = <Of extends Newsroom["target"]>(store: Of): Of => ({
    ...store,
    write: (...written: Parameters<Of["write"]>) => {
      left -= 1;
      if (left < 0) throw new Error("the run was cut");
      return store.write(...(written as Parameters<Newsroom["target"]["write"]>));
    },
  });
  await newsroom.publish(now, { site, ports: { target: dying(newsroom.target), state: dying(newsroom.state) } }).catch((error: unknown) => {
    if (!String(error).includes("cut") && !String((error as Error).cause).includes("cut")) throw error;
  });
}
