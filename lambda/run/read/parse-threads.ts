import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Newsroom } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import type { Source } from "../../articles/opened.ts";
import { type Parser, parseHere, type Reading, type Task } from "./reading.ts";

/** The number of sources from which threads are worth it: starting them takes as long as parsing this many. */
const few = 100;
/** The most threads: with more, they would only wait for the thread that reads files and collects answers. */
const most = 4;
/** A source of this many bytes is parsed in the main thread: it may need more memory than a thread has. */
const large = 1_000_000;
/** A thread's memory, in MB. Without limits, each would grow as far as it can before it collects garbage, and be no faster. */
const memory = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 8 };

/** The messages to a thread and back; `number` matches an answer to its question. */
export type Question = { readonly number: number; readonly source: Source; readonly newsroom: Newsroom; readonly task: Task };
/** A question as it is sent: without the newsroom, if the thread was told it last time. It may have thousands of people. */
export type Sent = Omit<Question, "newsroom"> & { readonly newsroom?: Newsroom };
export type Answer = { readonly number: number; readonly reading: Reading };

type Waiting = { readonly question: Question; readonly done: (reading: Reading | Promise<Reading>) => void };
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting>; told?: Newsroom };

/**
 * Parses in as many threads as there are processors, once there are enough sources. Parses the first few sources, and all of them if there
 * is one processor, in the main thread. Every answer equals that of `parseHere`: if a thread does not answer, because it had too little
 * memory or there is a bug, the main thread parses the source again, and a bug then fails with its own stack.
 */
export function parseInThreads(processors = availableParallelism()): Parser {
  let threads: readonly Thread[] | undefined;
  let count = 0;
  const read: Parser["read"] = async (source, newsroom, task) => {
    count += 1;
    if (processors < 2 || count <= few || source.bytes.length > large) return parseHere.read(source, newsroom, task);
    threads ??= Array.from({ length: Math.min(processors, most) }, () =>
      startThread((ended) => {
        threads = threads?.filter((thread) => thread !== ended);
      }),
    );
    const thread = threads.toSorted((a, b) => a.waiting.size - b.waiting.size)[0];
    if (thread === undefined) return parseHere.read(source, newsroom, task);
    return ask(thread, { number: count, source, newsroom, task });
  };
  const rest = (): void => {
    for (const { worker } of threads ?? []) void worker.terminate();
    threads = undefined;
    count = 0;
  };
  return { read, rest };
}

function startThread(ended: (thread: Thread) => void): Thread {
  const worker = new Worker(new URL("./parse-thread.ts", import.meta.url), { resourceLimits: memory });
  const thread: Thread = { worker, waiting: new Map() };
  worker.on("message", ({ number, reading }: Answer) => {
    const asked = thread.waiting.get(number);
    thread.waiting.delete(number);
    asked?.done(reading);
  });
  // An error ends the thread, and the exit event handles that.
  worker.on("error", () => {});
  worker.on("exit", () => {
    ended(thread);
    for (const { question, done } of thread.waiting.values()) done(parseHere.read(question.source, question.newsroom, question.task));
    thread.waiting.clear();
  });
  return thread;
}

function ask(thread: Thread, question: Question): Promise<Reading> {
  return new Promise((done) => {
    thread.waiting.set(question.number, { question, done });
    const { newsroom, ...sent } = question;
    thread.worker.postMessage((thread.told === newsroom ? sent : { ...sent, newsroom: whatParsingKnows(newsroom) }) satisfies Sent);
    thread.told = newsroom;
  });
}

/** Only the settings that parsing needs, because they are copied. */
function whatParsingKnows({ url, language, languages, timezone, articles, ignore, limits, fields, people }: Newsroom): Newsroom {
  return { url, language, languages, timezone, articles, ignore, limits, ...omitUndefined({ fields, people }) };
}
