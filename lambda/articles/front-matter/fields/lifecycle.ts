import { omitUndefined } from "../../model/json-value.ts";
import { problem, quoted, type Remark } from "../../model/remark.ts";
import type { Lookup } from "./field-names.ts";
import { readBoolean, readText } from "./field-values.ts";

/** An article's state: a draft is withheld; a published article may still lie in the future. */
export type Lifecycle = {
  readonly draft: boolean;
  /** The article waits for its date: the problem to report if it has none. */
  readonly undated?: Remark;
  readonly canceled?: { readonly reason?: string };
  readonly remarks: readonly Remark[];
};

const STATES: ReadonlyMap<string, "draft" | "scheduled" | "published" | "canceled"> = new Map([
  ...["draft", "pending", "private", "in-review", "unpublished"].map((word) => [word, "draft"] as const),
  ...["scheduled", "future"].map((word) => [word, "scheduled"] as const),
  ...["published", "publish", "public", "live", "sent"].map((word) => [word, "published"] as const),
  ...["canceled", "cancelled", "withdrawn", "retracted", "killed"].map((word) => [word, "canceled"] as const),
]);

/** Reads `draft`, `published: false` (Jekyll), `status` and `canceled`; a file in a `_drafts` folder is a draft too (Jekyll). */
export function lifecycleOf(found: Lookup, key: string): Lifecycle {
  const remarks: Remark[] = [];
  const draftField = found.one("draft");
  const draft = draftField === undefined ? { value: false } : readBoolean(draftField);
  if ("wrong" in draft) remarks.push(draft.wrong);
  const unpublished = found.all("published").some(({ value }) => value === false);
  const statusField = found.one("status");
  const written = statusField === undefined ? "published" : readText(statusField);
  const word = typeof written === "string" ? written : "value" in written ? written.value.toLowerCase().replace(/[\s_]/g, "-") : "";
  const status = STATES.get(word);
  if (status === undefined && statusField !== undefined) {
    const message = `"${statusField.name}" is not a known state: got ${quoted(statusField.value)}.`;
    remarks.push(problem("status-unknown", message, { line: statusField.line, hint: "Write draft, scheduled, published or canceled." }));
  }
  const canceled = canceledOf(found, status === "canceled");
  return {
    draft: ("value" in draft && draft.value) || unpublished || status === "draft" || /(?:^|\/)_drafts\//.test(key),
    ...omitUndefined({ undated: status === "scheduled" && statusField !== undefined ? undated(statusField.line) : undefined, canceled }),
    remarks,
  };
}

const undated = (line: number): Remark =>
  problem("scheduled-undated", "The article is scheduled but has no date.", {
    line,
    hint: "Write date: 2026-11-23T09:00:00+05:00.",
  });

function canceledOf(found: Lookup, byStatus: boolean): { readonly reason?: string } | undefined {
  const field = found.one("canceled");
  const asBoolean = field === undefined ? undefined : readBoolean(field);
  if (asBoolean !== undefined && "value" in asBoolean && !asBoolean.value) return byStatus ? {} : undefined;
  const text = field === undefined || (asBoolean !== undefined && "value" in asBoolean) ? undefined : readText(field);
  const reasonField = found.one("reason");
  const reason = text ?? (reasonField === undefined ? undefined : readText(reasonField));
  if (field === undefined && !byStatus) return undefined;
  return reason !== undefined && "value" in reason ? { reason: reason.value } : {};
}
