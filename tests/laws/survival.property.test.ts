import fc from "fast-check";
import type { Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { expect, test } from "vitest";
import { ATOM, all, CONTENT, DC, entriesOf, itemsOf, textOf, texts } from "../feeds/strict-reader.ts";
import { aFile, aNewsroom } from "../support/a-newsroom.ts";
import { newsroomRuns } from "../support/histories/newsroom-runs.ts";
import { TRAP_NAMES, trapTexts } from "../support/histories/trap-texts.ts";
import { countTraps } from "../support/histories/traps.ts";

const runs = { numRuns: newsroomRuns(30) };
const traps = countTraps();
const { said, text } = trapTexts(traps);

/** Half of a surrogate pair cannot be saved in UTF-8; front matter can contain it as an escape. */
const saved = (text: string): string => text.toWellFormed();
/**
 * A text that begins with its own letter, so that no other script strays into it. A byte order mark in it is a space in one field
 * and nothing in another.
 */
const line = said.map((text) => `a ${text.replaceAll("\uFEFF", "")}`);
const story = fc.record({
  title: line,
  summary: line,
  section: line,
  tags: fc.uniqueArray(line, { maxLength: 3 }),
  author: line,
  body: said.map(saved),
});
type Story = Readonly<Record<"title" | "summary" | "section" | "author" | "body", string>> & { readonly tags: readonly string[] };

/** What remains of a text on one line: single spaces, composed, without characters that no feed can hold. */
const onOneLine = (text: string): string =>
  text
    .replace(/[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, "")
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim();

/** The same for a body, in which nobody sees spaces beside removed parts. */
const spoken = (text: string): string => onOneLine(onOneLine(text));

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
/** As JSON, which is YAML; a character that decoding would remove is an escape, so that it arrives in its place. */
const quoted = (value: unknown): string =>
  JSON.stringify(value).replace(/[\x7F-\x9F\uFFFE\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const fileOf = ({ title, summary, section, author, tags, body }: Story): string => {
  const fields = { title, summary, section, authors: [{ name: author }], tags, date: "2026-11-20T09:00:00Z", lang: "en" };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${quoted(value)}`);
  return `---\n${head.join("\n")}\n---\n<p>${escaped(body)}</p>\n`;
};

/** What a browser shows of HTML. */
const shown = (html: string): string => textIn(fromHtml(html, { fragment: true }));
const textIn = (node: Nodes): string => ("children" in node ? node.children.map(textIn).join("") : node.type === "text" ? node.value : "");

type Item = Readonly<Record<"title" | "summary" | "content_html", string>> & {
  readonly authors: readonly { readonly name: string }[];
  readonly tags: readonly string[];
};

test("any text of an article reaches a strict reader of RSS, of Atom and of JSON Feed", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (says) => {
      const newsroom = await aNewsroom({ "a.html": fileOf(says) });
      const { prepared } = await newsroom.publish("2026-11-21T00:00:00Z");
      expect([prepared.changes.plan.holds, prepared.catalog.findings.filter(({ kind }) => kind === "problem")]).toEqual([[], []]);
      const files = await newsroom.files();
      const [item] = itemsOf(files["all/rss.xml"] ?? "");
      const [entry] = entriesOf(files["all/atom.xml"] ?? "");
      const [json] = (JSON.parse(files["all/feed.json"] ?? "") as { readonly items: readonly Item[] }).items;
      if (item === undefined || entry === undefined || json === undefined) throw new Error("not published");
      const read = [
        {
          title: textOf(item, "title"),
          summary: shown(textOf(item, "description") ?? ""),
          body: shown(textOf(item, `${CONTENT}encoded`) ?? ""),
          authors: texts(item, `${DC}creator`),
          terms: texts(item, "category"),
        },
        {
          title: textOf(entry, `${ATOM}title`),
          summary: textOf(entry, `${ATOM}summary`),
          body: shown(textOf(entry, `${ATOM}content`) ?? ""),
          authors: all(entry, `${ATOM}author`).map((author) => textOf(author, `${ATOM}name`)),
          terms: all(entry, `${ATOM}category`).map(({ attributes }) => attributes["term"]),
        },
        {
          title: json.title,
          summary: json.summary,
          body: shown(json.content_html),
          authors: json.authors.map(({ name }) => name),
          terms: json.tags,
        },
      ];
      const whole = {
        title: onOneLine(says.title),
        summary: onOneLine(says.summary),
        body: spoken(says.body),
        // Names have their own syntax (`Ann <ann@…>`); tests/articles/front-matter/fields/people.test.ts covers it.
        authors: prepared.catalog.entries[0]?.meta.authors.map(({ name }) => onOneLine(name)).filter((name) => name !== "") ?? [],
        terms: [...new Set([says.section, ...says.tags].map(onOneLine))],
      };
      for (const one of read) expect({ ...one, body: spoken(one.body) }).toEqual(whole);
    }),
    runs,
  );
});

/** In every field, possibly without anything that a feed can hold. */
const anything = fc.record({
  title: text,
  id: text,
  slug: text,
  section: text,
  tags: fc.array(text, { maxLength: 3 }),
  authors: fc.array(fc.record({ name: line, url: text.map((end) => `https://wire.example/${end}`) }), { maxLength: 2 }),
  summary: text,
  correction: text,
  permalink: text.map((end) => `/a${end}`),
  image: fc.record({ url: text.map((end) => `https://wire.example/${end}.png`), alt: text }),
  audio: fc.record({ url: text.map((end) => `https://wire.example/${end}.mp3`), title: text }),
  via: fc.record({ url: text.map((end) => `https://wire.example/${end}`), title: text }),
  comments: text.map((end) => `https://wire.example/${end}`),
  license: text.map((end) => `https://wire.example/${end}`),
  reason: text,
  status: fc.constantFrom("published", "canceled"),
});
const anyBody = fc.oneof(
  text.map((written) => escaped(saved(written))),
  fc.constantFrom("", "# &#1;", "&#1;", "&#127;\n\ntext", "<h1>&#xFDD0;</h1>\n\ntext"),
);

test("whatever its fields contain, an article is published or refused by itself, and holds no feed", async () => {
  const head = (fields: object): string =>
    Object.entries({ date: "2026-11-20T09:00:00Z", ...fields })
      .map(([name, value]) => `${name}: ${quoted(value)}\n`)
      .join("");
  await fc.assert(
    fc.asyncProperty(anything, fc.subarray(["title", "id", "slug", "permalink"]), anyBody, async (fields, without, body) => {
      const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !without.includes(name)));
      const written = `---\n${head({ ...kept, status: "published" })}---\n${body}\n`;
      const newsroom = await aNewsroom({ "a.md": written, "plain.md": aFile({ title: "Plain", date: "2026-11-19T09:00:00Z" }) });
      const both = [await newsroom.publish("2026-11-21T00:00:00Z")];
      await newsroom.write("a.md", `---\n${head(kept)}---\n${body}\n`);
      both.push(await newsroom.publish("2026-11-22T00:00:00Z"));
      for (const { prepared } of both) {
        expect(prepared.changes.plan.holds).toEqual([]);
        const refused = prepared.catalog.findings.some(({ kind }) => kind === "problem");
        expect(prepared.catalog.entries).toHaveLength(refused ? 1 : 2);
      }
      expect((await newsroom.files())["all/rss.xml"]).toContain("<title>Plain</title>");
    }),
    runs,
  );
});

test("the generators reach every trap", () => expect(traps.missed(TRAP_NAMES, 3)).toEqual([]));
