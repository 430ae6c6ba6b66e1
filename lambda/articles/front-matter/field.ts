import type { Remark } from "../model/remark.ts";

/** A front matter value. YAML numbers and dates stay text as written: `1.10` is not 1.1, and a date is parsed later. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type Field = { readonly name: string; readonly value: Value /** Counted from 1 in the file. */; readonly line: number };

/** The result of reading one syntax: fields, or what is wrong. Lines count from the top of the file; the header begins at `firstLine`. */
export type Fields = { readonly fields: readonly Field[]; readonly remarks: readonly Remark[] };
