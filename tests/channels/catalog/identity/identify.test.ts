import { expect, test } from "vitest";
import { uriOf } from "../../../../lambda/articles/title/identity.ts";
import { identify } from "../../../../lambda/channels/catalog/identity/identify.ts";
import type { Ledger } from "../../../../lambda/channels/catalog/ledger/ledger.ts";
import type { SourceRecord } from "../../../../lambda/channels/catalog/ledger/record.ts";
import {
  aBrokenRecord,
  aDraft,
  aLedger,
  aLedgerEntry,
  anIndexPage,
  aRecord,
  catalogOf,
  ledgerFromText,
  ledgerText,
  shownIds,
} from "../../../support/a-catalog.ts";
import { aSite } from "../../../support/a-site.ts";

const tag = "tag:wire.example,2026-01-01:";
const story = (key: string, content: string, id?: string) => aRecord({ key, content, ...(id === undefined ? {} : { id }) });
const remembered = (name: string, key: string, content: string) => aLedgerEntry({ id: tag + name, keys: [key], content });

/** Key -> id, and the files that lost a conflict. */
function identified(records: readonly SourceRecord[], ledger: Ledger = aLedger()) {
  const { ids, conflicts } = identify(records, ledger, aSite());
  return { ids: Object.fromEntries([...ids].map(([key, id]) => [key, id.replace(tag, "")])), out: conflicts.map(({ key }) => key) };
}

test("an article that names its id has it to the letter", () => {
  const id = "  ЁЛКА?/42 ";
  expect(identified([story("a.md", "a", id)]).ids).toEqual({ "a.md": id });
});

test("an article without an id gets one from its path", () => {
  expect(identified([story("news/2026/Ёлка.md", "a")]).ids).toEqual({ "news/2026/Ёлка.md": "news/2026/%D0%81%D0%BB%D0%BA%D0%B0" });
});

test("edited in place, an article keeps its id", () => {
  const ledger = aLedger(remembered("old-name", "a.md", "first"));
  expect(identified([story("a.md", "second")], ledger).ids).toEqual({ "a.md": "old-name" });
});

test("moved unchanged, an article keeps its id", () => {
  const ledger = aLedger(remembered("a", "a.md", "text"));
  expect(identified([story("b/c.md", "text")], ledger).ids).toEqual({ "b/c.md": "a" });
});

test("an article stays with its edited file if another file has its former text, and a notice reports it", () => {
  const ledger = aLedger(remembered("mon", "mon.md", "text"));
  for (const mon of [story("mon.md", "edited"), aBrokenRecord("mon.md"), aDraft("mon.md")]) {
    expect(identified([mon, story("tue.md", "text")], ledger)).toEqual({ ids: { "mon.md": "mon", "tue.md": "tue" }, out: [] });
    const { notices } = identify([mon, story("tue.md", "text")], ledger, aSite());
    expect(notices).toMatchObject([{ kind: "notice", code: "move-unclear", key: "tue.md" }]);
    expect(notices[0]?.message).toContain("The article has the text that mon.md had until now. It counts as a copy");
  }
  expect(identify([story("mon.md", "text"), story("tue.md", "text")], ledger, aSite()).notices).toEqual([]);
});

test("several new files with the text of a missing article are new articles, and notices report it", () => {
  const ledger = aLedger(remembered("a", "a.md", "text"));
  expect(identified([story("b.md", "text"), story("c.md", "text")], ledger)).toEqual({ ids: { "b.md": "b", "c.md": "c" }, out: [] });
  const { notices } = identify([story("b.md", "text"), story("c.md", "text")], ledger, aSite());
  expect(notices).toMatchObject([
    { code: "move-unclear", key: "b.md" },
    { code: "move-unclear", key: "c.md" },
  ]);
  expect(notices[0]?.message).toContain(`a.md (${tag}a)`);
});

