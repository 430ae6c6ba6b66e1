import type { Remark } from "../model/remark.ts";

/** A value of front matter. YAML's numbers and dates stay the text that was written: `1.10` is not 1.1, and a date is read later. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export type Field = { readonly name: string; readonly value: Value /** Counted from 1 in the file. */; readonly line: number };

/** What a reader of one syntax answers: its fields, or what is wrong. Lines are those of the file, of which `firstLine` opens the header. */
export type Fields = { readonly fields: readonly Field[]; readonly remarks: readonly Remark[] };
