import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { ProcessName, Writer } from "./lease.ts";

/** Linux alone tells when a process began, by which its number is not mistaken for that of a later one; elsewhere a lease runs out by itself. */
export function processesHere(): Pick<Writer, "processes"> {
  const machine = machineName();
  const started = startOf(process.pid);
  if (machine === undefined || started === undefined) return {};
  return { processes: { own: { machine, pid: process.pid, started }, isDead: (other) => other.machine === machine && isGone(other) } };
}

/** This boot of this machine, and within it the namespace (a container) in which processes have these numbers. */
function machineName(): string | undefined {
  try {
    return [hostname(), readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(), readlinkSync("/proc/self/ns/pid")].join(" ");
  } catch {
    return undefined;
  }
}

function isGone({ pid, started }: ProcessName): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return true;
  }
  const start = startOf(pid);
  // What cannot be looked up (/proc mounted with hidepid) may live.
  return start !== undefined && start !== started;
}

/** When it began, in ticks since the boot; "ended" of one that nobody has waited for yet (proc_pid_stat(5), fields 3 and 22). */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Its name, in parentheses, may hold any character.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "ended" : fields[19];
  } catch {
    return undefined;
  }
}
