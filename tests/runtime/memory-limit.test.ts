import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { memoryLimit } from "../support/aws/memory-limit.ts";

const limit = memoryLimit(96);

/** A process that takes as many MB and holds them; the signal that ended it. */
async function taking(megabytes: number): Promise<unknown> {
  const hog = `const held = Buffer.alloc(${megabytes} * 2 ** 20, 1); process.exit(held[0] === 1 ? 0 : 1)`;
  const [program = "", ...words] = limit?.within([process.execPath, "-e", hog]) ?? [];
  const [code, signal] = (await once(spawn(program, words, { stdio: "ignore" }), "exit")) as [number | null, string | null];
  return signal ?? code;
}

test.skipIf(limit === undefined)(
  "a process that exceeds its memory limit is killed, and one within it is not (needs control groups)",
  async () => {
    expect([await taking(16), await taking(160)]).toEqual([0, "SIGKILL"]);
    expect(limit?.peak()).toBeLessThanOrEqual(96);
    limit?.remove();
  },
);
