import type { Person } from "../../articles/model/article.ts";
import type { Entry, FeedDocument } from "./feed.ts";

/** The short text of an entry: its summary, or its title if it has none. Every format requires some text. */
export const summaryOrTitle = (entry: Entry): string => (entry.summary.trim() === "" ? entry.title : entry.summary);

/** Authors with a name. No feed shows the e-mail addresses of authors. */
export const namedAuthors = (entry: Entry): readonly Person[] => entry.authors.filter(({ name }) => name.trim() !== "");

/**
 * What an entry is about: the section first, each term once. `scheme` names the list that the term comes from (RFC 4287,
 * 4.2.2.2).
 */
export type Category = { readonly term: string; readonly scheme: string };

export const categoriesOf = (document: FeedDocument, entry: Entry): readonly Category[] => {
  const section = entry.section === undefined || entry.section.trim() === "" ? [] : [entry.section];
  const tags = [...new Set(entry.tags)].filter((tag) => tag.trim() !== "" && tag !== entry.section);
  return [
    ...section.map((term) => ({ term, scheme: `${document.site}#section` })),
    ...tags.map((term) => ({ term, scheme: `${document.site}#tag` })),
  ];
};

const ADDRESS = /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+$/;

/** The newsroom's own address, which its settings chose to show; undefined if it is not an address. */
export const emailOf = (author: Person): string | undefined =>
  author.email !== undefined && ADDRESS.test(author.email) ? author.email : undefined;

/** The name of the program that made the feed, without a version: a new version must not change the bytes of a feed. */
export const GENERATOR = "Wireroom";
