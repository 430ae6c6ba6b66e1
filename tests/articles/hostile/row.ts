import type { Article, Newsroom } from "../../../lambda/articles/model/article.ts";

/** An odd file and its expected outcome. */
export type Row = {
  readonly what: string;
  readonly key?: string;
  readonly file: string | Uint8Array;
  readonly newsroom?: Partial<Newsroom>;
  /** "article" if left out. */
  readonly is?: "article" | "withheld" | "passed-over" | "quarantined";
  /** The codes of all findings, in order; none if left out. */
  readonly says?: readonly string[];
  /** Some of the article's fields. */
  readonly has?: { readonly [Name in keyof Article]?: unknown };
};

/** A Markdown file with a title, more lines of front matter, and text. */
export const withFields = (...lines: readonly string[]): string => ["---", "title: T", ...lines, "---", "Text."].join("\n");
/** An HTML file with a title and a body. */
export const page = (html: string): string => `---\ntitle: T\n---\n${html}`;

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const bytes = (...parts: readonly (string | readonly number[] | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...utf8(part)] : [...part])));

export function utf16(text: string, order: "LE" | "BE", mark = true): Uint8Array {
  const units = [...(mark ? [0xfeff] : []), ...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))];
  return Uint8Array.from(units.flatMap((unit) => (order === "BE" ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
}

/** Where KZ-1048 differs from windows-1251 (from IANA's registration), written out by hand. */
const KZ_1048: Readonly<Record<string, number>> = {
  Қ: 0x8d,
  Һ: 0x8e,
  қ: 0x9d,
  һ: 0x9e,
  Ұ: 0xa1,
  ұ: 0xa2,
  Ә: 0xa3,
  Ө: 0xa5,
  Ғ: 0xaa,
  Ү: 0xaf,
  ө: 0xb4,
  ғ: 0xba,
  ә: 0xbc,
  Ң: 0xbd,
  ң: 0xbe,
  ү: 0xbf,
};

/** Encodes text in a single-byte encoding, using the platform's decoder for each byte; missing characters become "?", as in editors. */
export function singleByte(text: string, encoding: string): Uint8Array {
  const own = encoding === "KZ-1048" ? KZ_1048 : {};
  const decoder = new TextDecoder(encoding === "KZ-1048" ? "windows-1251" : encoding);
  const byteOf = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from([...text].map((letter) => own[letter] ?? byteOf.get(letter) ?? 63));
}
