import { resolve } from "node:path";
import fc from "fast-check";

// What every test file begins with (vitest.config.ts).

/** A law runs the same cases each time, so that no test fails by chance; another seed tries others. */
fc.configureGlobal({ seed: Number(process.env.WIREROOM_LAW_SEED ?? 61) });
if (process.env.WIREROOM_TEST_LONG !== undefined) process.env.WIREROOM_LAW_RUNS ??= "2000";

// Commands that tests start compile each module once between them, and so begin in half the time.
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, "../../node_modules/.cache/compile");
