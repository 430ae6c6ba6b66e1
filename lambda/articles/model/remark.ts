import type { Finding } from "./article.ts";
import { defined } from "./omit-undefined.ts";

/** A finding before it is known which file it belongs to. */
export type Remark = Omit<Finding, "key">;

type Where = { readonly line?: number | undefined; readonly hint?: string | undefined };

const remark = (kind: Remark["kind"], code: string, message: string, { line, hint }: Where): Remark => ({
  kind,
  code,
  message,
  ...defined({ line, hint }),
});

/** The article is published, and the part spoken of was mended or dropped. */
export const notice = (code: string, message: string, where: Where = {}): Remark => remark("notice", code, message, where);

/** The article stays out, or as it last was. */
export const problem = (code: string, message: string, where: Where = {}): Remark => remark("problem", code, message, where);

const SHOWN = 80;

/** What somebody wrote, short enough for a message: `"tomorrow"`, `["a","b"]`. */
export function quoted(value: unknown): string {
  const written = JSON.stringify(value) ?? "nothing";
  return written.length <= SHOWN ? written : `${written.slice(0, SHOWN).toWellFormed()}…`;
}