test("a new file with the text of two missing articles is a new article, and a notice reports it", () => {
  const ledger = aLedger(remembered("a", "a.md", "text"), remembered("b", "b.md", "text"));
  expect(identified([story("c.md", "text")], ledger).ids).toEqual({ "c.md": "c" });
  const away = aLedgerEntry({ id: `${tag}b`, keys: ["b.md"], content: "text", missing: "2026-11-01T00:00:00.000Z" });
  expect(identified([story("c.md", "text")], aLedger(remembered("a", "a.md", "text"), away)).ids).toEqual({ "c.md": "a" });
});

test("no article moves to a withheld file that existed before", () => {
  const ledger = aLedger(remembered("mon", "mon.md", "text"));
  const records = [story("tue.md", "text")];
  expect(Object.fromEntries(identify(records, ledger, aSite(), new Set(["tue.md"])).ids)).toEqual({ "tue.md": `${tag}tue` });
  expect(Object.fromEntries(identify(records, ledger, aSite()).ids)).toEqual({ "tue.md": `${tag}mon` });
});

test("an id is never used twice", () => {
  const twice = aLedger(remembered("a", "b.md", "text"), remembered("a~2", "c.md", "another"));
  expect(identified([story("a.md", "third"), story("b.md", "text"), story("c.md", "another")], twice).ids["a.md"]).toBe("a~3");
});

test("two files that were swapped keep their ids", () => {
  const ledger = aLedger(remembered("a", "a.md", "of a"), remembered("b", "b.md", "of b"));
  expect(identified([story("a.md", "of b"), story("b.md", "of a")], ledger).ids).toEqual({ "a.md": "b", "b.md": "a" });
});

test("a copy gets its own id, and the original keeps its id", () => {
  const ledger = aLedger(remembered("z", "z.md", "text"));
  expect(identified([story("a.md", "text"), story("z.md", "text")], ledger).ids).toEqual({ "a.md": "a", "z.md": "z" });
});

test("two articles with one text that move keep two ids if the files are equal to the byte", () => {
  const [first, second] = [story("c.md", "text"), { ...story("d.md", "text"), source: "file of b" }];
  const ledger = aLedger(
    aLedgerEntry({ id: `${tag}a`, keys: ["a.md"], content: "text", source: first.source }),
    aLedgerEntry({ id: `${tag}b`, keys: ["b.md"], content: "text", source: "file of b" }),
  );
  expect(identified([first, second], ledger).ids).toEqual({ "c.md": "a", "d.md": "b" });
  const unlike = aLedger(remembered("a", "a.md", "text"), remembered("b", "b.md", "text"));
  expect(identified([first, second], unlike).ids).toEqual({ "c.md": "c", "d.md": "d" });
  expect(identified([story("b.md", "text"), first], unlike).ids).toEqual({ "b.md": "b", "c.md": "a" });
});

test("an edited article is not taken for one that once had its path", () => {
  const gone = aLedgerEntry({ id: `${tag}b`, keys: ["b.md"], content: "long gone", missing: "2026-11-01T00:00:00.000Z" });
  const moved = aLedgerEntry({ id: `${tag}a`, keys: ["a.md", "b.md"], content: "text" });
  expect(identified([story("b.md", "edited")], aLedger(moved, gone)).ids).toEqual({ "b.md": "a" });
  expect(identified([story("b.md", "edited")], aLedger(gone, moved)).ids).toEqual({ "b.md": "a" });
});

test("a file that comes back within the grace is the same article, whatever its changes", () => {
  const away = aLedgerEntry({ id: `${tag}a`, keys: ["a.md"], content: "text", missing: "2026-11-20T00:00:00.000Z" });
  expect(identified([story("a.md", "edited")], aLedger(away)).ids).toEqual({ "a.md": "a" });
});

test("after the grace a new file at the path is another article, and only the same text is the old one", () => {
  const over = aLedgerEntry({
    id: `${tag}a`,
    keys: ["a.md"],
    content: "text",
    missing: "2026-11-20T00:00:00.000Z",
    canceled: "2026-11-20T01:00:00.000Z",
  });
  expect(identified([story("a.md", "something new")], aLedger(over)).ids).toEqual({ "a.md": "a~2" });
  expect(identified([story("a.md", "text")], aLedger(over)).ids).toEqual({ "a.md": "a" });
});

