import { describe, expect, test } from "vitest";
import type { Key, Store } from "../../../lambda/stores/store.ts";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../../support/a-newsroom.ts";
import { headOf, lose, putBack } from "../../support/a-state.ts";
import { memoryStore } from "../../support/stores/memory-store.ts";

const site = `${aSiteFile}pages: true\n`;
const [noon, one, two, three] = ["2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", "2026-11-20T14:00:00Z", "2026-11-20T15:00:00Z"];
const says = (more: Readonly<Record<string, string | boolean>>) => (name: string) =>
  aFile({ title: `Article ${name}`, date: `2026-03-${name}T09:00:00Z`, ...more }, `The body of article ${name}.`);
const withheld = {
  embargoed: says({ embargo: "2027-01-01T00:00:00Z" }),
  "a draft": says({ draft: true }),
  withdrawn: says({ status: "canceled" }),
};
const names = ["01", "02", "03", "04", "05", "06"];
type Newsroom = Awaited<ReturnType<typeof aNewsroom>>;

/** Every key of the target, variants too, but for those of feeds and of the site as a whole. */
const beside = async ({ target }: Newsroom) =>
  (await target.list())
    .map(({ key }) => key)
    .filter((key) => !/^(all\/|index\.html|404\.html|feeds\.opml|status\.json|edge\.json)/.test(key));

/** A target before which the time runs out, or the process ends, after so many writes. */
function cutAfter(writes: number, target: Store): { readonly target: Store; readonly left: () => number } {
  let done = 0;
  return {
    target: {
      ...target,
      write: async (...all) =>
        target.write(...all).finally(() => {
          done += 1;
        }),
    },
    left: () => (done < writes ? 60_000 : 0),
  };
}

async function withholdAll(newsroom: Newsroom, how: (name: string) => string): Promise<void> {
  for (const name of names) await newsroom.write(`a-${name}.md`, how(name));
}

describe("pages of a run that was out of time are gone with the next run, where their articles are then", () => {
  test.each(Object.entries(withheld))("%s", async (_, how) => {
    const newsroom = await aNewsroom(someArticles(6));
    const ports = cutAfter(7, newsroom.target);
    await expect(newsroom.publish(noon, { site, ports })).rejects.toThrow(/^Time ran out/);
    expect((await beside(newsroom)).length).toBeGreaterThan(4);
    await withholdAll(newsroom, how);
    await newsroom.publish(one, { site });
    expect(await beside(newsroom)).toEqual([]);
  });

  test("and are kept, not written again, if they are still desired", async () => {
    const newsroom = await aNewsroom(someArticles(6));
    await expect(newsroom.publish(noon, { site, ports: cutAfter(7, newsroom.target) })).rejects.toThrow();
    const there = await newsroom.target.list();
    await newsroom.publish(one, { site });
    const after = new Map((await newsroom.target.list()).map(({ key, version }) => [key, version]));
    const whole = there.filter(({ key }) => there.some((other) => other.key === `${key}.gz`));
    expect(whole.length).toBeGreaterThan(2);
    expect(whole.filter(({ key, version }) => after.get(key) !== version)).toEqual([]);
  });
});

test("a variant that a cut run wrote without its page is deleted, too", async () => {
  const newsroom = await aNewsroom(someArticles(6));
  const target: Store = {
    ...newsroom.target,
    write: (key, ...all) => (key.endsWith("index.html") ? Promise.reject(new Error("power cut")) : newsroom.target.write(key, ...all)),
  };
  await expect(newsroom.publish(noon, { site, ports: { target } })).rejects.toThrow("power cut");
  expect(await beside(newsroom)).toContain("a-01/index.html.gz");
  await withholdAll(newsroom, withheld.embargoed);
  await newsroom.publish(one, { site });
  expect(await beside(newsroom)).toEqual([]);
});

