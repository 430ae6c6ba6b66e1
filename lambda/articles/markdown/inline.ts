import type { MarkdownIt, StateInline } from "markdown-it";
import { spend } from "../model/budget.ts";

type Rule = (state: StateInline, silent: boolean) => boolean;

/**
 * Where each rule can begin. The engine tries its rules in turn at every sign; here a sign is looked up, and all others are text. A rule
 * that is missing is an error when the program starts.
 */
const BEGINNINGS: Readonly<Record<string, string>> = {
  linkify: ":",
  newline: "\n",
  escape: "\\",
  backticks: "`",
  strikethrough: "~",
  emphasis: "*_",
  highlight: "=",
  compared: "$",
  "wiki-link": "![",
  mention: "[",
  link: "[",
  image: "!",
  autolink: "<",
  "attribute-list": "{",
  html_inline: "<",
  entity: "&",
};
/** The sign that must follow, where there is only one. */
const SECOND: Readonly<Record<string, string>> = { ":": "/", "!": "[", "=": "=" };
/** Nothing that begins with one of these can hold the end of a link's words, so a search for that end passes over them. */
const PASSED = ":\n~*_&";

const code = (sign: string): number => sign.charCodeAt(0);
const CLOSES = code("]");

/** Splits lines into tokens as the engine does, in half its time. Called once all rules are known. */
export function useQuickInline(engine: MarkdownIt): void {
  const { inline } = engine;
  const deepest = engine.options.maxNesting;
  const rules = rulesByCode(named(inline.ruler, ["text", ...Object.keys(BEGINNINGS)]));
  const second = Array.from(rules, () => -1);
  for (const [first, next] of Object.entries(SECOND)) second[code(first)] = code(next);
  const passed = new Set([...PASSED].map(code));
  const stops = rules.map((some, sign) => sign === CLOSES || (some.length > 0 && !passed.has(sign)));
  const join = named(inline.ruler2, ["balance_pairs", "strikethrough", "emphasis", "fragments_join"]).get("fragments_join");

  inline.tokenize = (state) => {
    const { src, posMax: end } = state;
    let at = state.pos;
    /** The beginning of the text that is not yet pending. */
    let from = at;
    while (at < end) {
      const sign = src.charCodeAt(at);
      const some = sign < rules.length ? (rules[sign] as readonly Rule[]) : NONE;
      if (some.length === 0 || state.level >= deepest || (second[sign] !== -1 && src.charCodeAt(at + 1) !== second[sign])) {
        at += 1;
        continue;
      }
      if (at > from) state.pending += src.slice(from, at);
      state.pos = at;
      let isTaken = false;
      for (let index = 0; index < some.length && !isTaken; index += 1) isTaken = some[index]?.(state, false) ?? false;
      from = isTaken ? state.pos : at;
      at = isTaken ? state.pos : at + 1;
    }
    if (from < end) state.pending += src.slice(from, end);
    state.pos = at;
    if (state.pending !== "") state.pushPending();
  };

  // For a link that is opened again and again without an end, the engine searches that end once per nesting level.
  inline.skipToken = (state) => {
    spend("steps");
    const { pos, cache } = state;
    state.pos = cache[pos] ??= endOfToken(state);
  };

  function endOfToken(state: StateInline): number {
    const { src, pos, posMax } = state;
    if (state.level >= deepest) return posMax + 1;
    let at = pos;
    while (at < posMax && !(stops[src.charCodeAt(at)] ?? false)) at += 1;
    if (at > pos) return at;
    for (const rule of rules[src.charCodeAt(pos)] ?? NONE) {
      state.level += 1;
      const isTaken = rule(state, true);
      state.level -= 1;
      if (isTaken) return state.pos;
    }
    return pos + 1;
  }

  inline.parse = (text, md, env, tokens) => {
    const state = new inline.State(text, md, env, tokens);
    inline.tokenize(state);
    // Without any mark that could be emphasis, there is nothing to pair.
    if (isMarked(state)) for (const rule of inline.ruler2.getRules("")) rule(state);
    else join?.(state);
  };
}

const NONE: readonly Rule[] = [];

const isMarked = ({ delimiters, tokens_meta: inside }: StateInline): boolean =>
  delimiters.length > 0 || inside.some((meta) => (meta?.delimiters?.length ?? 0) > 0);

/** The enabled rules of a chain, by name and in their order. */
function named<Args extends unknown[], Result>(
  ruler: { enableOnly(names: string[]): void; getRules(chain: string): ((...args: Args) => Result)[] },
  names: readonly string[],
): ReadonlyMap<string, (...args: Args) => Result> {
  const all = ruler.getRules("");
  const byRule = new Map(
    names.map((name) => {
      ruler.enableOnly([name]);
      return [ruler.getRules("")[0], name] as const;
    }),
  );
  ruler.enableOnly([...names]);
  return new Map(
    all.map((rule) => {
      const name = byRule.get(rule);
      if (name === undefined) throw new Error("The Markdown engine has a rule that inline.ts does not know.");
      return [name, rule] as const;
    }),
  );
}

/** For every sign of ASCII, the rules that can begin there. */
function rulesByCode(rules: ReadonlyMap<string, Rule>): readonly (readonly Rule[])[] {
  const all: Rule[][] = Array.from({ length: 128 }, () => []);
  for (const [name, rule] of rules) for (const sign of BEGINNINGS[name] ?? "") all[code(sign)]?.push(rule);
  return all;
}
