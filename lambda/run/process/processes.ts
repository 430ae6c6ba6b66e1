import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { ProcessName, Writer } from "./lease.ts";

/** Only Linux tells when a process began, which distinguishes it from a later one with the same id. On other systems, a lease has to expire. */
export function processesHere(): Pick<Writer, "processes"> {
  const machine = machineName();
  const started = startOf(process.pid);
  if (machine === undefined || started === undefined) return {};
  return { processes: { own: { machine, pid: process.pid, started }, isDead: (other) => other.machine === machine && isGone(other) } };
}

/** Identifies the machine, its boot, and the PID namespace (container) in which the process ids are valid. */
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
    // EPERM: the process lives, and belongs to another user.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return true;
  }
  const start = startOf(pid);
  // If it cannot be looked up (/proc mounted with hidepid), it may still run.
  return start !== undefined && start !== started;
}

/** When the process began, in ticks since the boot; "ended" for a zombie (proc_pid_stat(5), fields 3 and 22). */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The process name, in parentheses, may contain any character.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? "ended" : fields[19];
  } catch {
    return undefined;
  }
}
