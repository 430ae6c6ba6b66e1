import { describe, expect, test } from "vitest";
import type { Metadata } from "../../../lambda/channels/catalog/ledger/record.ts";
import { correctedText, withdrawnText } from "../../../lambda/feeds/documents/amendments.ts";

const said = { title: "T", summary: "S", canceled: { reason: "R & r" }, correction: "C" };
const inLanguage = (language: string) => ({ ...said, language }) as unknown as Metadata;

describe("the words that an entry adds to its article", () => {
  test("are in the article's language if we have words for it, without a mark", () => {
    expect(withdrawnText(inLanguage("ru")).note).toBe("<p>Эта статья отозвана.</p>\n<p>R &amp; r</p>");
    expect(correctedText(inLanguage("zh-Hans"), true).note).toBe("<p><strong>更正：</strong> C</p>");
  });

  test("otherwise declare their own language and direction: a Hebrew body runs the other way", () => {
    expect(withdrawnText(inLanguage("he")).note).toBe('<p lang="en" dir="ltr">This article has been withdrawn.</p>\n<p>R &amp; r</p>');
    expect(correctedText(inLanguage("fa"), true).note).toBe('<p><strong lang="en" dir="ltr">Correction:</strong> C</p>');
  });
});
