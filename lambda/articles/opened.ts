import type { Key } from "../stores/store.ts";
import { decode } from "./encoding/decode.ts";
import { type Facts, factsOf, titleOf } from "./front-matter/fields/fields.ts";
import { type FrontMatter, frontMatter } from "./front-matter/front-matter.ts";
import type { Finding, Newsroom } from "./model/article.ts";
import { problem, type Remark } from "./model/remark.ts";

export type Source = { readonly key: Key; readonly bytes: Uint8Array };

/** Known only from the listing: whether this is the only article in its folder. */
export type Hints = { readonly soleInFolder: boolean };

/** A source as text, with what its front matter states; or why there is no article in it. */
export type Opened =
  | {
      readonly kind: "opened";
      readonly key: Key;
      /** The whole file, decoded. */
      readonly text: string;
      readonly header: FrontMatter;
      readonly facts: Facts;
      readonly remarks: readonly Remark[];
    }
  | { readonly kind: "draft"; readonly remarks: readonly Remark[] }
  | { readonly kind: "broken"; readonly remarks: readonly Remark[] };

export function opened({ key, bytes }: Source, newsroom: Newsroom): Opened {
  const decoded = decode(bytes);
  if (decoded.kind === "damaged") return { kind: "broken", remarks: decoded.remarks };
  const header = frontMatter(decoded.text);
  const { facts, remarks: ofFields } = factsOf(header.fields, key, newsroom);
  const remarks = [...decoded.remarks, ...header.remarks, ...ofFields];
  if (facts.lifecycle.draft) return { kind: "draft", remarks: remarks.filter(({ kind }) => kind === "notice") };
  if (remarks.some(isProblem)) return { kind: "broken", remarks };
  return { kind: "opened", key, text: decoded.text, header, facts, remarks };
}

/** The text of an article whose head is known, and the title that its front matter states. Undefined if the file holds no text. */
export type Text = { readonly key: Key; readonly header: FrontMatter; readonly title: string | undefined };

export function writtenTextOf({ key, bytes }: Source, newsroom: Newsroom): Text | undefined {
  const decoded = decode(bytes);
  if (decoded.kind === "damaged") return undefined;
  const header = frontMatter(decoded.text);
  return { key, header, title: titleOf(header.fields, newsroom.fields) };
}

export const isProblem = ({ kind }: Remark): boolean => kind === "problem";

export const withKey = (key: Key, remarks: readonly Remark[]): readonly Finding[] => remarks.map((remark) => ({ ...remark, key }));

export const NOTHING_THERE = problem("article-empty", "The article has neither title nor text.", {
  hint: 'Write title: "…" and text below it.',
});
