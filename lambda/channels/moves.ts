/**
 * Where feeds have gone for good: `moved` and `retired` of site.yaml in one spelling. Paths lie below feedUrl, begin with "/" and are
 * decoded. One that ends in "/" stands for all that lies below it; so does what it moves to, which may be absolute, too.
 */
export type Moves = {
  readonly moved: Readonly<Record<string, string>>;
  readonly retired: readonly string[];
  /** Hosts by which the wire was asked before: whoever still does is led to the same path under feedUrl. */
  readonly former?: readonly string[];
};

type Rule = { readonly from: string; readonly to?: string };
type Written = {
  readonly url: string;
  readonly feedUrl?: string | undefined;
  readonly moved?: Readonly<Record<string, string>> | undefined;
  readonly retired?: readonly string[] | undefined;
};

/** What a key value store at the edge can hold: characters of a key, and of a value; and of former names, which stand in one value together. */
const longest = { path: 500, target: 1000, names: 500 } as const;

/** As written -> Moves. What `mistakesInMoves` complains of is left out. */
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
    moved: Object.fromEntries(moved.sort(([a], [b]) => (a < b ? -1 : 1))),
    retired: [...new Set(retired)].sort(),
    ...(former.length === 0 ? {} : { former: [...new Set(former)].sort() }),
  };
}

/** Whether a feed's file ("world/rss.xml") or folder ("world") is listed as moved or retired: nothing of it is made any longer. */
export function isReleased({ moved, retired }: Moves, path: string): boolean {
  const listed = [...Object.keys(moved), ...retired];
  return listed.some((from) => (from.endsWith("/") ? `/${path}/`.startsWith(from) : from === `/${path}` && isFile(from)));
}

/** Whether whoever asks for a file that is not a feed's, by any of its addresses, is led away from it or told that it is gone. */
export function leadsAway({ moved, retired }: Moves, key: string): boolean {
  const folder = key.replace(/(?:^|\/)index\.html$/, "");
  const addresses = [`/${key}`, ...(folder === key ? [] : [`/${folder}`, `/${folder}/`])];
  return [...Object.keys(moved), ...retired].some((from) => addresses.includes(from) || (from.endsWith("/") && `/${key}`.startsWith(from)));
}

/** What is wrong with `moved` and `retired`, as the end of a sentence that begins with the place. */
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

/** The host of a name of the wire; none where more than a host is written. */
function hostOf(key: string): readonly string[] {
  const found = /^https?:\/\/([^/?#@\s]+)\/?$/i.exec(key.trim());
  return found === null || !URL.canParse(key.trim()) ? [] : [new URL(key.trim()).host];
}

/** "" where it is right. */
function mistakeInFormer(key: string, value: string, { url, feedUrl, moved }: Written): string {
  const [host] = hostOf(key);
  if (host === undefined) return 'is no name by which the wire was asked: write it as "https://old.example/", with nothing behind it';
  if (value.trim() !== "/") return 'leads to "/", which is feedUrl: whoever asks by an old name gets the same path there';
  if (
    Object.keys(moved ?? {})
      .flatMap(hostOf)
      .join().length > longest.names
  )
    return "is one of too many: the edge holds former names of 500 letters together";
  const present = [url, feedUrl ?? url].map((address) => new URL(address).host);
  return present.includes(host) ? "is the host of url or feedUrl, and would lead back to itself" : "";
}

const notAPath = 'is not a path below feedUrl, such as "/old/rss.xml"';

function mistakeIn(from: string | undefined, to: string | undefined, moves: Moves): string | undefined {
  if (from === undefined) return notAPath;
  if (to === undefined) return 'leads neither to a path below feedUrl, such as "/new/rss.xml", nor to an absolute http(s) URL';
  if (moves.retired.includes(spelling(from, to.endsWith("/"))) || moves.retired.includes(spelling(from, true)))
    return "is listed as retired, too; it can only be one of them";
  const end = endOf(to, moves);
  if (end === "loop") return "leads back to itself";
  return end === "retired" ? `leads to what is listed as retired` : undefined;
}

/** Where somebody who follows the moves from a path arrives. */
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

/** The rule for a path: its own, else that of the deepest folder around it. */
export function ruleOf(path: string, { moved, retired }: Moves): Rule | undefined {
  const own = path.endsWith("/") ? path.slice(0, -1) : path;
  const rules = [...Object.entries(moved).map(([from, to]) => ({ from, to })), ...retired.map((from): Rule => ({ from }))];
  const around = rules.filter(({ from }) => (from.endsWith("/") ? `${own}/`.startsWith(from) : from === own));
  return around.sort((a, b) => b.from.length - a.from.length)[0];
}

/** Without an ending a path is a folder's. Where all of it moves or goes it ends in "/", else it is only itself. */
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

/** Decoded; undefined where no published file could have that path. */
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
