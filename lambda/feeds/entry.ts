import type { Person } from "../articles/article.ts";
import type { Entry, FeedDocument } from "./feed.ts";

/** What an entry says in short. An entry must say something in every format, so one without words says its title. */
export const summaryOf = (entry: Entry): string => (entry.summary.trim() === "" ? entry.title : entry.summary);

/** Authors by name; e-mail addresses of authors are published nowhere. */
export const authorsOf = (entry: Entry): readonly Person[] => entry.authors.filter(({ name }) => name.trim() !== "");

/** What an entry is about, the section first, each once. `scheme` says which list the term is of (RFC 4287, 4.2.2.2). */
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

/** The newsroom's own address, which its settings chose to show; nothing where it is no address. */
export const emailOf = (author: Person): string | undefined =>
  author.email !== undefined && ADDRESS.test(author.email) ? author.email : undefined;

/** What the feed's program is called; without a version, so that a new one changes no byte. */
export const GENERATOR = "Wireroom";
