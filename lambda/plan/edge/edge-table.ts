import { omitUndefined, sortedRecord } from "../../articles/model/json-value.ts";
import { isReleased, type Moves } from "../../channels/site/moves.ts";
import { customaryPaths } from "../../channels/site/reserved.ts";
import type { Encoding, Site } from "../../channels/site/site.ts";
import { tdmHeaders } from "../../feeds/formats/rights.ts";
import { asUri } from "../../feeds/model/address.ts";
import type { Key } from "../../stores/store.ts";
import { isBare, isText, variantKey } from "../manifest/variants.ts";

/** Where the table is published: beside the feeds; the edge function serves it to nobody. */
export const edgeKey: Key = "edge.json";

/** Keys and values as the edge function reads them; lambda/edge explains them. */
export type EdgeTable = Readonly<Record<string, string>>;

/** What is published after a plan. */
export type PublishedFiles = {
  readonly keys: ReadonlySet<Key>;
  /** Whether a text file has this variant. */
  readonly hasVariant: (key: Key, encoding: Encoding) => boolean;
  /** Whether addresses of article pages have neither a trailing slash nor an extension. */
  readonly bare: boolean;
  /** The folder of the site's main feed, to which customary addresses redirect; undefined if there is no feed. */
  readonly main?: string;
};

/** The most characters of a key and of a value in a KeyValueStore (CloudFront, "Quotas on key value stores"). */
const longest = { key: 512, value: 1024 } as const;

export function fitsTheEdge([key, value]: readonly [key: string, value: string]): boolean {
  return Buffer.byteLength(key) <= longest.key && Buffer.byteLength(value) <= longest.value;
}

/** The table for what is published, and remarks on each part of site.yaml that it cannot have yet. */
export function edgeTableOf(site: Site, shelf: PublishedFiles): { readonly table: EdgeTable; readonly remarks: readonly string[] } {
  const { feedUrl, hub, moves } = site;
  const { offered, remarks: held } = encodingsOf(site, shelf);
  const { rows, remarks: waiting } = rowsOf(moves, shelf);
  const settings = {
    feedUrl,
    base: new URL(feedUrl).pathname,
    ...(hub === undefined ? {} : { hub }),
    ...(shelf.bare ? { bare: true } : {}),
    ...(moves.former === undefined ? {} : { former: moves.former }),
    encodings: offered,
    folders: depthsOf(Object.keys(rows)),
  };
  const { written, remarks: unsaid } = withRights(settings, site.rights);
  const all = { ...habits(moves, shelf), ...rows, site: written };
  const sorted = Object.entries(sortedRecord(all));
  const long = sorted.filter((row) => !fitsTheEdge(row)).map(([key]) => tooLong(key));
  return { table: Object.fromEntries(sorted.filter(fitsTheEdge)), remarks: [...held, ...waiting, ...unsaid, ...long] };
}

/** The settings with the headers that repeat `rights`: long addresses must not keep the whole row from the edge. */
function withRights(settings: object, rights: Site["rights"]): { readonly written: string; readonly remarks: readonly string[] } {
  const said = { ...settings, ...omitUndefined({ tdm: rights && tdmHeaders(rights), license: rights?.rsl && asUri(rights.rsl) }) };
  if (fitsTheEdge(["site", JSON.stringify(said)])) return { written: JSON.stringify(said), remarks: [] };
  const remark =
    'site.yaml: the addresses in "rights" are too long for the edge, so answers carry no headers of rights. Shorten rights.rsl or rights.policy.';
  const shown = Object.keys(said).length > Object.keys(settings).length;
  return { written: JSON.stringify(settings), remarks: shown ? [remark] : [] };
}

function tooLong(path: string): string {
  return `site.yaml: ${path.slice(0, 60)}… is too long for the edge (at most 512 bytes for a path, and 1,024 for its target). The address was not changed.`;
}

