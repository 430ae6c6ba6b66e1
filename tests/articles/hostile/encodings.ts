import { bytes, page, type Row, singleByte, utf8, utf16, withFields } from "./row.ts";

const RUSSIAN = "Страны региона договорились о новых правилах перевозки зерна через границу, сообщил министр.";
const KAZAKH = "Қазақстан мен көршілес елдер астық тасымалының жаңа ережелері туралы келісті, деді министр.";
const FRENCH = "Le café de la gare a été fermé après Noël, à la demande des voisins, dit le maire.";
const ARABIC = "اتفقت دول المنطقة على قواعد جديدة لنقل الحبوب عبر الحدود في العام المقبل، وقال الوزير إن العمل سيبدأ قريبا.";
/** GBK for 哈萨克斯坦与邻国达成协议 (Kazakhstan and its neighbours reach an agreement), twice. */
const GBK = Array<readonly number[]>(2)
  .fill([
    0xb9, 0xfe, 0xc8, 0xf8, 0xbf, 0xcb, 0xcb, 0xb9, 0xcc, 0xb9, 0xd3, 0xeb, 0xc1, 0xda, 0xb9, 0xfa, 0xb4, 0xef, 0xb3, 0xc9, 0xd0, 0xad,
    0xd2, 0xe9,
  ])
  .flat();

// Mutation: legacy-cyrillic.ts, `- 2 * unlikely` taken out: the letters of a Macintosh are then nobody's.
export const encodings: readonly Row[] = [
  { what: "two marks before the front matter", file: bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], withFields()), has: { title: "T" } },
  { what: "UTF-16LE with CRLF", file: utf16(withFields().replaceAll("\n", "\r\n"), "LE"), has: { title: "T", html: "<p>Text.</p>" } },
  { what: "UTF-16LE without a mark", file: utf16(RUSSIAN, "LE", false), is: "quarantined", says: ["file-binary"] },
  { what: "UTF-16 of Latin letters without a mark", file: utf16(FRENCH, "LE", false), is: "quarantined", says: ["encoding-unknown"] },
  {
    what: "UTF-32",
    file: bytes([0xff, 0xfe, 0, 0], ...[..."Some words of a text"].map((c) => [c.charCodeAt(0), 0, 0, 0])),
    is: "quarantined",
    says: ["file-binary"],
  },
  { what: "UTF-16 cut within a letter", file: utf16(page("Text and more."), "LE").slice(0, -1), says: ["text-damaged"] },
  { what: "UTF-16BE with half a pair", file: utf16(page("Text \uD800 and more."), "BE"), says: ["text-damaged"] },
  { what: "an overlong slash", file: bytes(page("Text "), [0xc0, 0xaf], " and more."), is: "quarantined", says: ["encoding-unknown"] },
  {
    what: "surrogates as UTF-8",
    file: bytes(page("Text "), [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]),
    is: "quarantined",
    says: ["encoding-unknown"],
  },
  { what: "Chinese of two bytes that nothing names", file: bytes(page(""), GBK), is: "quarantined", says: ["encoding-unknown"] },
  {
    what: "Chinese of two bytes in a page that names them",
    key: "a.html",
    file: bytes('<html><head><meta charset="gb2312"></head><body><p>', GBK, "</p></body></html>"),
    says: ["encoding-guessed"],
    has: { language: "zh-Hans", html: "<p>哈萨克斯坦与邻国达成协议哈萨克斯坦与邻国达成协议</p>" },
  },
  {
    what: "windows-1251 in a page that calls itself KOI8-R",
    key: "a.html",
    file: bytes(
      '<html><head><meta http-equiv="Content-Type" content="text/html; charset=koi8-r"></head><p>',
      singleByte(RUSSIAN, "windows-1251"),
    ),
    says: ["encoding-guessed"],
    has: { html: `<p>${RUSSIAN}</p>` },
  },
  {
    what: "the Macintosh's Russian",
    file: bytes(page(""), singleByte(RUSSIAN, "x-mac-cyrillic")),
    says: ["encoding-guessed"],
    has: { html: `<p>${RUSSIAN}</p>` },
  },
  {
    what: "Kazakh in the standard of Kazakhstan",
    file: singleByte(page(KAZAKH), "KZ-1048"),
    says: ["encoding-guessed"],
    has: { language: "kk", html: `<p>${KAZAKH}</p>` },
  },
  {
    what: "Kazakh in windows-1251, which lacks its letters",
    file: singleByte(page(KAZAKH), "windows-1251"),
    says: ["encoding-guessed", "text-damaged"],
  },
  {
    what: "the same, saved as UTF-8 since",
    file: utf8(new TextDecoder("windows-1251").decode(singleByte(page(KAZAKH), "windows-1251"))),
    says: ["text-damaged"],
  },
  {
    what: "French in windows-1252",
    file: bytes(page(""), singleByte(FRENCH, "windows-1252")),
    says: ["encoding-guessed"],
    has: { html: `<p>${FRENCH}</p>` },
  },
  {
    what: "Arabic in windows-1256",
    file: bytes(page(""), singleByte(ARABIC, "windows-1256")),
    says: ["encoding-guessed"],
    has: { language: "ar" },
  },
  {
    what: "UTF-7, which is only text",
    key: "a.txt",
    file: "T\n+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    has: { html: "<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>" },
  },
  { what: "escape sequences of Japanese mail", file: page("Text \u001B$B%F\u001B(B and more."), says: ["character-forbidden"] },
  {
    what: "an archive",
    file: bytes(
      "PK",
      [3, 4, 20, 0, 8, 0, 8, 0],
      Array.from({ length: 300 }, (_, index) => (index * 7919) % 256),
    ),
    is: "quarantined",
    says: ["encoding-unknown"],
  },
  {
    what: "noise",
    file: Uint8Array.from({ length: 2000 }, (_, index) => (index * index * 31 + index * 17 + 5) % 251),
    is: "quarantined",
    says: ["encoding-unknown"],
  },
];
