import type { Instant } from "../articles/article.ts";
import type { Store, Version } from "../stores/store.ts";
import { stateKeys } from "./state-keys.ts";

/** One writer at a time: who writes, and until when nobody else may. */
export type Lease = { readonly holder: string; readonly until: Instant };
export type Taken = { readonly kind: "taken"; readonly version: Version } | { readonly kind: "busy"; readonly lease: Lease };

/** Takes the lease, or takes it over where it has run out. Two who try at once cannot both have it: the store decides. */
export async function takeLease(state: Store, lease: Lease, now: Instant): Promise<Taken> {
  const bytes = Buffer.from(JSON.stringify(lease));
  const found = await state.read(stateKeys.lease);
  const present = found === undefined ? undefined : leaseOf(found.bytes);
  if (present !== undefined && present.until > now && present.holder !== lease.holder) return { kind: "busy", lease: present };
  const condition = found === undefined ? ({ ifAbsent: true } as const) : { ifVersion: found.version };
  const written = await state.write(stateKeys.lease, bytes, { contentType: "application/json" }, condition);
  return written.kind === "written" ? { kind: "taken", version: written.version } : { kind: "busy", lease: present ?? lease };
}

/**
 * Does the work under a lease that was taken, and gives it back. Where the work fails, that is what is told, whatever becomes of the
 * lease: it runs out by itself.
 */
export async function underLease<T>(state: Store, version: Version, work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await giveBack(state, version).catch(() => undefined);
    throw error;
  }
  await giveBack(state, version);
  return result;
}

/** Gives the lease back; if somebody took it over meanwhile, it is theirs. */
export async function giveBack(state: Store, version: Version): Promise<void> {
  await state.remove(stateKeys.lease, { ifVersion: version });
}

/** A lease that cannot be read has run out. */
function leaseOf(bytes: Uint8Array): Lease | undefined {
  try {
    const { holder, until } = JSON.parse(Buffer.from(bytes).toString("utf8")) as Partial<Lease>;
    return typeof holder === "string" && typeof until === "string" && !Number.isNaN(Date.parse(until)) ? { holder, until } : undefined;
  } catch {
    return undefined;
  }
}
