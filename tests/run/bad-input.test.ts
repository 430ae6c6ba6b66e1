import { describe, expect, test } from "vitest";
import { Fault } from "../../lambda/fault.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { ATOM, CONTENT, entriesOf, itemsOf, textOf } from "../feeds/strict-reader.ts";
import { aFile, aNewsroom } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

type Item = { readonly title: string; readonly content_html: string };
type Row = {
  readonly what: string;
  readonly key?: string;
  readonly bytes: Uint8Array | string;
  /** What becomes of it, and what is said: kind, line, a part of the message. */
  readonly published: boolean;
  readonly said?: readonly ["notice" | "problem", number | undefined, string];
};

const file = (head: string, body = "Some words.\n") => `---\ntitle: Odd\ndate: 2026-01-02\n${head}---\n${body}`;
const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

const rows: readonly Row[] = [
  {
    what: "broken YAML",
    bytes: "---\ntitle: [Odd\ndate: 2026-01-02\n---\nWords.\n",
    published: false,
    said: ["problem", 2, "not YAML: a list or text that begins here is never closed"],
  },
  {
    what: "a date of tomorrow",
    bytes: "---\ntitle: Odd\ndate: tomorrow\n---\nWords.\n",
    published: false,
    said: ["problem", 3, '"date" is not a date: got "tomorrow".'],
  },
  { what: "a control character", bytes: file("", "Some \u0001words.\n"), published: true, said: ["notice", 5, "U+0001"] },
  {
    what: "a lone surrogate in front matter",
    bytes: '---\ntitle: "Odd \\ud800"\ndate: 2026-01-02\n---\nWords.\n',
    published: true,
    said: ["notice", 2, "no feed can carry"],
  },
  {
    what: "a lone surrogate in the bytes",
    bytes: bytes(file("", "Some "), [0xed, 0xa0, 0x80], " words.\n"),
    published: false,
    said: ["problem", 5, "not UTF-8"],
  },
  { what: "]]> twice", bytes: file("", "First ]]> and second ]]> and &amp;amp;.\n"), published: true },
  {
    what: "bytes that are no text",
    bytes: bytes(file("", "Some "), [0xff, 0xfe, 0x80], " words.\n"),
    published: false,
    said: ["problem", 5, "not UTF-8"],
  },
  { what: "an empty file", bytes: "", published: false, said: ["problem", undefined, "empty"] },
  { what: "only NULs", bytes: new Uint8Array(64), published: false, said: ["problem", undefined, ""] },
  {
    what: "an id used twice",
    key: "z-odd.md",
    bytes: file("id: the-same\n"),
    published: false,
    said: ["problem", 4, '"the-same" already belongs to good.md'],
  },
  {
    what: "front matter that is never closed",
    bytes: "---\ntitle: Odd\ndate: 2026-01-02\n\nWords.\n",
    published: false,
    said: ["problem", 1, ""],
  },
  {
    what: "a day that does not exist",
    bytes: "---\ntitle: Odd\ndate: 2026-02-30\n---\nWords.\n",
    published: false,
    said: ["problem", 3, "not a date"],
  },
];

describe("an article with", () => {
  test.for(rows)("$what is explained, and every other article is published", async ({ key = "odd.md", bytes, published, said }) => {
    const newsroom = await aNewsroom({ "good.md": aFile({ title: "Good", date: "2026-01-03", id: "the-same" }) });
    await newsroom.content.write(key, typeof bytes === "string" ? Buffer.from(bytes) : bytes);
    const { prepared } = await newsroom.publish("2026-11-20T12:00:00Z");
    const { items } = JSON.parse((await newsroom.files())["all/feed.json"] ?? "{}") as { items: readonly Item[] };
    expect(items.map(({ title }) => title.trim())).toEqual(published ? ["Good", "Odd"] : ["Good"]);
    const [finding] = prepared.catalog.findings;
    if (said === undefined) expect(finding).toBeUndefined();
    else
      expect([finding?.key, finding?.kind, finding?.line, finding?.message]).toEqual([
        key,
        said[0],
        said[1],
        expect.stringContaining(said[2]),
      ]);
  });

  test("]]> and entities has its text whole in every format", async () => {
    const newsroom = await aNewsroom({ "odd.md": file("", "First ]]> and second ]]> and `&amp;`.\n") });
    await newsroom.publish("2026-11-20T12:00:00Z");
    const files = await newsroom.files();
    const { items } = JSON.parse(files["all/feed.json"] ?? "{}") as { items: readonly Item[] };
    const whole = "<p>First ]]> and second ]]> and <code>&amp;amp;</code>.</p>";
    const [item, entry] = [itemsOf(files["all/rss.xml"] ?? "")[0], entriesOf(files["all/atom.xml"] ?? "")[0]];
    expect([items[0]?.content_html, item && textOf(item, `${CONTENT}encoded`), entry && textOf(entry, `${ATOM}content`)]).toEqual([
      whole,
      whole,
      whole,
    ]);
  });
});

/** A folder of two good articles, in which one file cannot be read: neither whole, nor in part. */
const aContentWith = async (key: string, read: (key: string) => Promise<undefined>) => {
  const memory = memoryStore("content");
  const content: Store = { ...memory, read: (one, range) => (one === key ? read(one) : memory.read(one, range)) };
  const good = { "a.md": aFile({ title: "A", date: "2026-03-01", image: "a.png" }), "b.md": aFile({ title: "B", date: "2026-03-02" }) };
  const newsroom = await aNewsroom(good, { content });
  await memory.write(key, Buffer.from("any"));
  const { prepared } = await newsroom.publish("2026-11-20T12:00:00Z");
  const feed = (await newsroom.files())["all/feed.json"] ?? "";
  return { titles: (JSON.parse(feed) as { items: Item[] }).items.map(({ title }) => title), prepared };
};
const denied = () => Promise.reject(new Fault("Cannot read it.", { kind: "unreadable" }));

describe("a file that nobody can read stops no other", () => {
  test("an article that may not be read is a problem at its place", async () => {
    const { titles, prepared } = await aContentWith("c.md", denied);
    expect(titles).toEqual(["B", "A"]);
    expect(prepared.catalog.findings).toMatchObject([{ kind: "problem", code: "file-unreadable", key: "c.md" }]);
  });

  test("an article whose name is not UTF-8 is a problem at what can be read of its name", async () => {
    const { titles, prepared } = await aContentWith("caf\ufffd.md", async () => undefined);
    expect(titles).toEqual(["B", "A"]);
    expect(prepared.catalog.findings).toMatchObject([{ kind: "problem", code: "name-not-utf8", key: "caf\ufffd.md" }]);
  });

  test("a picture that may not be read is a notice at the article that shows it", async () => {
    const { titles, prepared } = await aContentWith("a.png", denied);
    expect(titles).toEqual(["B", "A"]);
    expect(prepared.notices).toMatchObject([{ kind: "notice", code: "file-mistaken", key: "a.md" }]);
  });

  test("a content that may not be read at all is a fault", async () => {
    await expect(aContentWith("c.md", () => Promise.reject(new Fault("S3 denies.")))).rejects.toThrow("S3 denies.");
  });
});
