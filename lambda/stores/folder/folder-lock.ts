import { randomUUID } from "node:crypto";
import { closeSync, lstatSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "../../fault.ts";
import { errnoOf } from "./folder-paths.ts";

/** Milliseconds after which a lock is taken from whoever holds it: it is held for a few system calls, never while bytes are written. */
const staleAfter = 30_000;
/** The same of a lock without a name: its owner was killed after making it, before signing it. */
const unsignedAfter = 2_000;
/** Milliseconds after which somebody who waits gives up. */
const patience = 120_000;

/**
 * Does `work` while nobody else does work under the same lock file, in this process or another of this or another machine.
 * The work does not wait for anything, so within one thread nothing can come between either. `mine` says whether the lock is still
 * ours: to be asked before what cannot be undone, because a machine that slept may wake after somebody took the lock over.
 */
export const locked = async <Result>(path: string, work: (mine: () => boolean) => Result): Promise<Result> => {
  const owner = `${hostname()} ${process.pid} ${randomUUID()}`;
  const since = Date.now();
  for (let pause = 1; !take(path, owner); pause = Math.min(pause * 2, 50)) {
    if (Date.now() - since > patience)
      throw new Fault(`${path} stayed locked by "${ownerOf(path)}" (machine, process) for ${patience / 1000} seconds.`);
    if (!endStale(path)) await sleep(pause);
  }
  const mine = () => ownerOf(path) === owner;
  try {
    return work(mine);
  } finally {
    if (mine()) rmSync(path, { force: true });
  }
};

/** Makes the lock file, and its folder. False where there is one already. */
const take = (path: string, owner: string): boolean => {
  for (;;) {
    try {
      const file = openSync(path, "wx");
      try {
        writeFileSync(file, owner);
      } finally {
        closeSync(file);
      }
      return true;
    } catch (error) {
      if (errnoOf(error) === "EEXIST") return false;
      // The folder goes whenever it is empty, perhaps just now.
      if (errnoOf(error) !== "ENOENT") throw error;
      mkdirSync(dirname(path), { recursive: true });
    }
  }
};

/** Who holds the lock; empty while he has not yet written his name; undefined where nobody does. */
const ownerOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
};

/**
 * Removes a lock whose owner is gone. Two who find the same lock stale must not both remove it, since the second would remove the
 * first one's new lock: only who makes the claim file of that very owner may. True where it is worth trying at once.
 */
const endStale = (path: string): boolean => {
  const owner = ownerOf(path);
  if (owner === undefined) return true;
  if (!isStale(path, owner)) return false;
  const claim = `${path}.${owner.split(" ").at(-1)}`;
  if (!take(claim, owner)) {
    // Whoever claimed it is at it, or died at it.
    if (ageOf(claim) > staleAfter) rmSync(claim, { force: true });
    return false;
  }
  try {
    if (ownerOf(path) === owner) rmSync(path, { force: true });
  } finally {
    rmSync(claim, { force: true });
  }
  return true;
};

const isStale = (path: string, owner: string): boolean => {
  const [machine, pid] = owner.split(" ");
  return ageOf(path) > (owner === "" ? unsignedAfter : staleAfter) || (machine === hostname() && !isAlive(Number(pid)));
};

const ageOf = (path: string): number => {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errnoOf(error) !== "ESRCH";
  }
};
