import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import { aFile, aNewsroom, type Newsroom } from "../support/a-newsroom.ts";
import { bytes, singleByte, utf8, utf16 } from "./hostile/row.ts";

type Item = { readonly id: string; readonly title: string };
const itemsOf = async (newsroom: Newsroom): Promise<readonly Item[]> =>
  (JSON.parse((await newsroom.files())["all/feed.json"] ?? '{"items":[]}') as { readonly items: readonly Item[] }).items;
const idsOf = async (newsroom: Newsroom): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries((await itemsOf(newsroom)).map(({ title, id }) => [title, id]));

const DAY = "2026-11-20T12:00:00Z";
const text = (title: string): string => aFile({ title, date: "2026-11-01T09:00:00Z" }, `The body of ${title}.`);
const id = (path: string): string => `tag:wire.example,2026-01-01:${path}`;

// Mutation: identity.ts, pathOf without `.normalize("NFC")`: the NFD row gets another id.
describe("a path", () => {
  test.each([
    ["in NFC", "café.md", "caf%C3%A9"],
    ["in NFD", "café.md".normalize("NFD"), "caf%C3%A9"],
    ["of emoji", "🚀/👩‍🚀.md", "%F0%9F%9A%80/%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80"],
    ["of Arabic", "أخبار/خبر.md", "%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%AE%D8%A8%D8%B1"],
    ["of Chinese", "新闻/要闻.md", "%E6%96%B0%E9%97%BB/%E8%A6%81%E9%97%BB"],
    ["with spaces", "a b/c  d.md", "a%20b/c%20%20d"],
    ["with percent signs", "100%/%2e%2e%2fa.md", "100%25/%252e%252e%252fa"],
    ["with dots", "a../b...md", "a../b.."],
    ["with characters that URLs reserve", "a?b#c&d=e.md", "a%3Fb%23c%26d%3De"],
    ["with quotation marks and brackets", "\"a\" <b> 'c'.md", "%22a%22%20%3Cb%3E%20'c'"],
    ["with direction marks", "a\u202Eb.md", "a%E2%80%AEb"],
    ["of 200 letters", `${"я".repeat(100)}.md`, "%D1%8F".repeat(100)],
  ])("%s is an article whose id is a URL", async (_, key, path) => {
    const newsroom = await aNewsroom({ [key]: text("T"), "other.md": text("Other") });
    const { prepared } = await newsroom.publish(DAY);
    expect(prepared.catalog.findings).toEqual([]);
    expect(await idsOf(newsroom)).toEqual({ T: id(path), Other: id("other") });
    expect(new URL(id(path)).toString()).toBe(id(path));
  });

  test.each(["../a.md", "a/../b.md", "/a.md", "a//b.md", "./a.md"])("no store accepts %s", async (key) => {
    const newsroom = await aNewsroom({});
    await expect(newsroom.content.write(key, Buffer.from(text("T")))).rejects.toThrow();
  });

  test("in both NFC and NFD is one id for two files, and the second gets a problem", async () => {
    const newsroom = await aNewsroom({ "café.md": text("One"), ["café.md".normalize("NFD")]: text("Two") });
    const { prepared } = await newsroom.publish(DAY);
    expect(new Set((await itemsOf(newsroom)).map((item) => item.id)).size).toBe((await itemsOf(newsroom)).length);
    expect(prepared.catalog.entries.length + prepared.catalog.findings.length).toBeGreaterThanOrEqual(2);
  });

  test("that is a symbolic link out of the folder is not followed", async () => {
    const [inside, outside] = [mkdtempSync(join(tmpdir(), "in-")), mkdtempSync(join(tmpdir(), "out-"))];
    try {
      writeFileSync(join(outside, "secret.md"), text("Secret"));
      writeFileSync(join(inside, "a.md"), text("T"));
      symlinkSync(join(outside, "secret.md"), join(inside, "b.md"));
      symlinkSync(outside, join(inside, "c"));
      const newsroom = await aNewsroom({}, { content: folderStore(inside) });
      await newsroom.publish(DAY).catch((error: unknown) => expect(String(error)).toMatch(/link/));
      expect(JSON.stringify(await newsroom.files())).not.toContain("Secret");
    } finally {
      rmSync(inside, { recursive: true });
      rmSync(outside, { recursive: true });
    }
  });
});

type Deed = (newsroom: Newsroom) => Promise<void>;
const move =
  (from: string, to: string): Deed =>
  async ({ content, write, remove }) => {
    const found = await content.read(from);
    await write(to, Buffer.from(found?.bytes ?? []).toString("utf8"));
    await remove(from);
  };

