import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Newsroom } from "../../articles/model/article.ts";
import type { Hints, Source } from "../../articles/parse.ts";
import { type Parser, parseHere, type Reading } from "./reading.ts";

/** Sources after which starting threads pays: they take as long to start as so many take to parse. */
const few = 100;
/** Beyond these the thread that reads files and collects the answers would be what all others wait for. */
const most = 4;
/** Bytes of a source that is parsed here: it may need more memory than a thread has. */
const large = 1_000_000;
/** Megabytes of a thread. Without limits each would take what it can get before it cleans up, which makes it no faster. */
const memory = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 8 };

/** To a thread and back; `number` ties them together. */
export type Question = { readonly number: number; readonly source: Source; readonly newsroom: Newsroom; readonly hints: Hints };
export type Answer = { readonly number: number; readonly reading: Reading };

type Waiting = { readonly question: Question; readonly done: (reading: Reading | Promise<Reading>) => void };
type Thread = { readonly worker: Worker; readonly waiting: Map<number, Waiting> };

/**
 * Parses in as many threads as there are processors, once there is enough to parse; the first few sources, and all of them on one
 * processor, here. Every answer is what `parseHere` would give: what a thread leaves unanswered (it had too little memory, or
 * there is a bug) is parsed here, where a bug is a fault with its own stack.
 */
export function parseInThreads(processors = availableParallelism()): Parser {
  let threads: readonly Thread[] | undefined;
  let count = 0;
  const read: Parser["read"] = async (source, newsroom, hints) => {
    count += 1;
    if (processors < 2 || count <= few || source.bytes.length > large) return parseHere.read(source, newsroom, hints);
    threads ??= Array.from({ length: Math.min(processors, most) }, () =>
      startThread((ended) => {
        threads = threads?.filter((thread) => thread !== ended);
      }),
    );
    const thread = threads.toSorted((a, b) => a.waiting.size - b.waiting.size)[0];
    if (thread === undefined) return parseHere.read(source, newsroom, hints);
    return ask(thread, { number: count, source, newsroom: whatParsingKnows(newsroom), hints });
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
  // An error ends the thread, and its end is all that counts.
  worker.on("error", () => {});
  worker.on("exit", () => {
    ended(thread);
    for (const { question, done } of thread.waiting.values()) done(parseHere.read(question.source, question.newsroom, question.hints));
    thread.waiting.clear();
  });
  return thread;
}

function ask({ worker, waiting }: Thread, question: Question): Promise<Reading> {
  return new Promise((done) => {
    waiting.set(question.number, { question, done });
    worker.postMessage(question);
  });
}

/** A whole site would be copied with each source. */
function whatParsingKnows({ url, language, languages, timezone, articles, ignore, limits }: Newsroom): Newsroom {
  return { url, language, languages, timezone, articles, ignore, limits };
}
