import { resolve } from "node:path";
import fc from "fast-check";

// Runs before every test file (vitest.config.ts).

/** A law runs the same cases each time, so that no test fails by chance; another seed tries others. */
fc.configureGlobal({ seed: Number(process.env.WIREROOM_LAW_SEED ?? 61) });
if (process.env.WIREROOM_TEST_LONG !== undefined) process.env.WIREROOM_LAW_RUNS ??= "2000";

// The commands that tests start share one compile cache, which halves their start time.
process.env.NODE_COMPILE_CACHE ??= resolve(import.meta.dirname, "../../node_modules/.cache/compile");
