import type { Finding } from "./article.ts";
import { omitUndefined } from "./json-value.ts";

/** A finding without its file's key. */
export type Remark = Omit<Finding, "key">;

type Where = { readonly line?: number | undefined; readonly hint?: string | undefined };

const remark = (kind: Remark["kind"], code: string, message: string, { line, hint }: Where): Remark => ({
  kind,
  code,
  message,
  ...omitUndefined({ line, hint }),
});

/** The article is published; the part in question was repaired or dropped. */
export const notice = (code: string, message: string, where: Where = {}): Remark => remark("notice", code, message, where);

/** A new article stays out; a published one stays as it was. */
export const problem = (code: string, message: string, where: Where = {}): Remark => remark("problem", code, message, where);

const SHOWN = 80;

/** What an author wrote, shortened for a message: `"tomorrow"`, `["a","b"]`. */
export function quoted(value: unknown): string {
  const written = JSON.stringify(value) ?? "nothing";
  return written.length <= SHOWN ? written : `${written.slice(0, SHOWN).toWellFormed()}…`;
}
