import type { Instant } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import { later } from "../../channels/catalog/ledger/dating.ts";
import { Fault } from "../../fault.ts";
import { stateKeys } from "../../state/state-keys.ts";
import { skew } from "../../state/state-owner.ts";
import type { Store, Version } from "../../stores/store.ts";

/** Identifies a process on its machine. The start is included because process ids are reused. */
export type ProcessName = { readonly machine: string; readonly pid: number; readonly started: string };

/** Allows one writer at a time: `holder` may write, and nobody else until `until`. */
export type Lease = { readonly holder: string; readonly until: Instant; readonly process?: ProcessName };

/** A run that wants to write. */
export type Writer = {
  readonly state: Store;
  /** Names this run in the lease. */
  readonly holder: string;
  readonly now: Instant;
  /** When the run began by the real clock, which leases use whatever `--now` is; absent: at `now`. */
  readonly began?: Instant;
  /** Milliseconds since the run began. */
  readonly elapsed: () => number;
  /** Repeats the work at an interval until it is stopped; absent: only writes renew the lease. */
  readonly every?: (milliseconds: number, work: () => void) => () => void;
  /** This process, and a test whether another process of this machine has ended; absent if the system cannot tell. */
  readonly processes?: { readonly own: ProcessName; readonly isDead: (process: ProcessName) => boolean };
};

/** How long an unrenewed lease lasts, in milliseconds. Other writers wait this long plus the accepted difference between clocks. */
export const leaseTerm = 60_000;
/** The age at which a lease is renewed: a third of the term, so that one failure does not lose it. */
const renewAfter = leaseTerm / 3;

type Taken = { readonly kind: "taken"; readonly version: Version } | { readonly kind: "busy"; readonly lease: Lease };

/**
 * Wraps a store so that it refuses writes once this run has seen that another run has the lease, at most `renewAfter` later. Writes
 * before that are conditional, so they cannot overwrite what the other run changed.
 */
export type Guarded = (store: Store) => Store;

/** The outcome of the work. "busy": another run has the lease, and nothing was done. */
export type Leased<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "busy"; readonly lease: Lease };

/**
 * Takes the lease, does the work, renews the lease meanwhile, and releases it. If the work fails, throws its error even if releasing
 * fails, too: the lease expires by itself.
 */
export async function underLease<T>(writer: Writer, work: (guarded: Guarded) => Promise<T>): Promise<Leased<T>> {
  const taken = await takeLease(writer);
  if (taken.kind === "busy") return taken;
  const hold = holdOn(writer, taken.version);
  // If this fails, the next write finds out.
  const stop = writer.every?.(renewAfter, () => void hold.renew().catch(() => undefined));
  let value: T;
  try {
    value = await work((store) => guardedBy(hold, store));
  } catch (error) {
    stop?.();
    await hold.giveBack().catch(() => undefined);
    throw error;
  }
  stop?.();
  await hold.giveBack();
  return { kind: "done", value };
}

/** Whether another run has the lease now. */
export async function isLeaseTaken(writer: Writer): Promise<boolean> {
  const found = await writer.state.read(stateKeys.lease);
  const standing = found === undefined ? undefined : leaseOf(found.bytes);
  return standing !== undefined && !isFree(standing, writer);
}

/** Takes the lease if it is free, has expired, or its holder is dead. If two runs try at once, the store's condition lets one win. */
async function takeLease(writer: Writer): Promise<Taken> {
  const { state } = writer;
  for (let tries = 1; ; tries++) {
    const found = await state.read(stateKeys.lease);
    const standing = found === undefined ? undefined : leaseOf(found.bytes);
    if (standing !== undefined && !isFree(standing, writer)) return { kind: "busy", lease: standing };
    const condition = found === undefined ? ({ ifAbsent: true } as const) : { ifVersion: found.version };
    const lease = leaseFor(writer);
    const written = await state.write(stateKeys.lease, encoded(lease), json, condition);
    if (written.kind === "written") return { kind: "taken", version: written.version };
    // Another run has just taken or released it: try again.
    if (tries === 5) return { kind: "busy", lease: standing ?? lease };
  }
}

/** Whether this writer may take the lease: it is its own, has expired, or its holder is dead. */
function isFree({ holder, until, process }: Lease, writer: Writer): boolean {
  if (holder === writer.holder || later(until, skew) <= clockOf(writer)) return true;
  return process !== undefined && writer.processes?.isDead(process) === true;
}

type Hold = { readonly renew: () => Promise<void>; readonly mustHold: () => Promise<void>; readonly giveBack: () => Promise<void> };

function holdOn(writer: Writer, taken: Version): Hold {
  const { state, elapsed } = writer;
  let [version, since, lost] = [taken, elapsed(), false];
  let renewing: Promise<void> | undefined;
  const renewed = async (): Promise<void> => {
    const begun = elapsed();
    const written = await state.write(stateKeys.lease, encoded(leaseFor(writer)), json, { ifVersion: version });
    if (written.kind === "refused") lost = true;
    else [version, since] = [written.version, begun];
  };
  const renew = (): Promise<void> => {
    renewing ??= renewed().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
  return {
    renew,
    // After a freeze or a sleep, the lease is old, so the renewal shows whether another run has it.
    mustHold: async () => {
      if (!lost && elapsed() - since >= renewAfter) await renew();
      if (lost) throw new Fault("Another run has taken over the lease, so this run stopped.", { kind: "overtaken" });
    },
    giveBack: async () => {
      await renewing?.catch(() => undefined);
      // Only removes our own lease, not one that another run has taken over.
      await state.remove(stateKeys.lease, { ifVersion: version });
    },
  };
}

function guardedBy({ mustHold }: Hold, store: Store): Store {
  return {
    ...store,
    write: async (...words) => {
      await mustHold();
      return store.write(...words);
    },
    remove: async (...words) => {
      await mustHold();
      return store.remove(...words);
    },
  };
}

function leaseFor(writer: Writer): Lease {
  const { holder, processes } = writer;
  return { holder, until: later(clockOf(writer), leaseTerm), ...omitUndefined({ process: processes?.own }) };
}

function clockOf({ now, began = now, elapsed }: Writer): Instant {
  return later(began, elapsed());
}

const json = { contentType: "application/json" } as const;

function encoded(lease: Lease): Uint8Array {
  return Buffer.from(JSON.stringify(lease));
}

/** An unreadable lease counts as expired. */
function leaseOf(bytes: Uint8Array): Lease | undefined {
  try {
    const { holder, until, process } = JSON.parse(Buffer.from(bytes).toString("utf8")) as Partial<Lease>;
    if (typeof holder !== "string" || typeof until !== "string" || Number.isNaN(Date.parse(until))) return undefined;
    return { holder, until, ...(isProcess(process) ? { process } : {}) };
  } catch {
    return undefined;
  }
}

function isProcess(process: unknown): process is ProcessName {
  const { machine, pid, started } = (process ?? {}) as Partial<ProcessName>;
  return typeof machine === "string" && typeof started === "string" && Number.isSafeInteger(pid) && Number(pid) > 0;
}
