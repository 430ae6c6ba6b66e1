import { describe, expect, test } from "vitest";
import { redact } from "../../../lambda/plan/corrections/redact.ts";

const gone = { id: "a&b", uri: "urn:uuid:1", url: "https://wire.example/a/?x=1&y=2", title: "Gone <now>" };

describe("redact removes an article", () => {
  test("from RSS by its guid, however escaped, and not by a lookalike in a body", () => {
    const looks = "    <item>\n<title>Stays</title><guid>b</guid><x><![CDATA[<item><guid>a&amp;b</guid></item>]]></x>\n    </item>\n";
    const rss = (...items: string[]) => `<rss>\n${items.join("")}</rss>\n`;
    for (const guid of ["a&amp;b", "a&#x26;b"]) {
      const struck = `    <item xml:lang="en">\n<guid isPermaLink="false">${guid}</guid><y><![CDATA[</item>]]></y>\n    </item>\n`;
      expect(redact("all/rss.xml", rss(looks, struck, looks), [gone])).toBe(rss(looks, looks));
    }
  });

  test("from Atom and JSON Feed by its URI", () => {
    const entry = (id: string) => `<entry>\n<id>${id}</id><source><id>other</id></source></entry>\n`;
    expect(redact("all/atom.xml", `<feed><id>urn:uuid:1</id>\n${entry("urn:uuid:1")}${entry("b")}</feed>`, [gone])).toBe(
      `<feed><id>urn:uuid:1</id>\n${entry("b")}</feed>`,
    );
    const feed = (...ids: string[]) => `${JSON.stringify({ version: "1.1", items: ids.map((id) => ({ id })) }, null, 2)}\n`;
    expect(redact("all/feed.json", feed("b", "urn:uuid:1"), [gone])).toBe(feed("b"));
  });

  test("from pages by its address, or by its title if it has none", () => {
    const listed = (heading: string) => `<article lang="en">\n<h3>${heading}</h3>\n</article>\n`;
    const linked = listed('<a href="https://wire.example/a/?x=1&amp;y=2">Another title</a>');
    const page = (text: string) => `<main>\n${text}${listed("Stays")}</main>\n`;
    expect(redact("all/index.html", page(linked), [gone])).toBe(page(""));
    const { url: _, ...bare } = gone;
    expect(redact("all/index.html", page(listed("Gone &lt;now&gt;")), [bare])).toBe(page(""));
  });
});

test("redact leaves a file without the article unchanged", () => {
  for (const [key, text] of [
    ["all/rss.xml", "<rss><item><guid>b</guid></item>  </rss>"],
    ["all/feed.json", '{"items":[{"id":"b"}]}'],
    ["all/index.html", "<article><h3>b</h3></article>"],
    ["status.json", '{"id":"a&b"}'],
  ] as const)
    expect(redact(key, text, [gone])).toBe(text);
});