test("an id in two files belongs to the one in the ledger, and the other has a problem", () => {
  const ledger = aLedger(aLedgerEntry({ id: "x", given: true, keys: ["z.md"], content: "z" }));
  expect(identified([story("a.md", "a", "x"), story("z.md", "z", "x")], ledger)).toEqual({ ids: { "z.md": "x" }, out: ["a.md"] });
  const { conflicts } = identify([story("a.md", "a", "x"), story("z.md", "z", "x")], ledger, aSite());
  expect(conflicts[0]).toMatchObject({
    kind: "problem",
    code: "id-used-twice",
    message: '"id" is used twice: "x" already belongs to z.md.',
  });
});

test("without a ledger an id in several files belongs to the first key", () => {
  expect(identified([story("a.md", "a", "x"), story("b.md", "b", "x"), story("c.md", "c", "x")])).toEqual({
    ids: { "a.md": "x" },
    out: ["b.md", "c.md"],
  });
});

test("an id in several new files belongs to the one with the article's text: it moved", () => {
  const ledger = aLedger(aLedgerEntry({ id: "x", given: true, keys: ["old.md"], content: "text" }));
  expect(identified([story("a.md", "other", "x"), story("b.md", "text", "x")], ledger)).toEqual({ ids: { "b.md": "x" }, out: ["a.md"] });
});

test("nobody takes the id that another article has from its path", () => {
  const ledger = aLedger(remembered("a", "a.md", "text"));
  const thief = story("thief.md", "mine", `${tag}a`);
  expect(identified([story("a.md", "text"), thief], ledger)).toEqual({ ids: { "a.md": "a" }, out: ["thief.md"] });
  expect(identified([story("a.md", "edited"), thief], ledger)).toEqual({ ids: { "a.md": "a" }, out: ["thief.md"] });
});

test("a copy with the id of its original does not become the original", () => {
  const ledger = aLedger(remembered("z", "z.md", "text"));
  expect(identified([story("a.md", "text", `${tag}z`), story("z.md", "text")], ledger)).toEqual({ ids: { "z.md": "z" }, out: ["a.md"] });
});

test("an article that moves and writes down its old id keeps it", () => {
  const ledger = aLedger(remembered("a", "a.md", "text"));
  expect(identified([story("b.md", "text", `${tag}a`)], ledger)).toEqual({ ids: { "b.md": "a" }, out: [] });
});

test("nobody takes the id of an article whose file exists, not even with its text", () => {
  const ledger = aLedger(remembered("a", "a.md", "text"));
  const thief = story("thief.md", "text", `${tag}a`);
  for (const own of [story("a.md", "edited"), aBrokenRecord("a.md"), aDraft("a.md")])
    expect(identified([own, thief], ledger)).toEqual({ ids: { "a.md": "a" }, out: ["thief.md"] });
  const given = aLedger(aLedgerEntry({ id: "x", given: true, keys: ["a.md"], content: "text" }));
  for (const own of [story("a.md", "without its id"), aDraft("a.md")])
    expect(identified([own, story("b.md", "mine", "x")], given)).toEqual({ ids: { "a.md": "x" }, out: ["b.md"] });
  expect(identified([story("a.md", "text", "y"), story("b.md", "mine", "x")], given)).toEqual({
    ids: { "a.md": "y", "b.md": "x" },
    out: [],
  });
});

test("an article that names its id and moves keeps it, even if another one moves into its place", () => {
  const ledger = aLedger(aLedgerEntry({ id: "x", given: true, keys: ["b.md"], content: "text" }), remembered("a", "a.md", "other"));
  expect(identified([story("b.md", "other"), story("c.md", "text", "x")], ledger)).toEqual({
    ids: { "b.md": "a", "c.md": "x" },
    out: [],
  });
});

test("an article that was away keeps its id when it comes back elsewhere, even if a new file has its place", () => {
  const missing = "2026-11-20T00:00:00.000Z";
  const ledger = aLedger(aLedgerEntry({ id: "x", given: true, keys: ["a.md"], content: "text", missing }));
  expect(identified([story("a.md", "new"), story("b.md", "text", "x")], ledger)).toEqual({
    ids: { "a.md": "a", "b.md": "x" },
    out: [],
  });
});

