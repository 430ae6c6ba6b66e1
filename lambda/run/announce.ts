import type { Instant } from "../articles/model/article.ts";
import { later } from "../channels/catalog/ledger/dating.ts";
import { Fault } from "../fault.ts";
import { edgeLifetime } from "../plan/manifest/headers.ts";
import type { Announcement, Manifest } from "../plan/manifest/manifest.ts";
import { type Kept, loadManifest } from "../state/state.ts";
import type { Store } from "../stores/store.ts";
import { saveManifest } from "./apply.ts";
import { type Announced, type Announcer, deliver, isDue, undelivered } from "./deliver-outbox.ts";
import { type Guarded, underLease, type Writer } from "./process/lease.ts";

export type Telling = {
  readonly state: Store;
  readonly now: Instant;
  readonly announcer: Announcer;
  /** How long the run has taken so far, milliseconds. */
  readonly elapsed: () => number;
};

/** Announces what the manifest's outbox holds and is due, and strikes off what has been told. The caller holds the lease. */
export async function announce(telling: Telling, manifest: Kept<Manifest>): Promise<readonly Announced[]> {
  const outbox = afterWriting(manifest.value.outbox, telling);
  const announced = await deliver(outbox, telling.announcer, telling.now);
  const left = undelivered(announced);
  const changed = left.length < outbox.length || outbox !== manifest.value.outbox;
  if (changed) await saveManifest(telling.state, { ...manifest.value, outbox: left }, manifest);
  return announced;
}

/**
 * The edge takes the old feed until the new one is written, not until the run began: what a long run wrote is announced so much
 * later. The half lifetime beyond two makes up for short ones, which then need not write the manifest once more.
 */
function afterWriting(outbox: readonly Announcement[], { now, elapsed }: Telling): readonly Announcement[] {
  const late = elapsed();
  if (late <= (edgeLifetime / 2) * 1000) return outbox;
  if (!outbox.some((one) => one.kind === "ping" && one.since === now)) return outbox;
  return outbox.map((one) =>
    one.kind === "ping" && one.since === now && one.due !== undefined ? { ...one, due: later(one.due, late) } : one,
  );
}

/** Announces what is due, and does nothing else: neither content nor target is looked at. "busy": another run does it. */
export async function announceDue(
  telling: Telling & Writer,
): Promise<{ readonly kind: "done" | "busy"; readonly announced: readonly Announced[] }> {
  const { state, now } = telling;
  const before = await loadManifest(state);
  const waiting = (manifest: Manifest) => manifest.outbox.map((announcement) => ({ kind: "waiting" as const, announcement }));
  if (!before.value.outbox.some((one) => isDue(one, now))) return { kind: "done", announced: waiting(before.value) };
  // Under the lease nobody else writes it: what another run has struck off meanwhile is not told again.
  const work = async (guarded: Guarded) => announce({ ...telling, state: guarded(state) }, await loadManifest(state));
  const told = await underLease(telling, work).catch((error: unknown) => {
    // Another run has taken the lease over: what is left is that one's to tell.
    if (error instanceof Fault && error.kind === "overtaken") return { kind: "busy" } as const;
    throw error;
  });
  return told.kind === "busy" ? { kind: "busy", announced: waiting(before.value) } : { kind: "done", announced: told.value };
}
