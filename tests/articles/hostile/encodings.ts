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

/** A lot of ASCII before a few other letters. */
const HEAD = "---\ntitle: A title of some length in English\nauthor: Ann Lee\ntags: [news, world]\n---\n";
const unknown: Pick<Row, "is" | "says"> = { is: "quarantined", says: ["encoding-unknown"] };
const short = (text: string, encoding: string, rest: Partial<Row> = unknown): Row => ({
  what: `${text} in ${encoding}, alone`,
  file: bytes(HEAD, singleByte(text, encoding)),
  ...rest,
});
const read = (html: string): Partial<Row> => ({ says: ["encoding-guessed"], has: { html: `<p>${html}</p>` } });

// Mutation: decode.ts, `isNonsense(text)` to `false`: windows-1251 that begins with "яю" or "юя" is read as UTF-16.
export const encodings: readonly Row[] = [
  {
    what: "two byte order marks before the front matter",
    file: bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], withFields()),
    has: { title: "T" },
  },
  { what: "UTF-16LE with CRLF", file: utf16(withFields().replaceAll("\n", "\r\n"), "LE"), has: { title: "T", html: "<p>Text.</p>" } },
  { what: "UTF-16LE without a byte order mark", file: utf16(RUSSIAN, "LE", false), is: "quarantined", says: ["file-binary"] },
  {
    what: "UTF-16 of Latin letters without a byte order mark",
    file: utf16(FRENCH, "LE", false),
    is: "quarantined",
    says: ["encoding-unknown"],
  },
  {
    what: "UTF-32",
    file: bytes([0xff, 0xfe, 0, 0], ...[..."Some words of a text"].map((c) => [c.charCodeAt(0), 0, 0, 0])),
    is: "quarantined",
    says: ["file-binary"],
  },
  {
    what: "windows-1251 that begins like UTF-16LE",
    key: "a.txt",
    file: singleByte(`яю\n${RUSSIAN}`, "windows-1251"),
    says: ["encoding-guessed"],
    has: { title: "яю", html: `<p>${RUSSIAN}</p>` },
  },
  {
    what: "windows-1251 that begins like UTF-16BE",
    key: "a.txt",
    file: singleByte(`юя\n${RUSSIAN}`, "windows-1251"),
    says: ["encoding-guessed"],
    has: { title: "юя", html: `<p>${RUSSIAN}</p>` },
  },
  {
    what: "windows-1251 after a UTF-8 byte order mark",
    file: bytes([0xef, 0xbb, 0xbf], singleByte(page(RUSSIAN), "windows-1251")),
    says: ["encoding-guessed"],
    has: { title: "T", html: `<p>${RUSSIAN}</p>` },
  },
  {
    what: "Hebrew in a page that names it",
    key: "a.html",
    file: bytes(
      '<html><head><meta charset="windows-1255"></head><body><p>',
      singleByte("מדינות האזור הסכימו על כללים חדשים", "windows-1255"),
    ),
    says: ["encoding-guessed"],
    has: { html: "<p>מדינות האזור הסכימו על כללים חדשים</p>" },
  },
  {
    what: "GBK in a page whose comment names another encoding",
    key: "a.html",
    file: bytes("<html><head><!-- <meta charset=koi8-r> --><meta charset=gbk></head><body><p>", GBK, "</p></body></html>"),
    says: ["encoding-guessed"],
    has: { language: "zh-Hans" },
  },
  {
    what: "windows-1251 that was read as windows-1252 and saved again",
    file: page(new TextDecoder("windows-1252").decode(singleByte(RUSSIAN, "windows-1251"))),
    says: ["text-damaged"],
  },
  {
    what: "UTF-8 that was read as KOI8-R and saved again",
    file: page(new TextDecoder("koi8-r").decode(utf8(RUSSIAN))),
    says: ["text-damaged"],
  },
  {
    what: "KOI8-R that was read as windows-1251 and saved again",
    file: page(new TextDecoder("windows-1251").decode(singleByte("Страны Европы Обсудили Границу", "koi8-r"))),
    says: ["text-damaged"],
  },
  { what: "words with small letters before capitals", file: page("мРНК-вакцины, кДНК, мРНК, мРНК и эЦП.") },
  { what: "words of accented letters, but fewer than three", file: page("Où? Là-bas, à Öö: ÄÖÜ.") },
  { what: "quotation marks that became control characters", file: page("a \u0093word\u0094"), says: ["character-forbidden"] },
  { what: "an RTF document", key: "a.txt", file: "{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0}", is: "quarantined", says: ["file-binary"] },
  { what: "a PDF document", file: "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", is: "quarantined", says: ["file-binary"] },
  { what: "UTF-16 cut inside a letter", file: utf16(page("Text and more."), "LE").slice(0, -1), says: ["text-damaged"] },
  { what: "UTF-16BE with half a pair", file: utf16(page("Text \uD800 and more."), "BE"), says: ["text-damaged"] },
  { what: "an overlong slash", file: bytes(page("Text "), [0xc0, 0xaf], " and more."), is: "quarantined", says: ["encoding-unknown"] },
  {
    what: "surrogates as UTF-8",
    file: bytes(page("Text "), [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]),
    is: "quarantined",
    says: ["encoding-unknown"],
  },
  { what: "GBK without a stated encoding", file: bytes(page(""), GBK), is: "quarantined", says: ["encoding-unknown"] },
  {
    what: "GBK in a page that names it",
    key: "a.html",
    file: bytes('<html><head><meta charset="gb2312"></head><body><p>', GBK, "</p></body></html>"),
    says: ["encoding-guessed"],
    has: { language: "zh-Hans", html: "<p>哈萨克斯坦与邻国达成协议哈萨克斯坦与邻国达成协议</p>" },
  },
  {
    what: "windows-1251 in a page that claims KOI8-R",
    key: "a.html",
    file: bytes(
      '<html><head><meta http-equiv="Content-Type" content="text/html; charset=koi8-r"></head><p>',
      singleByte(RUSSIAN, "windows-1251"),
    ),
    says: ["encoding-guessed"],
    has: { html: `<p>${RUSSIAN}</p>` },
  },
  {
    what: "Russian in macCyrillic",
    file: bytes(page(""), singleByte(RUSSIAN, "x-mac-cyrillic")),
    says: ["encoding-guessed"],
    has: { html: `<p>${RUSSIAN}</p>` },
  },
  {
    what: "Kazakh in KZ-1048",
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
    what: "UTF-7, which is plain text",
    key: "a.txt",
    file: "T\n+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    has: { html: "<p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>" },
  },
  short("Да", "windows-1251"),
  short("Да", "ibm866"),
  short("Да", "x-mac-cyrillic"),
  short("В", "iso-8859-5"),
  short("УЖЕ", "ibm866"),
  short("أخبار اليوم", "windows-1256"),
  short("Οι χώρες της περιοχής συμφώνησαν σε νέους κανόνες", "windows-1253"),
  short("מדינות האזור הסכימו על כללים חדשים להובלת תבואה", "windows-1255"),
  short("İstanbul'da güneşli bir gün, ışık ve çığ", "windows-1254"),
  short("Zażółć gęślą jaźń po łące", "windows-1250"),
  short("ПРЕДСЕДАТЕЛЕМ КНР ПОДЧЕРКНУЛ ЕЩЕ", "koi8-r", read("ПРЕДСЕДАТЕЛЕМ КНР ПОДЧЕРКНУЛ ЕЩЕ")),
  short("СОВМЕСТНАЯ БОРЬБА С ЭПИДЕМИЕЙ", "windows-1251", read("СОВМЕСТНАЯ БОРЬБА С ЭПИДЕМИЕЙ")),
  short("словам Токаева на арене", "windows-1251", read("словам Токаева на арене")),
  short("культурные обмены Древний Китай", "x-mac-cyrillic", read("культурные обмены Древний Китай")),
  short("Это отвечает ожиданиям", "x-mac-cyrillic", read("Это отвечает ожиданиям")),
  short("It’s a “quoted” café – 5 × 3 €…", "windows-1252", read("It’s a “quoted” café – 5 × 3 €…")),
  short("Il va à Paris et l’été revient", "windows-1252", read("Il va à Paris et l’été revient")),
  short("Größe, Straße, Öl; ¿Qué? ¡Sí! 25 °C, 3º", "windows-1252", read("Größe, Straße, Öl; ¿Qué? ¡Sí! 25 °C, 3º")),
  {
    what: "GBK in a page that claims a Russian encoding",
    key: "a.html",
    file: bytes('<html><head><meta charset="windows-1251"></head><body><p>', GBK, "</p></body></html>"),
    ...unknown,
  },
  {
    what: "GBK in a page that claims a Latin encoding",
    key: "a.html",
    file: bytes('<html><head><meta charset="iso-8859-1"></head><body><p>', GBK, "</p></body></html>"),
    ...unknown,
  },
  {
    what: "Greek in a page that names it",
    key: "a.html",
    file: bytes('<html><head><meta charset="windows-1253"></head><body><p>', singleByte("Οι χώρες της περιοχής", "windows-1253")),
    says: ["encoding-guessed"],
    has: { html: "<p>Οι χώρες της περιοχής</p>" },
  },
  {
    what: "byte order marks in the middle, as in joined files",
    file: page("wo\uFEFFrds\n\n\uFEFFmore"),
    has: { html: "<p>words</p>\n<p>more</p>" },
  },
  { what: "a byte order mark after the first line", file: "---\n\uFEFFtitle: T\n---\nText.", has: { title: "T", html: "<p>Text.</p>" } },
  {
    what: "UTF-8 that was read as windows-1252 and saved again",
    file: page(new TextDecoder("windows-1252").decode(utf8(RUSSIAN))),
    says: ["character-forbidden", "text-damaged"],
  },
  {
    what: "UTF-8 that was read as windows-1251 and saved again",
    file: page(new TextDecoder("windows-1251").decode(utf8(RUSSIAN))),
    says: ["text-damaged"],
  },
  {
    what: "French UTF-8 that was read as windows-1252 and saved again",
    file: page(new TextDecoder("windows-1252").decode(utf8(FRENCH))),
    says: ["text-damaged"],
  },
  { what: "words in which such pairs of letters are correct", file: page("Ñandú, ÑÑ, SÃO PAULO, NÃO, MÃE, РСФСР, РЭС, ГОССТРОЙ, РС.") },
  {
    what: "a title of forbidden characters alone",
    key: "a.html",
    file: '---\ntitle: "\\u007f\\u0085\\ufdd0"\n---\n<h1>&#1;</h1><h2>Text</h2><p>and more.</p>',
    says: ["character-forbidden", "character-forbidden"],
    has: { title: "Text and more." },
  },
  {
    what: "an id of forbidden characters alone",
    file: '---\ntitle: T\nid: "\\u0080\\ud83f\\udffe"\n---\nText.',
    says: ["character-forbidden"],
    has: { title: "T", id: undefined },
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