test("the id of a missing article is reserved for it, and free for others only when the article is over", () => {
  const entry = { id: "x", given: true, keys: ["old/a.md", "a.md"], content: "text" };
  const thief = story("thief.md", "mine", "x");
  expect(identified([thief], aLedger(aLedgerEntry(entry)))).toEqual({ ids: {}, out: ["thief.md"] });
  const missing = aLedgerEntry({ ...entry, missing: "2026-11-20T00:00:00.000Z" });
  expect(identified([thief], aLedger(missing))).toEqual({ ids: {}, out: ["thief.md"] });
  expect(identified([thief, story("a.md", "edited", "x")], aLedger(missing))).toEqual({ ids: { "a.md": "x" }, out: ["thief.md"] });
  expect(identified([story("b.md", "text", "x"), thief], aLedger(missing))).toEqual({ ids: { "b.md": "x" }, out: ["thief.md"] });
  expect(identified([story("old/a.md", "edited", "x")], aLedger(missing))).toEqual({ ids: { "old/a.md": "x" }, out: [] });
  const over = aLedgerEntry({ ...entry, missing: "2026-11-20T00:00:00.000Z", canceled: "2026-11-20T01:00:00.000Z" });
  expect(identified([thief], aLedger(over))).toEqual({ ids: { "thief.md": "x" }, out: [] });
});

test("nobody takes the id of an article with a broken file", () => {
  const ledger = aLedger(aLedgerEntry({ id: "x", given: true, keys: ["a.md"], content: "text" }));
  expect(identified([aBrokenRecord("a.md"), story("b.md", "mine", "x")], ledger)).toEqual({ ids: { "a.md": "x" }, out: ["b.md"] });
});

test("a published article that names another's id keeps its own meanwhile", () => {
  const ledger = aLedger(aLedgerEntry({ id: "x", given: true, keys: ["a.md"], content: "a" }), remembered("b", "b.md", "b"));
  expect(identified([story("a.md", "a", "x"), story("b.md", "b", "x")], ledger)).toEqual({
    ids: { "a.md": "x", "b.md": "b" },
    out: ["b.md"],
  });
});

test("an article keeps its id after its file no longer names it", () => {
  const ledger = aLedger(aLedgerEntry({ id: "x", given: true, keys: ["a.md"], content: "text" }));
  expect(identified([story("a.md", "text")], ledger).ids).toEqual({ "a.md": "x" });
  expect(identified([story("a.md", "edited")], ledger).ids).toEqual({ "a.md": "x" });
  expect(identified([story("b.md", "text")], ledger).ids).toEqual({ "b.md": "x" });
});

test("an article that is given another id is another article from then on", () => {
  const ledger = aLedger(remembered("a", "a.md", "text"));
  expect(identified([story("a.md", "text", "mine")], ledger).ids).toEqual({ "a.md": "mine" });
});

test("a broken or draft file is still its article, and a new one has no id yet", () => {
  const ledger = aLedger(remembered("a", "a.md", "a"), remembered("b", "b.md", "b"));
  expect(
    identified([aBrokenRecord("a.md"), aDraft("b.md"), aBrokenRecord("c.md"), aDraft("d.md"), anIndexPage("index.md")], ledger).ids,
  ).toEqual({
    "a.md": "a",
    "b.md": "b",
  });
});

test("two files with one path and different extensions are two articles", () => {
  expect(identified([story("a.html", "one"), story("a.md", "two")]).ids).toEqual({ "a.html": "a", "a.md": "a~2" });
  const ledger = aLedger(remembered("a", "a.md", "two"));
  expect(identified([story("a.html", "one"), story("a.md", "two")], ledger).ids).toEqual({ "a.html": "a~2", "a.md": "a" });
});

