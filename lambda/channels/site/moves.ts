import { sortedRecord } from "../../articles/model/json-value.ts";
/**
 * The new addresses of feeds that moved for good: `moved` and `retired` of site.yaml in one spelling. Paths are relative to
 * feedUrl, begin with "/" and are decoded. A path that ends in "/" stands for everything below it; so does its target, which may
 * be absolute.
 */
export type Moves = {
  readonly moved: Readonly<Record<string, string>>;
  readonly retired: readonly string[];
  /** Former hosts of the wire: a request to one of them is redirected to the same path under feedUrl. */
  readonly former?: readonly string[];
};

type Rule = { readonly from: string; readonly to?: string };
type Written = {
  readonly url: string;
  readonly feedUrl?: string | undefined;
  readonly moved?: Readonly<Record<string, string>> | undefined;
  readonly retired?: readonly string[] | undefined;
};

/** The limits of a key value store at the edge: characters of a key, of a value, and of all former names, which share one value. */
const longest = { path: 500, target: 1000, names: 500 } as const;

/** Reads the settings; leaves out what `mistakesInMoves` reports. */
export function movesOf(written: Written): Moves {
  const base = written.feedUrl ?? written.url;
  const moved = Object.entries(written.moved ?? {}).flatMap(([key, value]) => {
    const [from, to] = [pathOf(key), targetOf(value, base)];
    return from === undefined || to === undefined ? [] : [[spelling(from, to.endsWith("/")), to] as const];
  });
  const retired = (written.retired ?? []).map(pathOf).flatMap((path) => (path === undefined ? [] : [spelling(path, true)]));
  const former = Object.entries(written.moved ?? {}).flatMap(([key, value]) =>
    mistakeInFormer(key, value, written) === "" ? hostOf(key) : [],
  );
  return {
    moved: sortedRecord(Object.fromEntries(moved)),
    retired: [...new Set(retired)].sort(),
    ...(former.length === 0 ? {} : { former: [...new Set(former)].sort() }),
  };
}

/** Whether a feed's file ("world/rss.xml") or folder ("world") is listed as moved or retired, so that it is no longer made. */
export function isReleased({ moved, retired }: Moves, path: string): boolean {
  const listed = [...Object.keys(moved), ...retired];
  return listed.some((from) => (from.endsWith("/") ? `/${path}/`.startsWith(from) : from === `/${path}` && isFile(from)));
}

/** Whether a request for a file that is not a feed is redirected from any of its addresses, or answered with 410. */
export function leadsAway({ moved, retired }: Moves, key: string): boolean {
  const folder = key.replace(/(?:^|\/)index\.html$/, "");
  const addresses = [`/${key}`, ...(folder === key ? [] : [`/${folder}`, `/${folder}/`])];
  return [...Object.keys(moved), ...retired].some((from) => addresses.includes(from) || (from.endsWith("/") && `/${key}`.startsWith(from)));
}

/** The mistakes in `moved` and `retired`, each as the end of a sentence that begins with the place. */
export function mistakesInMoves(written: Written): readonly { readonly path: readonly string[]; readonly message: string }[] {
  const moves = movesOf(written);
  const base = written.feedUrl ?? written.url;
  const inMoved = Object.entries(written.moved ?? {}).flatMap(([key, value]) => {
    const message = isName(key) ? mistakeInFormer(key, value, written) : mistakeIn(pathOf(key), targetOf(value, base), moves);
    return message === undefined || message === "" ? [] : [{ path: ["moved", key], message }];
  });
  const inRetired = (written.retired ?? []).flatMap((path, index) =>
    pathOf(path) === undefined ? [{ path: ["retired", String(index)], message: notAPath }] : [],
  );
  return [...inMoved, ...inRetired];
}

function isName(key: string): boolean {
  return /^https?:\/\//i.test(key.trim());
}