// Mutation: channels/identify.ts, `byContent.get(…)?.find(free)` to `undefined`: a moved file gets a new id.
describe("after a first run with a.md and b.md", () => {
  const [a, b] = [id("a"), id("b")];
  const rows: readonly (readonly [what: string, deed: Deed, ids: Readonly<Record<string, string>>])[] = [
    ["a file that moves keeps its id", move("a.md", "c.md"), { A: a, B: b }],
    ["a file that moves into a folder keeps its id", move("a.md", "x/y/z.md"), { A: a, B: b }],
    ["a file that becomes an index page keeps its id", move("a.md", "a/index.md"), { A: a, B: b }],
    ["a file whose name changes its case keeps its id", move("a.md", "A.md"), { A: a, B: b }],
    ["a file with a new extension keeps its id", move("a.md", "a.markdown"), { A: a, B: b }],
    [
      "a file with a new extension and new text keeps its id",
      async ({ write, remove }) => {
        await remove("a.md");
        await write("a.html", text("A").replace("The body", "<h2>The</h2> body"));
      },
      { A: a, B: b },
    ],
    [
      "a file that becomes an index page and is edited keeps its id",
      async ({ write, remove }) => {
        await remove("a.md");
        await write("a/index.md", text("A2"));
      },
      { A2: a, B: b },
    ],
    [
      "a file with a new extension next to a moved one gets another id",
      async (n) => {
        await move("a.md", "c.md")(n);
        await n.write("a.html", text("New"));
      },
      { A: a, B: b, New: `${a}~2` },
    ],
    [
      "a copy gets its own id",
      async ({ write }) => write("c.md", text("A").replace('title: "A"', 'title: "C"')),
      { A: a, B: b, C: id("c") },
    ],
    [
      "a file keeps its id if its text is copied to another path and then replaced",
      async (n) => {
        await move("a.md", "c.md")(n);
        await n.write("a.md", text("New"));
      },
      { A: id("c"), B: b, New: a },
    ],
    [
      "two files that swap places keep their ids",
      async (n) => {
        await move("a.md", "t.md")(n);
        await move("b.md", "a.md")(n);
        await move("t.md", "b.md")(n);
      },
      { A: a, B: b },
    ],
    ["an edit keeps the id", async ({ write }) => write("a.md", text("A2")), { A2: a, B: b }],
    [
      "a move and an edit of another file keep both ids",
      async (n) => {
        await move("a.md", "c.md")(n);
        await n.write("b.md", text("B2"));
      },
      { A: a, B2: b },
    ],
    [
      "a chain of moves keeps all ids",
      async (n) => {
        await move("b.md", "c.md")(n);
        await move("a.md", "b.md")(n);
      },
      { A: a, B: b },
    ],
    [
      "a file that is removed and rewritten keeps its id",
      async (n) => {
        await n.remove("a.md");
        await n.write("a.md", text("A"));
      },
      { A: a, B: b },
    ],
  ];
  test.each(rows)("%s", async (_, deed, ids) => {
    const newsroom = await aNewsroom({ "a.md": text("A"), "b.md": text("B") });
    await newsroom.publish(DAY);
    await deed(newsroom);
    await newsroom.publish("2026-11-20T13:00:00Z");
    expect(await idsOf(newsroom)).toEqual(ids);
  });
});

describe("the same Russian article, saved in another encoding", () => {
  const russian = [
    "---",
    "title: Ещё один поезд до Актау",
    "author: Анна Лебедева и Иван Петров",
    "date: 2026-11-18T07:30:00+05:00",
    "tags: [поезда, море]",
    "summary: Он пойдёт три раза в неделю.",
    "---",
    "",
    "Первый рейс назначен на субботу. Билеты, как объявили на вокзале, подешевеют к зиме: *вдвое*.",
    "",
    "> Мы ждали этого десять лет, сказал съехавший на пенсию машинист.",
    "",
    "- Отправление в 21:40",
    "- Прибытие в 6:15",
    "",
  ].join("\n");
  const published = async (bytes: Uint8Array): Promise<Readonly<Record<string, string>>> => {
    const newsroom = await aNewsroom({});
    await newsroom.content.write("поезд.md", bytes);
    await newsroom.publish(DAY);
    return Object.fromEntries(Object.entries(await newsroom.files()).filter(([path]) => path !== "status.json"));
  };

  test.each([
    ["UTF-8 with a byte order mark", bytes([0xef, 0xbb, 0xbf], russian)],
    ["UTF-8 with CRLF", utf8(russian.replaceAll("\n", "\r\n"))],
    ["UTF-16LE", utf16(russian, "LE")],
    ["UTF-16BE", utf16(russian, "BE")],
    ["windows-1251", singleByte(russian, "windows-1251")],
    ["KOI8-R", singleByte(russian, "koi8-r")],
    ["IBM866", singleByte(russian, "ibm866")],
    ["ISO-8859-5", singleByte(russian, "iso-8859-5")],
    ["macCyrillic", singleByte(russian, "x-mac-cyrillic")],
  ])("%s, gives the same bytes in every feed", async (_, file) => {
    const expected = await published(utf8(russian));
    expect(JSON.parse(expected["all/feed.json"] ?? "").items[0]).toMatchObject({
      title: "Ещё один поезд до Актау",
      language: "ru",
      authors: [{ name: "Анна Лебедева" }, { name: "Иван Петров" }],
      tags: ["поезда", "море"],
    });
    expect(await published(file)).toEqual(expected);
  });
});
