import { parentPort } from "node:worker_threads";
import type { Answer, Question } from "./parse-threads.ts";
import { readingOf } from "./reading.ts";

/** One of the threads of parse-threads.ts: parses the sources that it receives, one after the other. */
parentPort?.on("message", ({ number, source, newsroom, task }: Question) => {
  const reading = readingOf(source, newsroom, task);
  const moved = reading?.what === "body" ? [reading.article.buffer as ArrayBuffer] : [];
  parentPort?.postMessage({ number, reading } satisfies Answer, moved);
});