/** The host of a former name of the wire; empty if more than a host is written. */
function hostOf(key: string): readonly string[] {
  const found = /^https?:\/\/([^/?#@\s]+)\/?$/i.exec(key.trim());
  return found === null || !URL.canParse(key.trim()) ? [] : [new URL(key.trim()).host];
}

/** "" if it is correct. */
function mistakeInFormer(key: string, value: string, { url, feedUrl, moved }: Written): string {
  const [host] = hostOf(key);
  if (host === undefined) return 'is not a former address of the wire: write only a host, as in "https://old.example/"';
  if (value.trim() !== "/") return 'must lead to "/", which is feedUrl: a former address redirects every path to the same path there';
  if (
    Object.keys(moved ?? {})
      .flatMap(hostOf)
      .join().length > longest.names
  )
    return "is one too many: the edge can hold 500 characters of former addresses in total";
  const present = [url, feedUrl ?? url].map((address) => new URL(address).host);
  return present.includes(host) ? "is the host of url or feedUrl, and would redirect to itself" : "";
}

const notAPath = 'is not a path below feedUrl, such as "/old/rss.xml"';

function mistakeIn(from: string | undefined, to: string | undefined, moves: Moves): string | undefined {
  if (from === undefined) return notAPath;
  if (to === undefined) return 'leads neither to a path below feedUrl, such as "/new/rss.xml", nor to an absolute http(s) URL';
  if (moves.retired.includes(spelling(from, to.endsWith("/"))) || moves.retired.includes(spelling(from, true)))
    return "is also listed as retired; list it only once";
  const end = endOf(to, moves);
  if (end === "loop") return "leads back to itself";
  return end === "retired" ? `leads to a retired path` : undefined;
}

/** Where a reader arrives who follows all moves from a path. */
function endOf(start: string, moves: Moves): "loop" | "retired" | "somewhere" {
  let path = start;
  for (let step = 0; step <= Object.keys(moves.moved).length; step++) {
    const rule = path.startsWith("/") ? ruleOf(path, moves) : undefined;
    if (rule === undefined) return "somewhere";
    if (rule.to === undefined) return "retired";
    path = rule.from.endsWith("/") ? rule.to + path.slice(rule.from.length) : rule.to;
  }
  return "loop";
}

/** The rule for a path: its own rule, or that of the deepest folder around it. */
export function ruleOf(path: string, { moved, retired }: Moves): Rule | undefined {
  const own = path.endsWith("/") ? path.slice(0, -1) : path;
  const rules = [...Object.entries(moved).map(([from, to]) => ({ from, to })), ...retired.map((from): Rule => ({ from }))];
  const around = rules.filter(({ from }) => (from.endsWith("/") ? `${own}/`.startsWith(from) : from === own));
  return around.sort((a, b) => b.from.length - a.from.length)[0];
}

/** A path without a file extension is a folder. It ends in "/" if everything in it moves or goes, otherwise it is only itself. */
function spelling(path: string, whole: boolean): string {
  if (isFile(path)) return path;
  const bare = path.replace(/\/$/, "");
  return whole ? `${bare}/` : bare;
}

function isFile(path: string): boolean {
  return /\.[^/]*$/.test(path);
}

function targetOf(written: string, base: string): string | undefined {
  const value = written.trim();
  if (value.length > longest.target) return undefined;
  if (value.startsWith("/")) {
    const path = pathOf(value);
    return path === undefined ? undefined : spelling(path, true);
  }
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return undefined;
  const { href } = new URL(value);
  const home = new URL(base).href.replace(/\/?$/, "/");
  const within = href.startsWith(home) ? pathOf(href.slice(home.length - 1)) : undefined;
  return within === undefined ? href : spelling(within, true);
}

/** The decoded path; undefined if no published file can have it. */
function pathOf(written: string): string | undefined {
  const trimmed = written.trim();
  if (!trimmed.startsWith("/") || trimmed === "/" || trimmed.length > longest.path || /[?#]|%2f|%5c/i.test(trimmed)) return undefined;
  try {
    const path = decodeURIComponent(trimmed);
    return /[\u0000-\u001f\u007f\\]|\/\/|\/\.\.?(\/|$)/.test(path) ? undefined : path;
  } catch {
    return undefined;
  }
}
