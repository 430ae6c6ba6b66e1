import { parentPort } from "node:worker_threads";
import type { Newsroom } from "../../../lambda/articles/model/article.ts";
import { parse } from "../../../lambda/articles/parse.ts";

type Asked = { readonly key: string; readonly bytes: Uint8Array; readonly newsroom: Newsroom };

parentPort?.on("message", ({ key, bytes, newsroom }: Asked) => {
  const began = performance.now();
  try {
    const parsed = parse({ key, bytes }, newsroom, { soleInFolder: true });
    parentPort?.postMessage({ kind: "parsed", parsed, took: performance.now() - began });
  } catch (error) {
    parentPort?.postMessage({ kind: "threw", reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});

parentPort?.postMessage("ready");
