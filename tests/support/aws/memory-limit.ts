import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A Linux control group: the kernel kills its processes if together they use more memory than it allows. */
export type MemoryLimit = {
  /** The command line that runs a program in the group: a shell enters the group and becomes the program, with the same process id. */
  readonly within: (words: readonly string[]) => readonly [string, ...string[]];
  /** The peak memory, in MB; NaN if the kernel does not report it. */
  readonly peak: () => number;
  /** Removes the group; its processes must have ended. */
  readonly remove: () => void;
};

const root = "/sys/fs/cgroup";
let made = 0;

/** A group below this process's own, in version 1 or 2 of control groups; undefined if the machine does not allow one (mostly, it takes root). */
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
