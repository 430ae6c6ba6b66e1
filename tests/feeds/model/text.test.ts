import { expect, test } from "vitest";
import { cdata, cleanText, htmlText, rssText, xmlAttribute, xmlText } from "../../../lambda/feeds/model/text.ts";

test.each([
  ["a null and a bell", "a\u0000b\u0007c", "abc"],
  ["C1 controls", "a\u0080b\u009Fc\u007F", "abc"],
  ["half of a surrogate pair", "a\uD83Db\uDE00c", "abc"],
  ["noncharacters", "a\uFFFEb\uFFFFc\uFDD0d\u{1FFFE}e", "abcde"],
])("cleanText drops %s", (_, dirty, clean) => expect(cleanText(dirty)).toBe(clean));

test.each([
  ["tabs and line feeds", "a\tb\nc"],
  ["emoji of several code points", "👩🏽‍🚀🇰🇿"],
  ["direction marks", "\u200Fשלום\u202E\u2066x\u2069"],
  ["markup, which is plain text here", "<b>&amp;</b> ]]>"],
  ["letters outside the first plane", "𠮷 𐐷"],
])("cleanText keeps %s", (_, text) => expect(cleanText(text)).toBe(text));

test("cleanText makes every line end a line feed, as XML would", () => expect(cleanText("a\r\nb\rc\n\rd")).toBe("a\nb\nc\n\nd"));

test("XML text escapes everything that opens markup or could end a section", () =>
  expect(xmlText('a<b>&c "]]>')).toBe('a&lt;b&gt;&amp;c "]]&gt;'));

test("an attribute keeps its quotes, tabs and line feeds", () => expect(xmlAttribute('"\t\n<&')).toBe("&quot;&#x9;&#xA;&lt;&amp;"));

test("RSS plain text has hex references", () => expect(rssText("R&D <now>")).toBe("R&#x26;D &#x3C;now&#x3E;"));

test("HTML text is safe between tags and between quotes", () =>
  expect(htmlText('<a href="x">&')).toBe("&lt;a href=&quot;x&quot;&gt;&amp;"));

test("CDATA can hold its own end any number of times", () =>
  expect(
    cdata("a]]>b]]>c")
      .split("<![CDATA[")
      .slice(1)
      .map((section) => section.slice(0, -3))
      .join(""),
  ).toBe("a]]>b]]>c"));

test("of all code points, exactly controls, halves of surrogate pairs and noncharacters are dropped", () => {
  const gone = /[[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]--[\t\n\r]]/v;
  const wrong = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => {
    const character = String.fromCodePoint(code);
    return code !== 0x0d && (cleanText(`a${character}`) === "a") !== gone.test(character);
  });
  expect(wrong).toEqual([]);
});
