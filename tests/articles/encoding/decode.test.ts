import { describe, expect, test } from "vitest";
import { decode } from "../../../lambda/articles/encoding/decode.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...utf8(part)] : part)));

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const units = [0xfeff, ...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))];
  return Uint8Array.from(units.flatMap((unit) => (bigEndian ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
}

/** Encodes text in a single-byte encoding, using the platform's decoder for each byte. */
function singleByte(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from([...text].map((letter) => byteOf.get(letter) ?? 63));
}

const textOf = (file: Uint8Array): string | undefined => {
  const decoded = decode(file);
  return decoded.kind === "text" ? decoded.text : undefined;
};
const RUSSIAN = "Президент отметил, что страны региона развивают торговлю.\nДревний путь соединял города и людей на протяжении столетий.";

describe("the same article in every encoding", () => {
  test.each([
    ["UTF-8", utf8(RUSSIAN)],
    ["UTF-8 with a byte order mark", bytes([0xef, 0xbb, 0xbf], RUSSIAN)],
    ["UTF-8 with CRLF", utf8(RUSSIAN.replaceAll("\n", "\r\n"))],
    ["UTF-8 with CR", utf8(RUSSIAN.replaceAll("\n", "\r"))],
    ["UTF-16LE", utf16(RUSSIAN, false)],
    ["UTF-16BE", utf16(RUSSIAN, true)],
    ["NFD", utf8(RUSSIAN.normalize("NFD"))],
    ["windows-1251", singleByte(RUSSIAN, "windows-1251")],
    ["KOI8-R", singleByte(RUSSIAN, "koi8-r")],
    ["IBM866", singleByte(RUSSIAN, "ibm866")],
    ["ISO-8859-5", singleByte(RUSSIAN, "iso-8859-5")],
  ])("%s", (_, file) => {
    expect(textOf(file)).toBe(RUSSIAN);
  });

  test("an old encoding is named in a notice", () => {
    expect(decode(singleByte(RUSSIAN, "koi8-r"))).toMatchObject({
      remarks: [{ kind: "notice", code: "encoding-guessed", hint: "Save the file as UTF-8." }],
    });
  });
});

describe("no text", () => {
  test.each([
    ["an empty file", Uint8Array.of(), "file-empty"],
    ["only space", utf8(" \n\t\n"), "file-empty"],
    ["only a byte order mark", bytes([0xef, 0xbb, 0xbf]), "file-empty"],
    ["only NULs", new Uint8Array(1000), "file-empty"],
    [
      "a picture",
      bytes(
        [0x89],
        "PNG",
        Array.from({ length: 200 }, (_, index) => index),
      ),
      "encoding-unknown",
    ],
    ["an archive whose bytes happen to be ASCII", Uint8Array.from({ length: 400 }, (_, index) => index % 32), "file-binary"],
    ["Greek in an old encoding", bytes([0xca, 0xe1, 0xeb, 0xe7, 0xec, 0xdd, 0xf1, 0xe1]), "encoding-unknown"],
    ["UTF-8 with one broken letter", bytes("Привет, мир", [0xd0], " и всё"), "encoding-unknown"],
    ["a surrogate in UTF-8", bytes("a", [0xed, 0xa0, 0x80], "b"), "encoding-unknown"],
    ["a letter cut in half", bytes("abc", [0xd0]), "encoding-unknown"],
  ])("%s is a problem", (_, file, code) => {
    expect(decode(file)).toMatchObject({ kind: "damaged", remarks: [{ kind: "problem", code }] });
  });

  test("names the line of the first bad byte, even after literal replacement characters", () => {
    expect(decode(bytes("one\r\ntwo \uFFFD\nthree ", [0xff], " x"))).toMatchObject({ remarks: [{ line: 3 }] });
    expect(decode(bytes([0xff], "\nx"))).toMatchObject({ remarks: [{ line: 1 }] });
  });
});

describe("characters that XML cannot hold", () => {
  test.each([
    ["a control character", "one\ntw\u0001o", "one\ntwo", "U+0001", 2],
    ["a NUL", "o\0ne two three four five", "one two three four five", "U+0000", 1],
    ["a non-character", "one\uFFFE", "one", "U+FFFE", 1],
    ["another", "one\n\n\uFFFFtwo", "one\n\ntwo", "U+FFFF", 3],
    ["an escape", "one\u001B[0m", "one[0m", "U+001B", 1],
  ])("removes %s, with a notice", (_, written, text, name, line) => {
    const decoded = decode(utf8(written));
    expect(decoded).toMatchObject({ kind: "text", text, remarks: [{ kind: "notice", code: "character-forbidden", line }] });
    expect(decoded.remarks[0]?.message).toContain(name);
  });

  test("tabs, line ends, emoji and joiners stay", () => {
    const text = "a\tb\n👩‍🚀 \u200Fع\u0301";
    expect(decode(utf8(text))).toEqual({ kind: "text", text: text.normalize("NFC"), remarks: [] });
  });
});

describe("damage from an old encoding", () => {
  test("question marks inside Cyrillic words are a notice", () => {
    expect(decode(utf8("?аза?стан мен ?ыт\nай: бі?рге да?му, ба?ыт"))).toMatchObject({
      remarks: [{ kind: "notice", code: "text-damaged" }],
    });
  });

  test("questions are not damage", () => {
    expect(decode(utf8("Что дальше? Никто не знает? Да? Нет?"))).toMatchObject({ remarks: [] });
  });
});
