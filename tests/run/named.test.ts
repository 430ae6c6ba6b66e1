import { describe, expect, test } from "vitest";
import type { Ports } from "../../lambda/run/ports.ts";
import { loadState } from "../../lambda/state/state.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aFile, aNewsroom, aSiteFile, type Newsroom } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

/** Files by key; undefined deletes the file. */
type Edits = Readonly<Record<string, string | Uint8Array | undefined>>;

const story = (day: number, body = `The words of day ${day}.`, says: Readonly<Record<string, string>> = {}) =>
  aFile({ title: `Story ${day}`, date: `2026-03-${String(day).padStart(2, "0")}T09:00:00Z`, ...says }, body);
const picture = (says: string) => Buffer.from(`\x89PNG\r\n\x1a\n${says}`, "latin1");
const index = aFile({ title: "An index with a date", date: "2026-03-20T09:00:00Z" });

const beginning: Edits = {
  "a.md": story(1),
  "b.md": story(2, "![A picture](b.png)"),
  "b.png": picture("of b"),
  "c.md": story(3, "![A picture](later.png)"),
  "unshown.png": picture("that no article shows yet"),
  "alone/index.md": index,
  "shared/index.md": index,
  "shared/one.md": story(4),
  "letter.docx": "x",
  "readme.md": "ignored",
  "undated.md": "# Undated\n\nWords.\n",
};
const site = `${aSiteFile}channels: [{ name: all, archive: monthly }, { by: tag }]\n`;
const now = (minute: number) => `2026-11-23T09:${String(minute).padStart(2, "0")}:00Z`;

/** Counts the listings of a store, and names those of a folder. */
function listed(store: Store) {
  const asked = { lists: 0, folders: [] as string[], finds: [] as string[] };
  const watched: Store = {
    ...store,
    list: (prefix) => {
      if (prefix === undefined) asked.lists += 1;
      else asked.folders.push(prefix);
      return store.list(prefix);
    },
    scan: (prefix, points) => {
      asked.lists += 1;
      return store.scan(prefix, points);
    },
    find: (key) => {
      asked.finds.push(key);
      return store.find(key);
    },
  };
  return { watched, asked };
}

async function aWatchedNewsroom() {
  const { watched, asked } = listed(memoryStore("content"));
  const newsroom = await aNewsroom({}, { content: watched });
  await edit(newsroom, beginning);
  await newsroom.publish(now(0), { site });
  Object.assign(asked, { lists: 0, folders: [], finds: [] });
  return { newsroom, asked };
}

async function edit({ content }: Newsroom, edits: Edits): Promise<void> {
  for (const [key, file] of Object.entries(edits)) {
    if (file === undefined) await content.remove(key);
    else await content.write(key, typeof file === "string" ? Buffer.from(file) : file);
  }
}

async function outcomeOf(newsroom: Newsroom) {
  const { ledger, catalog, manifest } = await loadState(newsroom.state);
  return { files: await newsroom.files(), ledger: ledger.value, catalog: catalog.value, manifest: manifest.value };
}

/** Makes the same edits in two newsrooms, whose runs look at the named keys or list everything; returns both, and what was asked. */
async function both(rounds: readonly { readonly edits: Edits; readonly named?: readonly string[] }[], ports: Partial<Ports> = {}) {
  const { newsroom, asked } = await aWatchedNewsroom();
  const whole = (await aWatchedNewsroom()).newsroom;
  const reports = [];
  for (const [round, { edits, named = Object.keys(edits) }] of rounds.entries()) {
    await edit(newsroom, edits);
    await edit(whole, edits);
    // With the grace over between two rounds.
    const at = `2026-11-2${3 + round}T10:00:00Z`;
    const { prepared } = await newsroom.publish(at, { site, ports: { ...ports, named } });
    const { prepared: other } = await whole.publish(at, { site });
    reports.push([prepared.intake, other.intake]);
  }
  return { newsroom, whole, asked, reports };
}

