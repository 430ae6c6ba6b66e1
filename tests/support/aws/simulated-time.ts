import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { vi } from "vitest";

type Task = { sleeping: number };

/** A clock that stands still while anything works, and jumps to the next moment when everything sleeps. */
export type SimulatedTime = {
  readonly now: () => number;
  /** Waits in simulated time; not at all outside of started work, such as in an interval. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Starts work beside other work. The clock stands still until it sleeps or ends. */
  readonly start: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets time pass until all work has ended. */
  readonly pass: () => Promise<void>;
};

/** Takes over the clocks and intervals of vitest's fake timers, which the caller has installed. */
export function simulatedTime(): SimulatedTime {
  const tasks = new Set<Task>();
  const own = new AsyncLocalStorage<Task>();
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  const isAtRest = () => [...tasks].every(({ sleeping }) => sleeping > 0);

  return {
    now: () => Date.now(),
    sleep: async (milliseconds) => {
      const task = own.getStore();
      // Work may wait for what an interval does; if that slept too, nobody would be left to let time pass.
      if (task === undefined) return;
      task.sleeping += 1;
      await new Promise<void>((wake) => sleepers.push({ at: Date.now() + milliseconds, wake }));
      task.sleeping -= 1;
    },
    start: async (work) => {
      const task: Task = { sleeping: 0 };
      tasks.add(task);
      return own.run(task, work).finally(() => tasks.delete(task));
    },
    pass: async () => {
      while (tasks.size > 0) {
        // Twice, because what a woken task begins may itself take a turn.
        await turn();
        await turn();
        if (sleepers.length === 0 || !isAtRest()) continue;
        const next = Math.min(...sleepers.map(({ at }) => at));
        vi.advanceTimersByTime(Math.max(0, next - Date.now()));
        const due = sleepers.filter(({ at }) => at <= next);
        sleepers = sleepers.filter(({ at }) => at > next);
        for (const { wake } of due) wake();
      }
    },
  };
}
