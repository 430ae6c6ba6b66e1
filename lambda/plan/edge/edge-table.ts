import { sortedRecord } from "../../articles/model/json-value.ts";
import { isReleased, type Moves } from "../../channels/site/moves.ts";
import { customary } from "../../channels/site/reserved.ts";
import type { Encoding, Site } from "../../channels/site/site.ts";
import type { Key } from "../../stores/store.ts";
import { isBare, isText, variantKey } from "../manifest/variants.ts";

/** Where the table is published: beside the feeds, where the edge function shows it to nobody. */
export const edgeKey: Key = "edge.json";

/** Keys and values as the edge function (lambda/edge) reads them; what they mean stands there. */
export type EdgeTable = Readonly<Record<string, string>>;

/** What is published once a plan has been carried out. */
export type Shelf = {
  readonly keys: ReadonlySet<Key>;
  /** Whether a text file's variant is there. */
  readonly hasVariant: (key: Key, encoding: Encoding) => boolean;
  /** Whether pages of articles have addresses with neither a slash at the end nor an ending. */
  readonly bare: boolean;
  /** The folder of the site's main feed, which customary addresses lead to; undefined where there is no feed. */
  readonly main?: string;
};

/** Characters of a key, and of a value, that a KeyValueStore takes (CloudFront, "Quotas on key value stores"). */
const longest = { key: 512, value: 1024 } as const;

export function fitsTheEdge([key, value]: readonly [key: string, value: string]): boolean {
  return Buffer.byteLength(key) <= longest.key && Buffer.byteLength(value) <= longest.value;
}

/** The table that is right for what is published, and why it does not say all that site.yaml does. */
export function edgeTableOf(site: Site, shelf: Shelf): { readonly table: EdgeTable; readonly remarks: readonly string[] } {
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
  const all = { ...habits(moves, shelf), ...rows, site: JSON.stringify(settings) };
  const sorted = Object.entries(sortedRecord(all));
  const long = sorted.filter((row) => !fitsTheEdge(row)).map(([key]) => tooLong(key));
  return { table: Object.fromEntries(sorted.filter(fitsTheEdge)), remarks: [...held, ...waiting, ...long] };
}

function tooLong(path: string): string {
  return `site.yaml: ${path.slice(0, 60)}… is too long for the edge (512 bytes of a path, 1,024 of where it leads). It stays as it is.`;
}

/** The file format that a CloudFront KeyValueStore can be made from. */
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
 * From the least wanted to the most. The edge cannot look whether a variant is there, and one that is not would be a 404: an encoding
 * is offered only where every text file has it. A channel that is held, say, has none of an encoding that was added since.
 */
function encodingsOf(site: Site, { keys, hasVariant, bare }: Shelf) {
  const texts = [...keys].filter((key) => (isText(key) || (bare && isBare(key))) && !isReleased(site.moves, key)).sort();
  const wanted = (["gzip", "br"] as const).filter((encoding) => site.encodings.includes(encoding));
  const lacking = wanted.map((encoding) => ({ encoding, without: texts.filter((key) => !hasVariant(key, encoding)) }));
  return {
    offered: lacking.filter(({ without }) => without.length === 0).map(({ encoding }) => encoding),
    remarks: lacking
      .filter(({ without }) => without.length > 0)
      .map(({ encoding, without: [first = "", ...more] }) => {
        const others = more.length === 0 ? "" : ` (nor has any of ${more.length} more)`;
        return `${encoding} is not offered to readers: ${first} has no ${variantKey(first, encoding)} beside it${others}.`;
      }),
  };
}

/** A move acts only where it leads somewhere: readers follow a 301 for good. */
function rowsOf({ moved, retired }: Moves, { keys }: Shelf): { readonly rows: EdgeTable; readonly remarks: readonly string[] } {
  const arrives = (to: string) =>
    !to.startsWith("/") ||
    keys.has(to.endsWith("/") ? `${to.slice(1)}index.html` : to.slice(1)) ||
    isReleased({ moved, retired }, to.slice(1));
  const [open, waiting] = [true, false].map((there) => Object.entries(moved).filter(([, to]) => arrives(to) === there));
  const rows = (open ?? []).flatMap(([from, to]) => spellings(from).map((path) => [path, `301 ${addressOf(to)}`] as const));
  return {
    rows: { ...Object.fromEntries(rows), ...Object.fromEntries(retired.map((path) => [path, path.endsWith("/") ? "410 /" : "410"])) },
    remarks: (waiting ?? []).map(
      ([from, to]) => `site.yaml: ${from} has moved to ${to}, where nothing is published. It stays as it is until then.`,
    ),
  };
}

/** A folder's own address is asked for with its slash and without. */
function spellings(path: string): readonly string[] {
  return path.endsWith("/") || /\.[^/]*$/.test(path) ? [path] : [path, `${path}/`];
}

function addressOf(target: string): string {
  return target.startsWith("/") ? target.split("/").map(encodeURIComponent).join("/") : target;
}

/** How deep the folders lie for which there are rows, deepest first: only so many does the edge look up. */
function depthsOf(paths: readonly string[]): readonly number[] {
  const depths = paths.filter((path) => path.endsWith("/")).map((path) => path.split("/").length - 2);
  return [...new Set(depths)].sort((a, b) => b - a);
}

function habits(moves: Moves, { keys, main }: Shelf): EdgeTable {
  const rows = customary.flatMap(([path, files]) => {
    const bare = path.replaceAll("/", "");
    const taken = keys.has(bare) || keys.has(`${bare}/index.html`) || isReleased(moves, bare);
    const file = files.map((name) => `${main}/${name}`).find((key) => keys.has(key) && !isReleased(moves, key));
    return taken || main === undefined || file === undefined ? [] : [[path, `200 /${file}`] as const];
  });
  return Object.fromEntries(rows);
}
