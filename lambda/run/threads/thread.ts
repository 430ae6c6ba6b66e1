import { parentPort } from "node:worker_threads";
import type { Newsroom } from "../../articles/model/article.ts";
import type { Answer, Question, Told } from "./threads.ts";
import { buffersOf, perform, type Work } from "./work.ts";

let known: Newsroom | undefined;

/** One of the threads of threads.ts: does the work that it receives, one piece after the other. */
parentPort?.on("message", (message: Question | Told) => {
  if ("newsroom" in message) {
    known = message.newsroom;
    return;
  }
  const result = perform(whole(message.work));
  parentPort?.postMessage({ number: message.number, result } satisfies Answer, [...buffersOf(result)]);
});

function whole(work: Question["work"]): Work {
  if (work.kind !== "read") return work;
  if (known === undefined) throw new Error("The first article comes before the newsroom.");
  return { ...work, newsroom: known };
}
