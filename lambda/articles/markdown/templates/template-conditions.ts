/** The result of a condition that needs no knowledge of the site; undefined for any other. */
export type Verdict = boolean | undefined;

const NOTHING: ReadonlySet<string> = new Set(["false", "nil", "null", "none", "undefined", "0"]);
const COMPARED = /^(.+?)\s*(===?|!==?|<>|<=|>=|<|>)\s*(.+)$/s;

/** Handles `if false`, `if 0 == 1`, `unless true`, `if page.x and false`. */
export function verdictOf(name: string, condition: string): Verdict {
  const holds = either(condition.slice(0, 500));
  return name === "unless" && holds !== undefined ? !holds : holds;
}

function either(condition: string): Verdict {
  const parts = condition.split(/\s+(?:or|\|\|)\s+/).map(both);
  if (parts.includes(true)) return true;
  return parts.includes(undefined) ? undefined : false;
}

function both(condition: string): Verdict {
  const parts = condition.split(/\s+(?:and|&&)\s+/).map(one);
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function one(written: string): Verdict {
  const words = written.trim().replace(/^\(\s*(.*?)\s*\)$/s, "$1");
  const denied = /^(?:not\s+|!\s*)(.+)$/s.exec(words)?.[1];
  if (denied !== undefined) {
    const holds = one(denied);
    return holds === undefined ? undefined : !holds;
  }
  const compared = COMPARED.exec(words);
  if (compared === null) {
    const value = literalOf(words);
    return value === undefined ? undefined : !NOTHING.has(value.text) || value.isText;
  }
  const [left, right] = [literalOf(compared[1] ?? ""), literalOf(compared[3] ?? "")];
  return left === undefined || right === undefined ? undefined : compare(left, compared[2] ?? "", right);
}

type Literal = { readonly text: string; readonly isText: boolean };

function literalOf(written: string): Literal | undefined {
  const words = written.trim();
  const text = /^(["'])([^"']*)\1$/.exec(words)?.[2];
  if (text !== undefined) return { text, isText: true };
  return /^(?:true|false|nil|null|none|undefined|-?\d+(?:\.\d+)?)$/.test(words) ? { text: words, isText: false } : undefined;
}

function compare(left: Literal, sign: string, right: Literal): Verdict {
  const isSame = left.text === right.text && left.isText === right.isText;
  if (/^===?$/.test(sign)) return isSame;
  if (/^(?:!==?|<>)$/.test(sign)) return !isSame;
  const [a, b] = [Number(left.text), Number(right.text)];
  if (left.isText || right.isText || Number.isNaN(a) || Number.isNaN(b)) return undefined;
  if (sign === "<") return a < b;
  if (sign === ">") return a > b;
  return sign === "<=" ? a <= b : a >= b;
}
