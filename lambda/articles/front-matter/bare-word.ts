import type { Value } from "./field.ts";

/** The core schema's null and booleans (YAML 1.2.2, 10.3.2); everything else stays text. */
export function bareWord(text: string): Value {
  if (/^(?:null|Null|NULL|~|)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  return /^(?:false|False|FALSE)$/.test(text) ? false : text;
}
