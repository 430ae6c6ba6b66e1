import type { Instant } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import { later } from "../../channels/catalog/ledger/dating.ts";
import { Fault } from "../../fault.ts";
import { stateKeys } from "../../state/state-keys.ts";
import { skew } from "../../state/state-owner.ts";
import type { Store, Version } from "../../stores/store.ts";

/** A process as others of its machine can find it: a number is dealt again, a number with its start is not. */
export type ProcessName = { readonly machine: string; readonly pid: number; readonly started: string };

/** One writer at a time: who writes, and until when nobody else may. */
export type Lease = { readonly holder: string; readonly until: Instant; readonly process?: ProcessName };

/** Whoever wants to write. */
export type Writer = {
  readonly state: Store;
  /** Names this run in the lease. */
  readonly holder: string;
  readonly now: Instant;
  /** When the run began by the machine's clock, by which a lease goes whatever `--now` says; absent: at `now`. */
  readonly began?: Instant;
  /** Milliseconds since the run began. */
  readonly elapsed: () => number;
  /** Does the work again and again until it is told to stop; absent: the lease is renewed by writes alone. */
  readonly every?: (milliseconds: number, work: () => void) => () => void;
  /** This process, and whether another one of this machine is no more; absent where nobody can tell. */
  readonly processes?: { readonly own: ProcessName; readonly isDead: (process: ProcessName) => boolean };
};

/** How long a lease stands that nobody renews; whoever has another clock waits for as long as the two may differ, too. Milliseconds. */
export const leaseTerm = 60_000;
/** How old a lease is when it is renewed: three times within a term, so that one failure does not lose it. */
const renewAfter = leaseTerm / 3;

type Taken = { readonly kind: "taken"; readonly version: Version } | { readonly kind: "busy"; readonly lease: Lease };

/**
 * A store in which the work writes: refused once this run has seen that another one has the lease, at the latest `renewAfter` later. What it
 * writes until then is written under conditions, which refuse what the other one has changed.
 */
export type Guarded = (store: Store) => Store;

/** What came of the work; "busy": another run has the lease, and nothing was done. */
export type Leased<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "busy"; readonly lease: Lease };

/**
 * Does the work under the lease, renews it meanwhile, and gives it back. Where the work fails, that is what is told, whatever becomes of
 * the lease: it runs out by itself.
 */
export async function underLease<T>(writer: Writer, work: (guarded: Guarded) => Promise<T>): Promise<Leased<T>> {
  const taken = await takeLease(writer);
  if (taken.kind === "busy") return taken;
  const hold = holdOn(writer, taken.version);
  // What fails here is found by the next write.
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

/** Takes the lease, or takes it over where it has run out or its holder is dead. Two who try at once cannot both have it: the store decides. */
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
    // Somebody has just taken it, or given it back.
    if (tries === 5) return { kind: "busy", lease: standing ?? lease };
  }
}

/** Whether a lease keeps this writer out no longer, or is its own. */
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
    // A process that was frozen, or a machine that slept, renews first of all, and so finds out.
    mustHold: async () => {
      if (!lost && elapsed() - since >= renewAfter) await renew();
      if (lost) throw new Fault("Another run has taken over the lease of this one, which stops.", { kind: "overtaken" });
    },
    giveBack: async () => {
      await renewing?.catch(() => undefined);
      // If somebody took it over meanwhile, it is theirs.
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

/** A lease that cannot be read has run out. */
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
