import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { processesHere } from "../../../lambda/run/process/processes.ts";

const { processes } = processesHere();

test.skipIf(!existsSync("/proc/self/stat"))("a process is recognized by its id and start time (needs Linux)", async () => {
  if (processes === undefined) throw new Error("not known");
  const { own, isDead } = processes;
  expect(own.pid).toBe(process.pid);
  expect(isDead(own)).toBe(false);
  expect(isDead({ ...own, started: `${Number(own.started) - 1}` }), "another had the number before").toBe(true);
  expect(isDead({ ...own, machine: "another", started: "1" }), "nobody can tell").toBe(false);
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const { pid = 0 } = child;
  // When it began is not known here, so that any time but its own stands for one that had its number before.
  expect(isDead({ ...own, pid, started: own.started })).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isDead({ ...own, pid, started: own.started })).toBe(true);
  expect(isDead({ ...own, pid: 1 }), "another's process").toBe(true);
});
