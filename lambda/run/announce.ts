import type { Instant } from "../articles/model/article.ts";
import { later } from "../channels/catalog/ledger/dating.ts";
import { Fault } from "../fault.ts";
import { edgeLifetime } from "../plan/manifest/headers.ts";
import type { Announcement, Manifest } from "../plan/manifest/manifest.ts";
import { commit, loadState, type State } from "../state/state.ts";
import type { Store } from "../stores/store.ts";
import { type Announced, type Announcer, deliver, isDue, undelivered } from "./deliver-outbox.ts";
import { type Guarded, underLease, type Writer } from "./process/lease.ts";

export type Telling = {
  readonly state: Store;
  readonly now: Instant;
  readonly announcer: Announcer;
  /** How long the run has taken so far, in milliseconds. */
  readonly elapsed: () => number;
};

/** Sends the announcements in the manifest's outbox that are due, and removes those that were delivered. The caller holds the lease. */
export async function announce(
  telling: Telling,
  before: State,
): Promise<{ readonly announced: readonly Announced[]; readonly state: State }> {
  const manifest = before.manifest.value;
  const outbox = afterWriting(manifest.outbox, telling);
  const announced = await deliver(outbox, telling.announcer, telling.now);
  const left = undelivered(announced);
  const changed = left.length < outbox.length || outbox !== manifest.outbox;
  const state = changed ? await commit(telling.state, before, { manifest: { ...manifest, outbox: left } }) : before;
  return { announced, state };
}

/**
 * CloudFront may fetch the old feed until the new one is written, so a long run announces later by the time it took. The half
 * lifetime beyond two covers short runs, which therefore need not write the manifest again.
 */
function afterWriting(outbox: readonly Announcement[], { now, elapsed }: Telling): readonly Announcement[] {
  const late = elapsed();
  if (late <= (edgeLifetime / 2) * 1000) return outbox;
  if (!outbox.some((one) => one.kind === "ping" && one.since === now)) return outbox;
  return outbox.map((one) =>
    one.kind === "ping" && one.since === now && one.due !== undefined ? { ...one, due: later(one.due, late) } : one,
  );
}

/** Sends the announcements that are due, and reads neither content nor target. "busy": another run sends them. */
export async function announceDue(
  telling: Telling & Writer,
): Promise<{ readonly kind: "done" | "busy"; readonly announced: readonly Announced[] }> {
  const { state, now } = telling;
  const before = (await loadState(state)).manifest.value;
  const waiting = (manifest: Manifest) => manifest.outbox.map((announcement) => ({ kind: "waiting" as const, announcement }));
  if (!before.outbox.some((one) => isDue(one, now))) return { kind: "done", announced: waiting(before) };
  // Loads state under the lease, when nobody else writes it, so that nothing is announced twice.
  const work = async (guarded: Guarded) => announce({ ...telling, state: guarded(state) }, await loadState(state));
  const told = await underLease(telling, work).catch((error: unknown) => {
    // Another run has taken over the lease, and sends what is left.
    if (error instanceof Fault && error.kind === "overtaken") return { kind: "busy" } as const;
    throw error;
  });
  return told.kind === "busy" ? { kind: "busy", announced: waiting(before) } : { kind: "done", announced: told.value.announced };
}
