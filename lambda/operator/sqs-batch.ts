import type { RunReport } from "../reports/report.ts";
import type { Key } from "../stores/store.ts";

/**
 * The ids of the queue's messages, by kind: S3 notices from EventBridge, and reminders from an earlier run. One run answers all notices:
 * it looks at what the named keys are now, so repeated and unordered notices do no harm.
 */
export type Batch = {
  readonly notices: readonly string[];
  /**
   * The keys that the notices name, in each form that a notice may mean: as it stands, and decoded. Absent if a notice names none; then
   * the run lists the content.
   */
  readonly keys?: readonly Key[];
  readonly reminders: readonly string[];
  /** Messages that are neither. They return to the queue, and after some rounds reach the dead-letter queue, where people see them. */
  readonly strangers: readonly string[];
};

/** Lambda's partial batch response: SQS delivers the named messages again, and deletes the others. */
export type BatchAnswer = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

type Message = { readonly messageId: string; readonly eventSource: string; readonly body: string };

/** The messages of an event; undefined if it did not come from a queue. */
export function batchOf(event: unknown): Batch | undefined {
  const records = (event as { readonly Records?: unknown } | null | undefined)?.Records;
  if (!Array.isArray(records) || records.length === 0 || !records.every(isMessage)) return undefined;
  const sorted = Map.groupBy(records, ({ body }) => kindOf(body));
  const ids = (kind: ReturnType<typeof kindOf>) => (sorted.get(kind) ?? []).map(({ messageId }) => messageId);
  const named = (sorted.get("notice") ?? []).map(({ body }) => keysIn(body));
  const keys = named.some((forms) => forms.length === 0) ? {} : { keys: [...new Set(named.flat())].sort() };
  return { notices: ids("notice"), ...keys, reminders: ids("reminder"), strangers: ids("stranger") };
}

/** A busy outcome returns the notices: this run did nothing, and the run with the lease may have listed the content before these objects arrived. */
export function answerTo({ notices, strangers }: Batch, outcome: RunReport["outcome"] | undefined): BatchAnswer {
  const back = outcome === "busy" ? [...notices, ...strangers] : strangers;
  return { batchItemFailures: back.map((itemIdentifier) => ({ itemIdentifier })) };
}

function isMessage(record: unknown): record is Message {
  const { messageId, eventSource, body } = (record ?? {}) as Partial<Message>;
  return eventSource === "aws:sqs" && typeof messageId === "string" && typeof body === "string";
}

/** EventBridge writes keys as they are; S3's own notices encode them as forms do. What is not in the bucket does no harm. */
function keysIn(notice: string): readonly Key[] {
  const { key } = (JSON.parse(notice) as { readonly detail: { readonly object: { readonly key?: unknown } } }).detail.object;
  if (typeof key !== "string" || key === "") return [];
  try {
    return [key, decodeURIComponent(key.replaceAll("+", " "))];
  } catch {
    return [key];
  }
}

/** A notice is EventBridge's event for an S3 object, such as "Object Created" or "Object Deleted". */
function kindOf(body: string): "notice" | "reminder" | "stranger" {
  try {
    const { source, detail, command } = (JSON.parse(body) ?? {}) as {
      readonly source?: unknown;
      readonly detail?: { readonly object?: unknown };
      readonly command?: unknown;
    };
    if (command === "announce") return "reminder";
    return source === "aws.s3" && typeof detail?.object === "object" && detail.object !== null ? "notice" : "stranger";
  } catch {
    return "stranger";
  }
}
