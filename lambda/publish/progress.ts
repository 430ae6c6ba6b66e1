import type { SourceRecord } from "../channels/record.ts";
import type { Store } from "../stores/store.ts";
import { replace } from "./apply.ts";
import { type Lease, takeLease, underLease } from "./lease.ts";
import { type State, seal } from "./state.ts";
import { stateKeys } from "./state-keys.ts";

type Run = Lease & { readonly state: Store; readonly now: string };

/**
 * Keeps what a run has read that has no time to read the rest: the next one goes on from there. A catalog that lacks sources is a
 * catalog all the same, since each record stands for itself. Where another run is writing it is left alone.
 */
export async function keepProgress(
  { state, now, ...lease }: Run,
  before: State,
  fingerprint: string,
  records: readonly SourceRecord[],
): Promise<void> {
  const taken = await takeLease(state, lease, now);
  if (taken.kind === "busy") return;
  const catalog = seal("catalog", { ...before.catalog.value, fingerprint, records });
  await underLease(state, taken.version, () => replace(state, stateKeys.catalog, catalog, before.catalog));
}
