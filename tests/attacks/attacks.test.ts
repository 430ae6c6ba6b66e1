import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { beforeAll, describe, expect, test } from "vitest";
import { offencesIn } from "../articles/strict-html.ts";
import { ATOM, CONTENT, entriesOf, itemsOf, textOf } from "../feeds/strict-reader.ts";
import { ATTACKERS, publishedAttacks } from "./a-published-attack.ts";

type Item = { readonly title: string; readonly id: string; readonly url: string; readonly content_html: string };

let files: Readonly<Record<string, string>> = {};
const bodies: Record<"rss" | "atom" | "json", Map<string, string>> = { rss: new Map(), atom: new Map(), json: new Map() };
let items: readonly Item[] = [];

beforeAll(async () => {
  files = await (await publishedAttacks()).files();
  for (const item of itemsOf(files["all/rss.xml"] ?? ""))
    bodies.rss.set(textOf(item, "guid") ?? "", textOf(item, `${CONTENT}encoded`) ?? "");
  for (const entry of entriesOf(files["all/atom.xml"] ?? ""))
    bodies.atom.set(textOf(entry, `${ATOM}id`) ?? "", textOf(entry, `${ATOM}content`) ?? "");
  items = JSON.parse(files["all/feed.json"] ?? "{}").items;
  for (const item of items) bodies.json.set(item.id, item.content_html);
});

const bodyOf = (key: string): string => bodies.json.get(`tag:wire.example,2026-01-01:${key.replace(/\.\w+$/, "")}`) ?? "";
const byFile = ATTACKERS.map(({ key, what }) => [what, key] as const);

type Found = { readonly name: string; readonly attributes: readonly (readonly [string, string])[] };

/** Every element of a page as a browser would read it, frames and templates included. */
function elementsIn(html: string, scriptingEnabled: boolean): readonly Found[] {
  const found: Found[] = [];
  const stack: DefaultTreeAdapterTypes.Node[] = [parse(html, { scriptingEnabled })];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ("tagName" in node) found.push({ name: node.tagName, attributes: node.attrs.map(({ name, value }) => [name, value] as const) });
    if ("content" in node) stack.push(node.content);
    if ("childNodes" in node) stack.push(...node.childNodes);
  }
  return found;
}

const RUNS =
  /^(?:script|style|iframe|frame|object|embed|applet|form|base|meta|link|svg|math|template|textarea|button|select|portal|fencedframe|noscript|canvas|dialog)$/;
const ADDRESS =
  /^(?:href|src|srcset|poster|cite|action|formaction|background|data|ping|xlink:href|longdesc|dynsrc|lowsrc|manifest|srcdoc)$/;
const offends = ({ name, attributes }: Found): boolean =>
  RUNS.test(name) ||
  attributes.some(([attribute, value]) =>
    /^on|^style$|^srcdoc$|^xmlns|^is$|^class$/.test(attribute.trim()) && !/^language-/.test(value)
      ? true
      : ADDRESS.test(attribute) && !/^(?:https?:\/\/[^\s"<>]+|mailto:|tel:)/.test(value),
  );

describe("a published attack", () => {
  test("has the same body in all formats", () => {
    expect(items.length).toBeGreaterThanOrEqual(ATTACKERS.length - 4);
    expect(ATTACKERS.length).toBeGreaterThan(200);
    expect([...bodies.rss.values()]).toEqual([...bodies.json.values()]);
    expect([...bodies.atom.values()]).toEqual([...bodies.json.values()]);
  });

  test.each(byFile)("%s: nothing is left that runs, loads or has a forbidden address", (_, key) => {
    expect(offencesIn(bodyOf(key))).toEqual([]);
  });

  // What is harmless where it was made may be read anew by somebody who sets it elsewhere (mutation).
  test.each([
    ["a page", "<body>", ""],
    ["noscript", "<noscript>", "</noscript>"],
    ["a text area", "<textarea>", "</textarea>"],
    ["a title", "<title>", "</title>"],
    ["a style", "<style>", "</style>"],
    ["xmp", "<xmp>", "</xmp>"],
    ["a comment", "<!--", "-->"],
    ["a vector image", "<svg>", "</svg>"],
    ["a vector image's title", "<svg><title>", "</title></svg>"],
    ["mathematics", "<math><mtext>", "</mtext></math>"],
    ["a table", "<table>", "</table>"],
    ["a choice", "<select>", "</select>"],
    ["a template", "<template>", "</template>"],
  ])("is harmless inside %s", (_, before, behind) => {
    const wrapping = new Set(elementsIn(before + behind, true).map(({ name }) => name));
    for (const scripting of [true, false]) {
      const found = ATTACKERS.flatMap(({ key, what }) =>
        elementsIn(`${before}${bodyOf(key)}${behind}`, scripting)
          .filter((element) => offends(element) && !(wrapping.has(element.name) && element.attributes.every(([name]) => name === "title")))
          .map((element) => [what, element]),
      );
      expect(found).toEqual([]);
    }
  });

  test("is harmless on the article's own page", () => {
    const pages = items.flatMap(({ url }) => (url === undefined ? [] : [files[`${new URL(url).pathname.slice(1)}index.html`] ?? ""]));
    expect(pages.filter((page) => page !== "").length).toBeGreaterThanOrEqual(ATTACKERS.length - 4);
    for (const page of pages) {
      for (const { name, attributes } of elementsIn(page, true)) {
        const has = Object.fromEntries(attributes);
        if (name === "script") expect(has.type).toBe("application/ld+json");
        expect(attributes.filter(([attribute]) => /^on/.test(attribute))).toEqual([]);
        expect([has.href, has.src, has.action].filter((address) => /^\s*(?:javascript|vbscript|data:text)/i.test(address ?? ""))).toEqual(
          [],
        );
        expect(has["http-equiv"]).toBeUndefined();
        expect(name).not.toMatch(/^(?:iframe|object|embed|applet|form|base|svg|math|template|frame|portal)$/);
      }
    }
  });

  test("leaves the words behind it, even if it never ends", () => {
    const gone = ATTACKERS.filter(({ key, file }) => file.includes("Words behind it.") && !bodyOf(key).includes("Words behind it."));
    expect(gone.map(({ what }) => what)).toEqual([]);
  });
});