describe("pages are known without the manifest that knew them", () => {
  test.each(Object.entries(withheld))("of articles that are %s by then", async (_, how) => {
    const newsroom = await aNewsroom(someArticles(6));
    await newsroom.publish(noon, { site });
    await lose(newsroom.state, "manifest");
    await withholdAll(newsroom, how);
    await newsroom.publish(one, { site });
    expect(await beside(newsroom)).toEqual([]);
  });

  test("of articles that came after a manifest that was put back", async () => {
    const newsroom = await aNewsroom({ "a-01.md": says({})("01") });
    await newsroom.publish(noon, { site });
    const old = await headOf(newsroom.state);
    for (const name of names) await newsroom.write(`a-${name}.md`, says({})(name));
    await newsroom.publish(one, { site });
    await putBack(newsroom.state, "manifest", old);
    await withholdAll(newsroom, withheld.embargoed);
    await newsroom.publish(two, { site });
    expect(await beside(newsroom)).toEqual([]);
  });

  test("and at addresses without an ending, or with another one", async () => {
    const at = (url: string, more = {}) => aFile({ title: url, date: "2026-03-01T09:00:00Z", url, ...more });
    const newsroom = await aNewsroom({ "a.md": at("/deep/er/story"), "b.md": at("/story.php"), "c.md": at("/чай/") });
    await newsroom.publish(noon, { site });
    expect(await beside(newsroom)).toContain("чай/index.html");
    await lose(newsroom.state, "manifest");
    for (const [key, url] of [
      ["a.md", "/deep/er/story"],
      ["b.md", "/story.php"],
      ["c.md", "/чай/"],
    ] as const)
      await newsroom.write(key, at(url, { draft: true }));
    await newsroom.publish(one, { site });
    expect(await beside(newsroom)).toEqual([]);
  });
});

describe("what somebody else laid into the target stays", () => {
  const theirs: Readonly<Record<Key, string>> = {
    "about.html": "<!doctype html>\n<title>About us</title>",
    "favicon.ico": "icon",
    "notes/index.html.gz": "no gzip at all",
    "robots.txt": "User-agent: *\nAllow: /\n",
    "tea/index.html": "",
  };
  const laid = async () => {
    const newsroom = await aNewsroom(someArticles(6));
    await newsroom.publish(noon, { site });
    for (const [key, text] of Object.entries(theirs)) await newsroom.target.write(key, Buffer.from(text));
    return newsroom;
  };

  test("also a copy of our page in another place, and also without a manifest", async () => {
    const newsroom = await laid();
    const page = await newsroom.target.read("a-02/index.html");
    await newsroom.target.write("kept/a-02.html", page?.bytes ?? new Uint8Array());
    await lose(newsroom.state, "manifest");
    await withholdAll(newsroom, withheld.embargoed);
    await newsroom.publish(one, { site });
    expect(await beside(newsroom)).toEqual([...Object.keys(theirs), "kept/a-02.html"].sort());
  });

  test("in the place of our page whose article is now withheld, and our variant beside it is deleted", async () => {
    const newsroom = await laid();
    await newsroom.target.write("a-02/index.html", Buffer.from("theirs"));
    await withholdAll(newsroom, withheld.embargoed);
    await newsroom.publish(one, { site });
    expect(await beside(newsroom)).toEqual(["a-02/index.html", ...Object.keys(theirs)].sort());
    expect((await newsroom.files())["a-02/index.html"]).toBe("theirs");
  });

  test("also if an article gets its address: the article has no page and no link until the file is gone", async () => {
    const newsroom = await laid();
    await newsroom.publish(one, { site });
    const link = async () => JSON.parse((await newsroom.files())["all/feed.json"] ?? "").items[0].url;
    await newsroom.write("tea.md", aFile({ title: "Tea", date: "2026-03-09T09:00:00Z" }));
    const { prepared } = await newsroom.publish(two, { site });
    expect(prepared.notices.map(({ code, key }) => [code, key])).toContainEqual(["page-occupied", "tea.md"]);
    expect([(await newsroom.files())["tea/index.html"], await link()]).toEqual(["", undefined]);
    await newsroom.target.remove("tea/index.html");
    await newsroom.publish(three, { site });
    expect((await newsroom.files())["tea/index.html"]).toContain("<title>Tea");
    expect(await link()).toBe("https://wire.example/tea/");
  });

  test("except a file that no run found before a page was written there, or one in the place of a page that stays", async () => {
    const newsroom = await laid();
    await newsroom.target.write("a-02/index.html", Buffer.from("theirs"));
    await newsroom.write("tea.md", aFile({ title: "Tea", date: "2026-03-09T09:00:00Z" }));
    const { prepared } = await newsroom.publish(one, { site });
    const files = await newsroom.files();
    expect(prepared.notices).toEqual([]);
    expect([files["tea/index.html"], files["a-02/index.html"]]).toEqual([
      expect.stringContaining("<title>Tea"),
      expect.stringContaining("<title>"),
    ]);
  });

  test("and is read once, as long as it does not change", async () => {
    const memory = memoryStore("target");
    const read: Key[] = [];
    const target: Store = {
      ...memory,
      read: (key, range) => {
        read.push(key);
        return memory.read(key, range);
      },
    };
    const newsroom = await aNewsroom(someArticles(2), { target });
    await newsroom.publish(noon, { site });
    for (const [key, text] of Object.entries(theirs)) await memory.write(key, Buffer.from(text));
    read.length = 0;
    await newsroom.publish(one, { site });
    expect(read.sort()).toEqual(Object.keys(theirs).sort());
    for (const now of [two, three]) expect((await newsroom.publish(now, { site })).prepared.changes.plan.writes).toEqual([]);
    expect(read.length).toBe(Object.keys(theirs).length);
  });
});

