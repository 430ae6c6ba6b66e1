import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bodyOf, sourceFormatOf } from "../../lambda/articles/body.ts";
import { boundedTitle } from "../../lambda/articles/bounds.ts";
import { chooseTitle } from "../../lambda/articles/headline.ts";
import { NOTES, plainText } from "../../lambda/articles/html/plain-text.ts";
import { languageOfText } from "../../lambda/articles/language/language.ts";
import { withoutSigns, withoutTemplateTags } from "../../lambda/articles/markdown/template-text.ts";
import { opened } from "../../lambda/articles/opened.ts";
import { parseBody, parseSummary } from "../../lambda/articles/parse-body.ts";
import { parseHead } from "../../lambda/articles/parse-head.ts";
import { summarize } from "../../lambda/articles/title/summary.ts";
import { mendTitle } from "../../lambda/articles/title/title.ts";
import { aNewsroom } from "../articles/a-newsroom.ts";
import { SENTENCES } from "../articles/sentences.ts";

const runs = { numRuns: Number(process.env.WIREROOM_LAW_RUNS ?? 150) };
const newsroom = aNewsroom();
const words = (text: string) => new Set(text.split(" "));
const CODE = words("pre code table");
const NO_PROSE = new Set([...words("pre table h1 h2 h3 h4 h5 h6 figcaption dl"), NOTES]);

/** What the whole text says, parsed at once: the other way to title, summary and language. */
function wholeOf(key: string, bytes: Uint8Array) {
  const file = opened({ key, bytes }, newsroom);
  if (file.kind !== "opened") return undefined;
  const body = bodyOf(sourceFormatOf(key), file.header.body);
  const given = file.facts.title === undefined ? undefined : withoutTemplateTags(file.facts.title).text || undefined;
  const { title, tree } = boundedTitle(chooseTitle(given, body, key), body.tree, undefined);
  const mended = mendTitle(withoutSigns(title) || title, file.text).title;
  return {
    title: mended,
    summary: summarize(withoutSigns(plainText(tree, 4000, NO_PROSE) || plainText(tree, 4000))),
    language: languageOfText(`${mended}\n${plainText(tree, 4000, CODE)}`, newsroom),
  };
}

/** What the head says, with the summary that is made for it. */
function headOf(key: string, bytes: Uint8Array) {
  const parsed = parseHead({ key, bytes }, newsroom, { soleInFolder: true });
  if (parsed.kind !== "article") return undefined;
  const { head } = parsed;
  const body = parseBody({ key, bytes }, newsroom, head);
  const shown = (body?.media ?? [])
    .map((medium) => medium.key)
    .filter((name) => ![head.image, ...head.attachments].some((file) => file?.url.includes(name)));
  return {
    head,
    says: { title: head.title, summary: parseSummary({ key, bytes }, newsroom), language: head.language },
    summaryOfBody: body?.summary,
    unmentioned: shown.filter((name) => !head.mentioned.includes(name)),
  };
}

type Tongue = "en" | "ru" | "kk";
const sentence = (tongue: Tongue) => fc.constantFrom(...SENTENCES[tongue]);
const list = (tongue: Tongue) =>
  fc.array(sentence(tongue), { minLength: 1, maxLength: 25 }).map((all) => all.map((one) => `* ${one}`).join("\n"));
const prose = (tongue: Tongue) => fc.array(sentence(tongue), { minLength: 1, maxLength: 4 }).map((all) => all.join(" "));
const fence = fc.constantFrom(
  "```js\nconst a = [[1], { b: 2 }];\nimport x from 'y';\n\n# not a heading\n```",
  "~~~\n{{ code }}\n~~~",
  "    indented();",
);
const picture = fc.constantFrom(
  "![A](a.png)",
  '![A](../b/c%20d.jpg "t")',
  "![A](<e f.webp>)",
  "![A][pic]\n\n[pic]: g.gif",
  '<img src="h&amp;i.png" srcset="j.png 1x, k,l.png 2x">',
  "[sound](/m.mp3)",
  "![A](n\\_o.png)",
  "![[p q.png|300]]",
  '{{< figure src="/r.png" >}}',
  "{% asset_img s.png %}",
  "![A](t(1).png)",
  "<video poster='u.jpg' src=v.mp4></video>",
);
const odd = fc.constantFrom(
  "# A late heading",
  "Setext\n======",
  "## Part",
  "---",
  "> quoted\n> # not the title",
  "- one\n\n  two\n- three",
  "| a | b |\n|---|---|\n| c | d |",
  "<div>\n\n*inside*\n\n</div>",
  "<details><summary>S</summary>",
  "<!-- hidden\n\nwords -->",
  "{% if a %}\n\nmaybe\n\n{% endif %}",
  "{% comment %}\n\nnever\n\n{% endcomment %}",
  "Text with [a link] and [another][that].",
  "[a link]: https://x.example/\n[that]:\n  /y",
  "- [a link]: https://nested.example/",
  "A note[^1].\n\n[^1]: The note.",
  "==marked== ^block1",
  "[[A note]]",
  "::: tip\ninside\n:::",
  "!!! note\n    inside",
  "export const a = 1;",
  "Term\n: definition",
  "{: .class}",
  "<b>left open",
);

