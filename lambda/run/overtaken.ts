import { Fault } from "../fault.ts";
import { type State, unchangedState } from "../state/state.ts";
import type { Store } from "../stores/store.ts";
import type { Ports } from "./ports.ts";

/** How often an overtaken run plans again. To use up all attempts, as many other runs must end while it plans. */
const attempts = 10;

/** @throws Fault (overtaken) if the work failed because another run ended meanwhile. */
export async function unlessOvertaken<T>(state: Store, before: State, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (await unchangedState(state, before).catch(() => true)) throw cause;
    throw new Fault("Another run ended while this one was planning.", { kind: "overtaken", cause });
  }
}

/** @throws Fault (overtaken) if the ledger or the manifest changed since the run planned. */
export async function mustBeUnchanged(state: Store, before: State): Promise<void> {
  if (!(await unchangedState(state, before))) throw new Fault("State changed since this run planned.", { kind: "overtaken" });
}

/** Repeats the work if somebody else wrote meanwhile. */
export async function untilNotOvertaken<T>({ tell }: Pick<Ports, "tell">, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== "overtaken") throw error;
      if (attempt === attempts)
        throw new Fault(`${error.message} This happened ${attempts} times. Run again.`, { kind: "overtaken", cause: error });
      tell({ kind: "waiting", reason: `${error.message} Planning again.` });
    }
  }
}
