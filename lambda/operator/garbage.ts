import { setFlagsFromString } from "node:v8";

/**
 * Has V8 collect garbage early, where it would double its room for new objects up to some 50 MB, in each thread. A run makes much that it uses
 * once, and little that stays: a first run over 10,000 articles takes a fifth less memory, and a twentieth more processor time.
 */
export function collectEarly(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** V8's own way, which is faster where much stays. */
export function collectAsUsual(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
}