const aText = fc.constantFrom<Tongue>("en", "ru", "kk").chain((tongue) =>
  fc.record({
    head: fc.constantFrom("", "---\ntitle: Given\n---\n", '---\ntitle: "{{ tag }}"\n---\n', "---\ndate: 2026-01-01\n---\n"),
    blocks: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: prose(tongue) },
        { weight: 1, arbitrary: list(tongue) },
        { weight: 1, arbitrary: fence },
        { weight: 1, arbitrary: picture },
        { weight: 2, arbitrary: odd },
      ),
      { minLength: 1, maxLength: 40 },
    ),
    // What a later part says of an earlier one.
    late: fc.constantFrom(
      ["", ""],
      ["[See] and [that][too].", "[see]: https://x.example/\n[too]:\n  /y"],
      ["[See] this.", "```\n[see]: /not-a-definition\n```"],
      ["[See] this.", "- [see]: https://nested.example/"],
      ["[See] this.", "words\n[see]: /no-definition-in-a-paragraph"],
      ["A note[^1] here.", "[^1]: The note."],
      ["{% if a %}", "{% endif %}"],
      ["<div>", "</div>"],
      ["Marked ==words== here.", "[[A note]]"],
    ),
  }),
);
const aKey = fc.constantFrom("a.md", "A note of mine.md", "2026-01-02-a.md", "a.txt", "a.html", "a.mdx", "posts/x/index.md");

describe("a head and a whole parse come to one article", () => {
  test("in title, summary and language", () => {
    fc.assert(
      fc.property(aKey, aText, (key, { head, blocks, late: [early = "", late = ""] }) => {
        const bytes = Buffer.from(head + [early, ...blocks, late].join("\n\n"));
        const read = headOf(key, bytes);
        if (read === undefined) return;
        const { language, ...rest } = wholeOf(key, bytes) ?? {};
        expect({ title: read.says.title, summary: read.says.summary }).toEqual(rest);
        expect(read.summaryOfBody).toBe(read.says.summary);
        // A few words alone may be in any language; enough prose is not.
        if (blocks.filter((block) => block.length > 60).length > 3) expect(read.says.language).toBe(language);
      }),
      runs,
    );
  });

  test("in a plain text whose first blank line comes late: until there, its lines are one paragraph", () => {
    const bytes = Buffer.from(`${"of words, and\n".repeat(70)}\n${"More words. ".repeat(60)}`);
    const { language: _, ...whole } = wholeOf("a.txt", bytes) ?? {};
    expect(headOf("a.txt", bytes)?.says).toMatchObject(whole);
  });

  test("where a link is defined below what looks like a fence in raw HTML", () => {
    const text = `[See] this. ${"Words of a sentence. ".repeat(40)}`;
    const bytes = Buffer.from(`${text}\n\n${text}\n\n<pre>\n\`\`\`js\n1\n  \`\`\`</pre>\n\n[see]: https://x.example/\n`);
    const { language: _, ...whole } = wholeOf("a.md", bytes) ?? {};
    expect(headOf("a.md", bytes)?.says).toMatchObject(whole);
  });

  test("in media: no body shows a file that its head does not mention", () => {
    fc.assert(
      fc.property(aKey, aText, fc.array(picture, { maxLength: 5 }), (key, { head, blocks }, pictures) => {
        expect(headOf(key, Buffer.from(head + [...blocks, ...pictures].join("\n\n")))?.unmentioned ?? []).toEqual([]);
      }),
      runs,
    );
  });
});

const corpus = join(import.meta.dirname, "../../../shared/corpus");
const here = existsSync(corpus);

test.skipIf(!here)(
  "they do so over the shared corpus, every other file without the title in its front matter (needs ../shared/corpus)",
  () => {
    const files = (readdirSync(corpus, { recursive: true }) as string[]).filter((path) => /\.(?:md|txt|html)$/.test(path)).sort();
    const wrong = files.filter((path, at) => {
      const bytes = readFileSync(join(corpus, path));
      const one = at % 2 === 0 ? bytes : Buffer.from(bytes.toString("utf8").replace(/^title:.*\n/m, ""));
      const read = headOf(path, one);
      const { says, unmentioned = [], summaryOfBody } = read ?? {};
      const whole = read === undefined ? undefined : wholeOf(path, one);
      return JSON.stringify(says) !== JSON.stringify(whole) || unmentioned.length > 0 || summaryOfBody !== says?.summary;
    });
    expect(files.length).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  },
);
