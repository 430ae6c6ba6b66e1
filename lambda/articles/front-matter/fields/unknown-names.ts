import { parseDate } from "../../dates/dates.ts";
import { memoize } from "../../language/memoize.ts";
import type { Newsroom } from "../../model/article.ts";
import { editDistance } from "../../model/nearest.ts";
import { notice, quoted, type Remark } from "../../model/remark.ts";
import type { Field, Value } from "../field.ts";
import { type Fact, factNames, factOf, type Lookup, plainName } from "./field-names.ts";

/** More fields are data, and comparing names takes time. */
const MOST = 100;

/**
 * A notice for each field that nothing reads, if its name looks like one of ours ("titel", "newstitle", "author_name") and no other field
 * states that fact: the article would lose it without a word. A name that begins with "_" is a note to the author's own tools
 * (`_comment`).
 */
export function unknownNames(fields: readonly Field[], found: Lookup, { timezone, fields: own = {} }: Settings): readonly Remark[] {
  const taken = new Set(Object.values(own).flat());
  return fields.slice(0, MOST).flatMap(({ name, value, line }) => {
    const like = taken.has(plainName(name)) || name.startsWith("_") ? undefined : looksLike(plainName(name));
    if (like === undefined || found.one(like.fact) !== undefined || !couldBe(like, value, timezone)) return [];
    const message = `The field ${quoted(name)} is unknown and was ignored. It looks like "${like.name}", which the article does not have.`;
    const hint = `Rename it, or write fields: { ${like.name}: ${name} } in site.yaml.`;
    return [notice("field-unknown", message, { line, hint })];
  });
}

type Settings = Pick<Newsroom, "timezone" | "fields">;
type Likeness = { readonly fact: Fact; readonly name: string; readonly how: "mistyped" | "longer" };

/** Whether a value fits. A longer name often means another thing (`show_date: true`), a mistyped one seldom does, but for `comment`. */
function couldBe({ fact, how }: Likeness, value: Value, zone: string): boolean {
  const text = typeof value === "string" ? value.trim() : "";
  if (fact === "comments") return /^(?:https?:)?\//i.test(text);
  if (how === "mistyped") return value !== null && value !== "";
  if (fact === "published") return parseDate(text, zone) !== undefined;
  if (fact === "image") return /\.(?:jpe?g|png|gif|webp|avif)$/i.test(text);
  if (fact === "authors" || fact === "tags") return text !== "" || (Array.isArray(value) && value.length > 0);
  return text !== "";
}

/** The name of ours that an unknown one looks like. */
const looksLike = memoize((name: string): Likeness | undefined => {
  if (factOf(name) !== undefined) return undefined;
  const near = factNames.find((known) => mistyped(name, known));
  const [fact, inside] = near === undefined ? longer(name) : [factOf(near), near];
  return fact === undefined || inside === undefined ? undefined : { fact, name: inside, how: near === undefined ? "longer" : "mistyped" };
});

/** One letter is wrong, missing, added or swapped; of a short word only swapped, because `data` and `type` are other words. */
function mistyped(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > 1 || name[0] !== known[0]) return false;
  return known.length < 5
    ? name.length === known.length && [...name].sort().join("") === [...known].sort().join("")
    : editDistance(name, known) === 1;
}

/** One of our words at the end of a longer one, or before a word that adds nothing. */
const WORDS: readonly (readonly [fact: Fact, name: string, pattern: RegExp])[] = [
  ["title", "title", /^(?!sub|alt|nav|toc|menu|short|author|seo).*(?:title|headline)$|^(?:title|headline)text$/],
  ["published", "date", /^(?!up).+date$|^date(?:time|created)$|^(?:published|publish)(?:on|time)$/],
  ["authors", "authors", /.authors?$|^authors?(?:names?|ids?|list)$/],
  ["summary", "summary", /.(?:summary|description|excerpt)$|^(?:summary|description|excerpt)text$/],
  ["image", "image", /.(?:image|thumbnail)$|^(?:image|cover|thumbnail)(?:url|src|path|file)$/],
  ["tags", "tags", /.(?:tags|keywords)$|^tags?list$/],
  ["categories", "category", /^(?!sub).+(?:category|categories)$|^categoryname$/],
  ["language", "language", /^(?:language|lang)code$/],
];

function longer(name: string): readonly [Fact | undefined, string | undefined] {
  const [fact, word] = WORDS.find(([, , pattern]) => pattern.test(name)) ?? [];
  return [fact, word];
}
