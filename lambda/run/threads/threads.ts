import { availableParallelism } from "node:os";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { Newsroom } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import type { RenderedDocument } from "../../plan/desired/render-document.ts";
import type { Reading } from "../read/reading.ts";
import type { DocumentToRender, Work, WorkDone, Workers } from "./work.ts";

/** `rest` ends the threads. If there is more to do later, others are started. */
type Threads = Workers & { readonly rest: () => void };

/** Characters to read or write from which threads are worth it: starting them takes as long as working through this much. */
const little = 2_000_000;
/** What a task costs beside its characters, in characters. */
const each = 10_000;
/** The most threads: with more, they would only wait for the thread that reads files and collects answers. */
const most = 4;
/** A task of this many characters is done in the main thread: it may need more memory than a thread has. */
const large = 1_000_000;
const largeDocument = 4_000_000;
/** Idle threads end after so many milliseconds: a preview may watch for days. */
const idleAfter = 5_000;
/** A thread's memory, in MB. Without limits, each would grow as far as it can before it collects garbage, and be no faster. */
const memory = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 48 };
/**
 * How much a thread makes, in MB, before V8 collects the garbage among it. V8 begins with 1, and most
 * runs keep it from taking more (operator/garbage.ts), so that half-made articles are copied again and again: a first run takes a tenth more
 * processor time. With more than 4, memory grows and little is won.
 */
const collectedAfter = 4;

/** The messages to a thread and back; `number` matches an answer to its question. */
export type Question = { readonly number: number; readonly work: Exclude<Work, Reads> | Omit<Reads, "newsroom"> };
/** Comes before the first article to parse, and not with each: a newsroom may have thousands of people. */
export type Told = { readonly newsroom: Newsroom };
export type Answer = { readonly number: number; readonly result: WorkDone };

type Waiting = { readonly work: Work; readonly done: (result: WorkDone | Promise<WorkDone>) => void };
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting>; told?: Newsroom };
type Reads = Extract<Work, { kind: "read" }>;

/**
 * Works in as many threads as there are processors, once there is enough to do. Does the first tasks, and all of them if there is one
 * processor, in the main thread. Every result equals that of `workHere`: if a thread does not answer, because it had too little memory or
 * there is a bug, the main thread does the task again, and a bug then fails with its own stack.
 */
export function inThreads({ processors = availableParallelism(), enough = little, idle = idleAfter } = {}): Threads {
  let threads: readonly Thread[] | undefined;
  let resting: NodeJS.Timeout | undefined;
  let [count, size] = [0, 0];
  const start = () =>
    startThread((ended) => {
      threads = threads?.filter((thread) => thread !== ended);
    });
  const rest = () => {
    for (const { worker } of threads ?? []) void worker.terminate();
    threads = undefined;
    size = 0;
  };
  const give = async (work: Work, characters: number, limit: number): Promise<WorkDone> => {
    count += 1;
    size += characters + each;
    if (processors < 2 || size <= enough || characters > limit) return perform(work);
    threads ??= Array.from({ length: Math.min(processors, most) }, start);
    const thread = threads.toSorted((a, b) => a.waiting.size - b.waiting.size)[0];
    if (thread === undefined) return perform(work);
    clearTimeout(resting);
    const result = await ask(thread, count, work);
    if (threads?.every(({ waiting }) => waiting.size === 0)) resting = setTimeout(rest, idle).unref();
    return result;
  };
  return {
    read: async (source, newsroom, task) => {
      return (await give({ kind: "read", source, newsroom, task }, source.bytes.length, large)) as Reading;
    },
    render: async (document) => (await give({ kind: "render", document }, charactersOf(document), largeDocument)) as RenderedDocument,
    rest,
  };
}

/** Works in this thread. Loads what reads and renders articles when there is something to do. */
const perform = async (work: Work): Promise<WorkDone> => (await import("./work.ts")).perform(work);

/** A thread keeps the process alive only while it has something to do. */
function startThread(ended: (thread: Thread) => void): Thread {
  // V8 reads it when a thread starts; this one is not changed. The limits of a thread have only a size that it may not exceed.
  setFlagsFromString(`--min-semi-space-size=${collectedAfter}`);
  const worker = new Worker(new URL("./thread.ts", import.meta.url), { resourceLimits: memory });
  const thread: Thread = { worker, waiting: new Map() };
  worker.on("message", ({ number, result }: Answer) => {
    const asked = thread.waiting.get(number);
    thread.waiting.delete(number);
    if (thread.waiting.size === 0) worker.unref();
    asked?.done(result);
  });
  // An error ends the thread, and the exit event handles that.
  worker.on("error", () => {});
  worker.on("exit", () => {
    ended(thread);
    for (const { work, done } of thread.waiting.values()) done(perform(work));
    thread.waiting.clear();
  });
  // Last: a listener for messages keeps the process alive, too, and a thread may never get a task that ends that.
  worker.unref();
  return thread;
}

function ask(thread: Thread, number: number, work: Work): Promise<WorkDone> {
  const { worker, waiting, told } = thread;
  return new Promise((done) => {
    waiting.set(number, { work, done });
    worker.ref();
    if (work.kind !== "read") return worker.postMessage({ number, work } satisfies Question);
    const { newsroom, ...rest } = work;
    if (told !== newsroom) worker.postMessage({ newsroom: whatParsingKnows(newsroom) } satisfies Told);
    thread.told = newsroom;
    worker.postMessage({ number, work: rest } satisfies Question);
  });
}

/** About how many characters a document has in all its formats. Its bodies are packed to a quarter. */
function charactersOf({ files, articles }: DocumentToRender): number {
  return [...articles.values()].reduce((sum, { length }) => sum + length, 0) * 4 * files.length;
}

/** Only the settings that parsing needs, because they are copied. */
function whatParsingKnows({ url, language, languages, timezone, articles, ignore, limits, fields, people }: Newsroom): Newsroom {
  return { url, language, languages, timezone, articles, ignore, limits, ...omitUndefined({ fields, people }) };
}
