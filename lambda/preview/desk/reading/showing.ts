import { formatFiles } from "../../../feeds/formats/formats.ts";
import type { Key } from "../../../stores/store.ts";
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

/** Files for partners, by key. Whether one shows an article is in its text: a dialect has its own form of an entry. */
export function filesForPartners({ prepared: { changes } }: View): readonly ShowingFile[] {
  const keys = Object.keys(changes.plan.manifest.files).filter((key) => /^partners\/.*\.(?:xml|json)$/.test(key));
  return keys.map((key) => ({ key, label: key.slice("partners/".length) }));
}
