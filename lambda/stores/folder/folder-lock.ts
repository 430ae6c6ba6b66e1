import { randomUUID } from "node:crypto";
import { closeSync, lstatSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Fault } from "../../fault.ts";
import { errnoOf } from "./folder-paths.ts";

/**
 * Milliseconds after which a lock may be taken over: a holder needs it for only a few system calls, and never while bytes are
 * written.
 */
const staleAfter = 30_000;
/** The same for a lock without a name: its owner was killed between making and signing it. */
const unsignedAfter = 2_000;
/** Milliseconds after which a waiting process gives up. */
const patience = 120_000;

/**
 * Runs `work` while nobody else works under the same lock file, in this process or another, on this machine or another. The work
 * is synchronous, so nothing else in this thread can come between. `mine` says whether we still hold the lock: ask it before
 * anything that cannot be undone, because a machine may wake from sleep after another one took the lock over.
 */
export const locked = async <Result>(path: string, work: (mine: () => boolean) => Result): Promise<Result> => {
  const owner = `${hostname()} ${process.pid} ${randomUUID()}`;
  const since = Date.now();
  for (let pause = 1; !take(path, owner); pause = Math.min(pause * 2, 50)) {
    if (Date.now() - since > patience)
      throw new Fault(
        `${path} stayed locked by "${ownerOf(path)}" (machine, process) for ${patience / 1000} seconds. Nothing was changed; run again when that process has ended.`,
      );
    if (!endStale(path)) await sleep(pause);
  }
  const mine = () => ownerOf(path) === owner;
  try {
    return work(mine);
  } finally {
    if (mine()) rmSync(path, { force: true });
  }
};

/** Makes the lock file and its folder. False if the file already exists. */
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
      // The folder is removed whenever it is empty, perhaps just now.
      if (errnoOf(error) !== "ENOENT") throw error;
      mkdirSync(dirname(path), { recursive: true });
    }
  }
};

/** The owner of the lock; empty before the owner has written its name; undefined if there is no lock. */
const ownerOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
};

/**
 * Removes a lock whose owner is gone. If two processes find the same stale lock, only one may remove it, because the second would
 * remove the first one's new lock. So a process first makes a claim file for that owner. True if it is worth trying again at
 * once.
 */
const endStale = (path: string): boolean => {
  const owner = ownerOf(path);
  if (owner === undefined) return true;
  if (!isStale(path, owner)) return false;
  const claim = `${path}.${owner.split(" ").at(-1)}`;
  if (!take(claim, owner)) {
    // The process with the claim is still at work, or it died.
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
