import { Fault } from "../fault.ts";
import { type State, unchangedState } from "../state/state.ts";
import type { Store } from "../stores/store.ts";
import type { Ports } from "./ports.ts";

/** How often a run plans that is overtaken each time: so many others would have to end while it plans. */
const attempts = 10;

/** @throws Fault (overtaken) where the work failed because another run ended meanwhile. */
export async function unlessOvertaken<T>(state: Store, before: State, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (await unchangedState(state, before).catch(() => true)) throw cause;
    throw new Fault("Another run ended while this one was planning.", { kind: "overtaken", cause });
  }
}

/** @throws Fault (overtaken) where ledger or manifest are no longer those that a run planned from. */
export async function mustBeUnchanged(state: Store, before: State): Promise<void> {
  if (!(await unchangedState(state, before))) throw new Fault("State changed since this run made its plan.", { kind: "overtaken" });
}

/** Does the work again where somebody else wrote meanwhile. */
export async function untilNotOvertaken<T>({ tell }: Pick<Ports, "tell">, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== "overtaken") throw error;
      if (attempt === attempts)
        throw new Fault(`${error.message} So it was ${attempts} times; run again.`, { kind: "overtaken", cause: error });
      tell({ kind: "waiting", reason: `${error.message} Planning again.` });
    }
  }
}
