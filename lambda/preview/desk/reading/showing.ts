import { hash } from "node:crypto";
import { formatFiles } from "../../../feeds/formats/formats.ts";
import type { Key } from "../../../stores/store.ts";
import type { Named } from "./entry-text.ts";
import type { View } from "./view.ts";

/** A file that shows an article, or will after the next publish. */
export type ShowingFile = {
  readonly key: Key;
  /** How people call what it is. */
  readonly label: string;
  /** Of a feed's document: its folder, such as "all" or "all/archive/2026-10". */
  readonly path?: string;
};

const labels = { rss: "RSS", atom: "Atom", json: "JSON Feed" } as const;

/** The documents that show an article, windows before archives, each in its formats. */
export function documentsShowing({ prepared: { selections } }: View, id: string): readonly ShowingFile[] {
  const documents = selections.flatMap(({ channel, documents: all }) =>
    all
      .filter(({ shown }) => shown.some(({ entry }) => entry.id === id))
      .map(({ path, kind }) => ({ path, kind, formats: channel.formats })),
  );
  const ordered = [...documents.filter(({ kind }) => kind === "window"), ...documents.filter(({ kind }) => kind === "archive")];
  return ordered.flatMap(({ path, formats }) =>
    formats.map((format) => ({ key: `${path}/${formatFiles[format].file}`, label: labels[format], path })),
  );
}

/** The files of a document in its formats, also of one that no article names. */
export function filesOfDocument({ prepared: { selections } }: View, path: string): readonly ShowingFile[] {
  const found = selections.find(({ documents }) => documents.some((document) => document.path === path));
  return (found?.channel.formats ?? []).map((format) => ({ key: `${path}/${formatFiles[format].file}`, label: labels[format], path }));
}

/** The key of an article's own page; undefined if it has none. */
export function pageShowing({ prepared: { changes } }: View, id: string): Key | undefined {
  return Object.entries(changes.plan.manifest.files).find(([, { article }]) => article === id)?.[0];
}

/**
 * Files for partners that may show an article. Whether one does is in its text: a dialect has its own form of an entry. Of files about one
 * article each (`items/<hash of its id>`), those of others are left out, and so are the parts of a change log, which hold no entry.
 */
export function filesForPartners({ prepared: { changes } }: View, { id, uri }: Named): readonly ShowingFile[] {
  const keys = partnerKeysFor(Object.keys(changes.plan.manifest.files), { id, uri });
  return keys.map((key) => ({ key, label: key.slice("partners/".length) }));
}

/** Of these keys, those of partners' files that may show the article. */
export function partnerKeysFor(keys: readonly Key[], { id, uri }: Pick<Named, "id" | "uri">): readonly Key[] {
  const own = new Set([id, uri].map((name) => hash("sha256", name).slice(0, 32)));
  const isOthers = (key: Key) => {
    const [, item] = /\/items\/([0-9a-f]{32})\.[a-z]+$/.exec(key) ?? [];
    return (item !== undefined && !own.has(item)) || key.includes("/changes/");
  };
  return keys.filter((key) => /^partners\/.*\.(?:xml|json)$/.test(key) && !isOthers(key));
}