describe("a run that notices of S3 call looks at the named keys, does not list the content, and publishes the same", () => {
  test.each<[string, readonly { readonly edits: Edits; readonly named?: readonly string[] }[]]>([
    ["after an edit, a new article and a deletion", [{ edits: { "a.md": story(1, "Other words."), "d.md": story(5), "c.md": undefined } }]],
    ["once the grace of a deletion is over", [{ edits: { "a.md": undefined } }, { edits: { "e.md": story(6) } }]],
    ["for repeated and unordered notices", [{ edits: { "d.md": story(5) }, named: ["d.md", "a.md", "d.md", "d.md"] }]],
    ["for keys that are not there, and never were", [{ edits: { "d.md": story(5) }, named: ["d.md", "nothing.md", "no/thing.png"] }]],
    ["for notices without any change", [{ edits: {}, named: ["a.md", "b.png"] }]],
    ["for ignored and hidden files", [{ edits: { "d/README.md": "x", ".git/a.md": "x" } }]],
    ["when a picture is replaced", [{ edits: { "b.png": picture("another") } }]],
    ["when a missing picture comes", [{ edits: { "later.png": picture("at last") } }]],
    ["when a new article shows an old picture", [{ edits: { "d.md": story(5, "![Old](unshown.png)") } }]],
    ["when a neighbour comes beside an index page", [{ edits: { "alone/two.md": story(7) } }]],
    ["when an index page loses its neighbour", [{ edits: { "shared/one.md": undefined } }]],
    [
      "when an article becomes a draft, and comes back",
      [{ edits: { "a.md": story(1, "Words.", { draft: "true" }) } }, { edits: { "a.md": story(1) } }],
    ],
    ["when a file breaks, and is mended", [{ edits: { "a.md": aFile({ date: "tomorrow" }) } }, { edits: { "a.md": story(1) } }]],
    [
      "when an index page is gone, and only its new neighbour is noticed at first",
      [
        { edits: { "alone/index.md": undefined, "alone/one.md": story(9) }, named: ["alone/one.md"] },
        { edits: {}, named: ["alone/index.md"] },
      ],
    ],
    ["when a file moves", [{ edits: { "undated.md": undefined, "moved/undated.md": "# Undated\n\nWords.\n" } }]],
    [
      "when a file moves, and only its new place is noticed yet",
      [{ edits: { "undated.md": undefined, "moved/undated.md": "# Undated\n\nWords.\n" }, named: ["moved/undated.md"] }],
    ],
  ])("%s", async (_, rounds) => {
    const { newsroom, whole, asked, reports } = await both(rounds);
    expect(await outcomeOf(newsroom)).toEqual(await outcomeOf(whole));
    expect(asked.lists).toBe(0);
    for (const [named, other] of reports) expect(named?.passedOver).toEqual(other?.passedOver);
  });

  test("and asks once for each key, and for each place of a picture that is still missing", async () => {
    const { asked } = await both([{ edits: { "d.md": story(5) }, named: ["d.md", "d.md", "e.md"] }]);
    expect(asked.finds).toEqual(["d.md", "e.md", "later.png", "c/later.png"]);
  });
});

test("it lists the folder of an index page that may be the only article there: others may not be noticed yet", async () => {
  const edits = { "new/index.md": index, "new/one.md": story(8), "new/letter.docx": "x", "new/below/two.md": story(9) };
  const { newsroom, whole, asked } = await both([{ edits, named: ["new/index.md"] }]);
  expect([asked.lists, asked.folders]).toEqual([0, ["new/"]]);
  const titles = (feed: string) => (JSON.parse(feed) as { items: { title: string }[] }).items.map(({ title }) => title);
  const [named, other] = [await newsroom.files(), await whole.files()].map((files) => titles(files["all/feed.json"] ?? ""));
  expect(named).toEqual(other?.filter((title) => title !== "Story 9"));
});

describe("it lists the content", () => {
  test.each<[string, Edits, Partial<Ports>]>([
    ["if site.yaml is named", { "site.yaml": "x" }, {}],
    ["if a file is named that looks like an article and is not taken, because every report counts these", { "other.docx": "x" }, {}],
    ["if a picture is gone that articles show, because another may take its place", { "b.png": undefined }, {}],
    ["if another program read the catalog", { "d.md": story(5) }, { program: "another" }],
  ])("%s", async (_, edits, ports) => {
    const { asked, newsroom, whole } = await both([{ edits }], ports);
    expect(asked.lists).toBe(1);
    if (ports.program === undefined) expect(await outcomeOf(newsroom)).toEqual(await outcomeOf(whole));
  });

  test("if nothing is known yet", async () => {
    const { watched, asked } = listed(memoryStore("content"));
    const newsroom = await aNewsroom({ "a.md": story(1), "b.md": story(2) }, { content: watched });
    await newsroom.publish(now(0), { site, ports: { named: ["a.md"] } });
    expect([asked.lists, (await newsroom.files())["all/feed.json"]]).toEqual([1, expect.stringContaining("Story 2")]);
  });

  test("if the last run had no time to read everything, so that no source is taken for gone", async () => {
    const { watched, asked } = listed(memoryStore("content"));
    const newsroom = await aNewsroom({ "a.md": story(1), "b.md": story(2) }, { content: watched });
    let left = 20_000;
    const hasty = { left: () => (left -= 3_000) };
    await expect(newsroom.publish(now(0), { site, ports: hasty })).rejects.toThrow("Time ran out");
    asked.lists = 0;
    await newsroom.publish(now(1), { site, ports: { named: ["a.md"] } });
    expect([asked.lists, (await newsroom.files())["all/feed.json"]]).toEqual([1, expect.stringContaining("Story 2")]);
  });
});