test("without a `since` ids are urn:uuid: of version 5, and a second one from a path differs", () => {
  const { ids: _, ...site } = aSite();
  const first = identify([story("a.md", "one")], aLedger(), site).ids.get("a.md") ?? "";
  expect(first).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const ledger = aLedger(aLedgerEntry({ id: first, keys: ["a.md"], content: "one" }));
  const gone = aLedger(aLedgerEntry({ id: first, keys: ["a.md", "b.md"], content: "one" }));
  expect(identify([story("a.md", "another")], ledger, site).ids.get("a.md")).toBe(first);
  const { ids } = identify([story("a.md", "another"), story("b.md", "one")], gone, site);
  expect(ids.get("b.md")).toBe(first);
  expect(ids.get("a.md")).toMatch(/^urn:uuid:/);
  expect(ids.get("a.md")).not.toBe(first);
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "7"])("an article may have the id %s", (id) => {
  const first = catalogOf([story("a.md", "a", id), story("b.md", "b")], "2026-11-21T00:00:00Z");
  expect(shownIds(first)).toEqual({ "a.md": id, "b.md": "b" });
  const ledger = ledgerFromText(ledgerText(first.ledger));
  const second = catalogOf([story("a.md", "a", id), story("b.md", "b")], "2026-11-22T00:00:00Z", { ledger });
  expect(ledgerText(second.ledger)).toBe(ledgerText(first.ledger));
});

test("an article that comes back has its id again, even with a broken new file in its old place", () => {
  const over = { missing: "2026-11-01T00:00:00.000Z", canceled: "2026-11-01T01:00:00.000Z" };
  const ledger = aLedger(aLedgerEntry({ id: "x", given: true, keys: ["a.md"], content: "x", ...over }), remembered("a", "a.md", "a"));
  expect(identified([aBrokenRecord("a.md"), story("b.md", "x", "x")], ledger)).toEqual({ ids: { "a.md": "a", "b.md": "x" }, out: [] });
});

test("a place that two articles left, one of which moved on, belongs to the other", () => {
  const away = { missing: "2026-11-01T00:00:00.000Z" };
  const ledger = aLedger(
    aLedgerEntry({ id: `${tag}a`, keys: ["a.md"], content: "a", ...away }),
    aLedgerEntry({ id: `${tag}a~2`, keys: ["b.md", "a.md"], content: "b", ...away }),
  );
  expect(identified([aBrokenRecord("a.md"), story("c.md", "a")], ledger).ids).toEqual({ "a.md": "a~2", "c.md": "a" });
});

test("a file with another extension is the article whose file is gone, and no other", () => {
  const ledger = aLedger(remembered("a", "a.md", "one"));
  expect(identified([story("a.html", "two"), story("a/index.md", "three")], ledger).ids).toEqual({ "a.html": "a~2", "a/index.md": "a~3" });
  expect(identified([story("a.html", "two")], ledger).ids).toEqual({ "a.html": "a" });
  expect(identified([story("a/index.md", "two")], ledger).ids).toEqual({ "a/index.md": "a" });
  expect(identified([story("a.html", "two"), story("c.md", "one")], ledger).ids).toEqual({ "a.html": "a~2", "c.md": "a" });
});

test("of two articles with one URI in the ledger the first seen stays, and the other is refused at its id", () => {
  const uri = uriOf("hello");
  const [early, late] = ["2026-11-20T06:30:00.000Z", "2026-11-21T06:30:00.000Z"];
  const shown = (hello: string, urn: string) => {
    const ledger = aLedger(
      aLedgerEntry({ id: "hello", uri, given: true, keys: ["hello.md"], content: "hello", digest: "d1", firstSeen: hello }),
      aLedgerEntry({ id: uri, uri, given: true, keys: ["urn.md"], content: "urn", digest: "d2", firstSeen: urn }),
    );
    const catalog = catalogOf([story("hello.md", "hello", "hello"), story("urn.md", "urn", uri)], "2026-11-22T00:00:00Z", { ledger });
    return [catalog.entries.map(({ meta }) => meta.key), catalog.findings.map(({ code, key }) => [code, key])];
  };
  expect(shown(early, late)).toEqual([["hello.md"], [["id-used-twice", "urn.md"]]]);
  expect(shown(late, early)).toEqual([["urn.md"], [["id-used-twice", "hello.md"]]]);
  expect(shown(early, early)).toEqual([["hello.md"], [["id-used-twice", "urn.md"]]]);
});
