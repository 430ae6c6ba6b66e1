import type { RunReport } from "../reports/report.ts";

/**
 * The ids of the queue's messages, by kind: S3 notices from EventBridge, and reminders from an earlier run. They only trigger a publish
 * run or the announcements; a run looks at everything, so one run answers them all.
 */
export type Batch = {
  readonly notices: readonly string[];
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
  return { notices: ids("notice"), reminders: ids("reminder"), strangers: ids("stranger") };
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

/** A notice is EventBridge's event for an S3 object, such as "Object Created" or "Object Deleted". */
function kindOf(body: string): "notice" | "reminder" | "stranger" {
  try {
    const { source, detail, command } = (JSON.parse(body) ?? {}) as {
      readonly source?: unknown;
      readonly detail?: { readonly object?: unknown };
      readonly command?: unknown;
    };
    if (command === "announce") return "reminder";
    return source === "aws.s3" && typeof detail?.object === "object" ? "notice" : "stranger";
  } catch {
    return "stranger";
  }
}
