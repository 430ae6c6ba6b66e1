import type { RunReport } from "../reports/report.ts";

/**
 * What the queue hands over: notices of S3, which EventBridge put there, and reminders, which an earlier run did. They are reasons to
 * publish, or to announce, and nothing more: a run looks at everything, so one run answers them all.
 */
export type Batch = {
  readonly notices: readonly string[];
  readonly reminders: readonly string[];
  /** Messages that say nothing of an object in S3. They go back, and after some rounds to the dead letters, where somebody sees them. */
  readonly strangers: readonly string[];
};

/** Lambda's answer to the queue (partial batch responses): what is named comes again, the rest is done with. */
export type BatchAnswer = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

type Message = { readonly messageId: string; readonly eventSource: string; readonly body: string };

/** The messages of an event; undefined where it did not come from a queue. */
export function batchOf(event: unknown): Batch | undefined {
  const records = (event as { readonly Records?: unknown } | null | undefined)?.Records;
  if (!Array.isArray(records) || records.length === 0 || !records.every(isMessage)) return undefined;
  const sorted = Map.groupBy(records, ({ body }) => kindOf(body));
  const ids = (kind: ReturnType<typeof kindOf>) => (sorted.get(kind) ?? []).map(({ messageId }) => messageId);
  return { notices: ids("notice"), reminders: ids("reminder"), strangers: ids("stranger") };
}

/** A run that found the lease taken has done nothing, and the run that has it may have listed before these objects came. */
export function answerTo({ notices, strangers }: Batch, outcome: RunReport["outcome"] | undefined): BatchAnswer {
  const back = outcome === "busy" ? [...notices, ...strangers] : strangers;
  return { batchItemFailures: back.map((itemIdentifier) => ({ itemIdentifier })) };
}

function isMessage(record: unknown): record is Message {
  const { messageId, eventSource, body } = (record ?? {}) as Partial<Message>;
  return eventSource === "aws:sqs" && typeof messageId === "string" && typeof body === "string";
}

/** A notice is as EventBridge tells it: "Object Created", "Object Deleted" and their like. */
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
