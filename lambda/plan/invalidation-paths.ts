import type { Encoding } from "../channels/site/site.ts";
import type { Key } from "../stores/store.ts";
import { isBare, isText, variantKey } from "./manifest/variants.ts";

/** More paths than this under one folder become one wildcard: CloudFront bills each path, and a wildcard counts as one. */
const most = 10;
/** The most wildcards that CloudFront accepts at once for a distribution. */
const mostWildcards = 15;

/**
 * The paths under which CloudFront caches published files: the file, its variants and, for a folder's page, also the folder's address,
 * since the edge function changes the path and AWS advises to name both. Encoded as in the feeds' own addresses.
 */
export function pathsOf(keys: readonly Key[], encodings: readonly Encoding[]): readonly string[] {
  const all = keys.flatMap((key) => [
    key,
    ...(isText(key) || isBare(key) ? encodings.map((encoding) => variantKey(key, encoding)) : []),
    ...(/(?:^|\/)index\.html$/.test(key) ? [key.slice(0, -"index.html".length)] : []),
  ]);
  return all.map((key) => `/${key.split("/").map(encodeURIComponent).join("/")}`);
}

type Folder = { readonly files: Set<string>; readonly folders: Map<string, Folder> };

const newFolder = (): Folder => ({ files: new Set(), folders: new Map() });

/** The paths in order, without those that another path covers, and with one wildcard for more than ten in a folder. */
export function gatheredPaths(paths: readonly string[]): readonly string[] {
  const root = newFolder();
  for (const path of paths) {
    const names = path.slice(1).split("/");
    const file = names.pop() ?? "";
    const folder = names.reduce((at, name) => at.folders.get(name) ?? add(at, name), root);
    folder.files.add(file);
  }
  const gathered = inside(root, "/");
  return gathered.filter((path) => path.endsWith("*")).length > mostWildcards ? ["/*"] : gathered;
}

function add(at: Folder, name: string): Folder {
  const folder = newFolder();
  at.folders.set(name, folder);
  return folder;
}

/** `at`: the folder's path, with its trailing slash. */
function gather(folder: Folder, at: string): readonly string[] {
  const all = inside(folder, at);
  return all.length > most ? [`${at}*`] : all;
}

function inside({ files, folders }: Folder, at: string): readonly string[] {
  if (files.has("*")) return [`${at}*`];
  return [...[...files].map((file) => at + file), ...[...folders].flatMap(([name, folder]) => gather(folder, `${at}${name}/`))].sort();
}
