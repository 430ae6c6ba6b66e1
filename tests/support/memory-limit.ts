import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A control group of Linux, whose processes the kernel kills once they have more memory together than it allows. */
export type MemoryLimit = {
  /** The program and its words in a shell that goes into the group first; the process id stays the same. */
  readonly within: (words: readonly string[]) => readonly [string, ...string[]];
  /** The most that was used at once, MB; NaN where the kernel does not say. */
  readonly peak: () => number;
  /** Once its processes are gone. */
  readonly remove: () => void;
};

const root = "/sys/fs/cgroup";
let made = 0;

/** A group below this process's own; undefined where the machine lets nobody make one (it takes root, mostly). Both versions are known. */
export function memoryLimit(megabytes: number): MemoryLimit | undefined {
  const groups = existsSync("/proc/self/cgroup") ? readFileSync("/proc/self/cgroup", "utf8") : "";
  const own = /^\d+:memory:(.*)$/m.exec(groups)?.[1];
  const [around, limit, peak] =
    own === undefined
      ? [join(root, /^0::(.*)$/m.exec(groups)?.[1] ?? ""), "memory.max", "memory.peak"]
      : [join(root, "memory", own), "memory.limit_in_bytes", "memory.max_usage_in_bytes"];
  const group = join(around, `wireroom-test-${process.pid}-${++made}`);
  try {
    mkdirSync(group);
  } catch {
    return undefined;
  }
  try {
    writeFileSync(join(group, limit), String(megabytes * 2 ** 20));
    if (existsSync(join(group, "memory.swap.max"))) writeFileSync(join(group, "memory.swap.max"), "0");
  } catch {
    rmdirSync(group);
    return undefined;
  }
  return {
    within: (words) => ["/bin/sh", "-c", 'echo $$ >"$0" && exec "$@"', join(group, "cgroup.procs"), ...words],
    peak: () => (existsSync(join(group, peak)) ? Number(readFileSync(join(group, peak), "utf8")) / 2 ** 20 : Number.NaN),
    remove: () => rmdirSync(group),
  };
}