/** The file format that a CloudFront KeyValueStore can import. */
export function renderEdgeTable(table: EdgeTable): string {
  const data = Object.entries(table).map(([key, value]) => ({ key, value }));
  return `${JSON.stringify({ data }, undefined, 2)}\n`;
}

/** The rows of a published table. */
export function readEdgeTable(text: string): EdgeTable {
  const { data } = JSON.parse(text) as { readonly data: readonly { readonly key: string; readonly value: string }[] };
  return Object.fromEntries(data.map(({ key, value }) => [key, value]));
}

/**
 * The offered encodings, least preferred first. The edge cannot check whether a variant exists, and a missing one would be a 404, so an
 * encoding is offered only if every text file has it. A held channel, for example, lacks an encoding that was added since.
 */
function encodingsOf(site: Site, { keys, hasVariant, bare }: PublishedFiles) {
  const texts = [...keys].filter((key) => (isText(key) || (bare && isBare(key))) && !isReleased(site.moves, key)).sort();
  const wanted = (["gzip", "br"] as const).filter((encoding) => site.encodings.includes(encoding));
  const lacking = wanted.map((encoding) => ({ encoding, without: texts.filter((key) => !hasVariant(key, encoding)) }));
  return {
    offered: lacking.filter(({ without }) => without.length === 0).map(({ encoding }) => encoding),
    remarks: lacking
      .filter(({ without }) => without.length > 0)
      .map(({ encoding, without: [first = "", ...more] }) => {
        const others = more.length === 0 ? "" : ` (and ${more.length} more ${more.length === 1 ? "file" : "files"})`;
        return `${encoding} is not offered to readers, because ${variantKey(first, encoding)} is missing${others}.`;
      }),
  };
}

/** A move takes effect only if its target exists: readers remember a 301 forever. */
function rowsOf({ moved, retired }: Moves, { keys }: PublishedFiles): { readonly rows: EdgeTable; readonly remarks: readonly string[] } {
  const arrives = (to: string) =>
    !to.startsWith("/") ||
    keys.has(to.endsWith("/") ? `${to.slice(1)}index.html` : to.slice(1)) ||
    isReleased({ moved, retired }, to.slice(1));
  const [open, waiting] = [true, false].map((there) => Object.entries(moved).filter(([, to]) => arrives(to) === there));
  const rows = (open ?? []).flatMap(([from, to]) => spellings(from).map((path) => [path, `301 ${addressOf(to)}`] as const));
  return {
    rows: { ...Object.fromEntries(rows), ...Object.fromEntries(retired.map((path) => [path, path.endsWith("/") ? "410 /" : "410"])) },
    remarks: (waiting ?? []).map(
      ([from, to]) => `site.yaml: ${from} is moved to ${to}, but nothing is published there. The move takes effect once something is.`,
    ),
  };
}

/** Readers request a folder's address with and without the trailing slash. */
function spellings(path: string): readonly string[] {
  return path.endsWith("/") || /\.[^/]*$/.test(path) ? [path] : [path, `${path}/`];
}

function addressOf(target: string): string {
  return target.startsWith("/") ? target.split("/").map(encodeURIComponent).join("/") : target;
}

/** The depths of all folders that have rows, deepest first: the edge looks up only these. */
function depthsOf(paths: readonly string[]): readonly number[] {
  const depths = paths.filter((path) => path.endsWith("/")).map((path) => path.split("/").length - 2);
  return [...new Set(depths)].sort((a, b) => b - a);
}

function habits(moves: Moves, { keys, main }: PublishedFiles): EdgeTable {
  const rows = customaryPaths.flatMap(([path, files]) => {
    const bare = path.replaceAll("/", "");
    const taken = keys.has(bare) || keys.has(`${bare}/index.html`) || isReleased(moves, bare);
    const file = files.map((name) => `${main}/${name}`).find((key) => keys.has(key) && !isReleased(moves, key));
    return taken || main === undefined || file === undefined ? [] : [[path, `200 /${file}`] as const];
  });
  return Object.fromEntries(rows);
}
