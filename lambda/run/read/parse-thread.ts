import { parentPort } from "node:worker_threads";
import type { Newsroom } from "../../articles/model/article.ts";
import type { Answer, Sent } from "./parse-threads.ts";
import { readingOf } from "./reading.ts";

let known: Newsroom | undefined;

/** One of the threads of parse-threads.ts: parses the sources that it receives, one after the other. */
parentPort?.on("message", ({ number, source, newsroom = known, task }: Sent) => {
  if (newsroom === undefined) throw new Error("The first question to a thread names no newsroom.");
  known = newsroom;
  const reading = readingOf(source, newsroom, task);
  const moved = reading?.what === "body" ? [reading.article.buffer as ArrayBuffer] : [];
  parentPort?.postMessage({ number, reading } satisfies Answer, moved);
});
