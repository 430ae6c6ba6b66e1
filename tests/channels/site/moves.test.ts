import { describe, expect, test } from "vitest";
import { isReleased, movesOf, ruleOf } from "../../../lambda/channels/site/moves.ts";
import { parseSite } from "../../../lambda/channels/site/site-file.ts";
import { Fault } from "../../../lambda/fault.ts";

const home = { url: "https://wire.example/", feedUrl: "https://feeds.wire.example/news/" };

describe("moved and retired have one spelling", () => {
  test.each([
    ["/old/rss.xml", "/new/rss.xml", { "/old/rss.xml": "/new/rss.xml" }],
    ["/old", "/new", { "/old/": "/new/" }],
    ["/old/", "/new", { "/old/": "/new/" }],
    ["/old/", "https://elsewhere.example/wire/", { "/old/": "https://elsewhere.example/wire/" }],
    ["/blog/feed/", "/all/rss.xml", { "/blog/feed": "/all/rss.xml" }],
    ["/%D0%9C%D0%B8%D1%80/rss.xml", "/%d0%bc/rss.xml", { "/Мир/rss.xml": "/м/rss.xml" }],
    ["/old/rss.xml", "https://feeds.wire.example/news/all/rss.xml", { "/old/rss.xml": "/all/rss.xml" }],
    ["/old/rss.xml", "https://feeds.wire.example/all/rss.xml", { "/old/rss.xml": "https://feeds.wire.example/all/rss.xml" }],
  ])("%s to %s", (from, to, moved) => {
    expect(movesOf({ ...home, moved: { [from]: to } }).moved).toEqual(moved);
  });

  test("retired paths are ordered, and a folder is the same with and without its slash", () => {
    expect(movesOf({ ...home, retired: ["/b/rss.xml", "/a", "/a/"] }).retired).toEqual(["/a/", "/b/rss.xml"]);
  });
});

const moves = movesOf({
  ...home,
  moved: { "/old/rss.xml": "/all/rss.xml", "/world/": "/globe/", "/blog/feed": "/all/rss.xml" },
  retired: ["/world/ru/", "/gone/atom.xml"],
});

describe("a feed is released", () => {
  test.each([
    ["old/rss.xml", true],
    ["old/atom.xml", false],
    ["old", false],
    ["world", true],
    ["world/rss.xml", true],
    ["world/archive/2026-03/rss.xml", true],
    ["worldly", false],
    ["worldly/rss.xml", false],
    ["gone/atom.xml", true],
    ["gone", false],
    ["blog/feed", false],
    ["__proto__", false],
  ])("%s: %s", (path, released) => {
    expect(isReleased(moves, path)).toBe(released);
  });
});

test("of two rules the deeper one counts", () => {
  expect(ruleOf("/world/ru/rss.xml", moves)).toEqual({ from: "/world/ru/" });
  expect(ruleOf("/world/kk/rss.xml", moves)).toEqual({ from: "/world/", to: "/globe/" });
  expect(ruleOf("/all/rss.xml", moves)).toBeUndefined();
});

describe("site.yaml is refused", () => {
  const complaintOf = (text: string): string => {
    try {
      parseSite(`url: https://wire.example/\n${text}`, "site.yaml");
    } catch (fault) {
      expect((fault as Fault).kind).toBe("usage");
      return fault instanceof Fault ? fault.message : "";
    }
    return "accepted";
  };
  const notAPath = 'is not a path below feedUrl, such as "/old/rss.xml".';
  const nowhere = 'leads neither to a path below feedUrl, such as "/new/rss.xml", nor to an absolute http(s) URL.';

  test.each([
    ["moved:\n  old/rss.xml: /a/rss.xml", `site.yaml:3  "moved.old/rss.xml" ${notAPath}`],
    ["moved:\n  /: /a/", `site.yaml:3  "moved./" ${notAPath}`],
    ["moved:\n  /a/../rss.xml: /a/rss.xml", `site.yaml:3  "moved./a/../rss.xml" ${notAPath}`],
    ["moved:\n  /a//rss.xml: /a/rss.xml", `site.yaml:3  "moved./a//rss.xml" ${notAPath}`],
    ["moved:\n  /a.xml?x: /a/rss.xml", `site.yaml:3  "moved./a.xml?x" ${notAPath}`],
    ["moved:\n  /%zz.xml: /a/rss.xml", `site.yaml:3  "moved./%zz.xml" ${notAPath}`],
    [`moved:\n  /${"x".repeat(500)}: /a/rss.xml`, `site.yaml:3  "moved./${"x".repeat(99)}…" ${notAPath}`],
    ["retired:\n  - /a.xml\n  - gone.xml", `site.yaml:4  "retired.1" ${notAPath}`],
    ["moved:\n  /a.xml: b.xml", `site.yaml:3  "moved./a.xml" ${nowhere}`],
    ["moved:\n  /a.xml: ftp://x.example/b.xml", `site.yaml:3  "moved./a.xml" ${nowhere}`],
    ["moved:\n  /a.xml: /a.xml", 'site.yaml:3  "moved./a.xml" leads back to itself.'],
    ["moved:\n  /a/: /a/b/", 'site.yaml:3  "moved./a/" leads back to itself.'],
    ["moved: { /a.xml: /b.xml }\nretired: [/b.xml]", 'site.yaml:2  "moved./a.xml" leads to a retired path.'],
    ["moved: { /a.xml: /b.xml }\nretired: [/a.xml]", 'site.yaml:2  "moved./a.xml" is also listed as retired; list it only once.'],
    [
      "moved:\n  https://old.example/feeds/: /",
      'site.yaml:3  "moved.https://old.example/feeds/" is not a former address of the wire: write only a host, as in "https://old.example/".',
    ],
    [
      "moved:\n  https://old.example/: https://wire.example/",
      'site.yaml:3  "moved.https://old.example/" must lead to "/", which is feedUrl: a former address redirects every path to the same path there.',
    ],
    [
      "moved:\n  https://WIRE.example/: /",
      'site.yaml:3  "moved.https://WIRE.example/" is the host of url or feedUrl, and would redirect to itself.',
    ],
  ])("%s", (text, complaint) => {
    expect(complaintOf(text)).toBe(complaint);
  });

  test("for a circle, at each of its members", () => {
    expect(complaintOf("moved:\n  /a.xml: /b.xml\n  /b.xml: https://wire.example/a.xml").split("\n")).toEqual([
      'site.yaml:3  "moved./a.xml" leads back to itself.',
      'site.yaml:4  "moved./b.xml" leads back to itself.',
    ]);
  });

  test("for more former addresses than the edge can hold", () => {
    const names = Array.from({ length: 50 }, (_, n) => `  https://old-${n}.example/: /`).join("\n");
    expect(complaintOf(`moved:\n${names}`)).toContain('"moved.https://old-0.example/" is one too many');
  });

  test("but not for a former host of the wire, which becomes lower-case ASCII", () => {
    const moved = { "https://Old.Example": "/", "http://новости.example/": "/" };
    expect(movesOf({ ...home, moved })).toEqual({ moved: {}, retired: [], former: ["old.example", "xn--b1amnebsh.example"] });
  });

  test("but not for a chain", () => {
    expect(complaintOf("moved: { /a.xml: /b.xml, /b.xml: /c.xml }")).toBe("accepted");
  });
});