test("another wire in a folder of the target keeps its pages, and readers of this one their gzip", async () => {
  const [newsroom, other] = [await aNewsroom(someArticles(2)), await aNewsroom({ "c.md": says({})("07") })];
  await other.publish(noon, { site: site.replace("wire.example/", "wire.example/b/") });
  await newsroom.publish(noon, { site });
  const table = (await newsroom.files())["edge.json"];
  for (const { key } of await other.target.list())
    await newsroom.target.write(`b/${key}`, (await other.target.read(key))?.bytes ?? new Uint8Array());
  const all = (await newsroom.target.list()).map(({ key }) => key);
  expect(all).toContain("b/c/index.html.gz");
  await newsroom.publish(one, { site });
  expect((await newsroom.target.list()).map(({ key }) => key)).toEqual(all);
  expect((await newsroom.files())["edge.json"]).toBe(table);
});

test("a page with a foreign canonical address is somebody else's, and stops no run", async () => {
  const newsroom = await aNewsroom(someArticles(1));
  await newsroom.publish(noon, { site });
  const page = (await newsroom.files())["a-01/index.html"] ?? "";
  await newsroom.target.write("kept.html", Buffer.from(page.replaceAll("https://wire.example/a-01/", "/kept.html")));
  await newsroom.publish(one, { site });
  expect(await beside(newsroom)).toContain("kept.html");
});

test("a page that no manifest has stays as long as a held feed links to it", async () => {
  const newsroom = await aNewsroom(someArticles(6));
  await newsroom.publish(noon, { site });
  for (const name of names) await newsroom.remove(`a-${name}.md`);
  await newsroom.publish(one, { site });
  const [hold] = (await newsroom.publish(three, { site })).prepared.changes.plan.holds;
  expect(hold?.name).toBe("run");
  await lose(newsroom.state, "manifest");
  await newsroom.publish("2026-11-20T16:00:00Z", { site });
  expect(await beside(newsroom)).toContain("a-01/index.html");
  await newsroom.publish("2026-11-20T17:00:00Z", { site, allow: [`run@${hold?.hash}`] });
  expect(await beside(newsroom)).toEqual([]);
});

describe("variants in an encoding that site.yaml no longer asks for", () => {
  const both = `${site}encodings: [gzip, br]\n`;
  const brotli = async ({ target }: Newsroom) => (await target.list()).map(({ key }) => key).filter((key) => key.endsWith(".br"));

  test("are deleted by the run after the one that updates the edge", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site: both });
    const before = await brotli(newsroom);
    await newsroom.publish(one, { site });
    expect(await brotli(newsroom)).toEqual(before);
    expect((await newsroom.publish(two, { site })).prepared.changes.plan.writes).toEqual([]);
    expect(await brotli(newsroom)).toEqual([]);
    expect((await newsroom.publish(three, { site })).prepared.changes.plan.removes).toEqual([]);
  });

  test("are deleted at once if their files have changed", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site: both });
    await newsroom.write("a-02.md", withheld.embargoed("02"));
    await newsroom.publish(one, { site });
    expect(await brotli(newsroom)).toEqual(["404.html.br", "a-01/index.html.br", "feeds.opml.br"]);
  });

  test("are deleted at once if a cut run wrote their files", async () => {
    const newsroom = await aNewsroom(someArticles(2));
    await newsroom.publish(noon, { site: both });
    await newsroom.write("a-02.md", withheld.embargoed("02"));
    const { write } = newsroom.target;
    const target: Store = {
      ...newsroom.target,
      write: (key, ...rest) => (key === "edge.json" ? Promise.reject(new Error("cut")) : write(key, ...rest)),
    };
    await expect(newsroom.publish(one, { site, ports: { target } })).rejects.toThrow("cut");
    await newsroom.publish(two, { site });
    expect(await brotli(newsroom)).toEqual(["404.html.br", "a-01/index.html.br", "feeds.opml.br"]);
  });
});
