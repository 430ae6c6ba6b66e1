import { createHash } from "node:crypto";
import type { Instant } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import type { PartnerKey, PartnerKeys } from "../../channels/catalog/ledger/ledger.ts";
import { type AccessRule, methodsOf } from "./methods.ts";

/** The most keys that a partner has at once: its row of the edge table has at most 1,024 bytes. */
const together = 8;

/** A new key is 256 bits of chance, written so that it fits into a path, a header and a password. */
export const keyBytes = 32;

export function keyFrom(chance: Uint8Array): string {
  return Buffer.from(chance).toString("base64url");
}

/** As ledger and edge table hold it. A long random key needs no salt and no slow hash: nobody can try them all. */
export function hashOfKey(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}

/** What an order makes of a partner's keys; "refused": the reason, and nothing changes. */
export type Changed = { readonly kind: "changed"; readonly keys: PartnerKeys } | { readonly kind: "refused"; readonly why: string };

export type NewKey = { readonly hash: string; readonly until?: Instant };

const none: PartnerKeys = { keys: [] };

/** The first key of a partner that has none that counts. An order that is carried out again finds its own key, and changes nothing. */
export function withFirstKey(before: PartnerKeys = none, key: NewKey, now: Instant): Changed {
  if (has(before, key)) return { kind: "changed", keys: before };
  const [known] = countingKeys(before, now);
  return known === undefined
    ? { kind: "changed", keys: { ...before, keys: [{ ...key, since: now }] } }
    : { kind: "refused", why: `has a key since ${known.since}` };
}

/** Adds a key. The others count until `end`, or until their own end if that is earlier. */
export function withNextKey(before: PartnerKeys = none, key: NewKey, now: Instant, end: Instant): Changed {
  if (has(before, key)) return { kind: "changed", keys: before };
  const counting = countingKeys(before, now);
  if (counting.length === 0) return { kind: "refused", why: "has no key that counts" };
  const others = counting.map((one) => ({ ...one, until: one.until !== undefined && one.until < end ? one.until : end }));
  const keys = [...others.filter(({ until }) => until > now), { ...key, since: now }];
  return keys.length > together
    ? { kind: "refused", why: `has ${keys.length - 1} keys that count, and may have ${together}` }
    : { kind: "changed", keys: { ...before, keys } };
}

/** Ends all keys, or all but the newest. */
export function withoutKeys(before: PartnerKeys = none, now: Instant, which: "all" | "old"): PartnerKeys {
  const stays = which === "old" ? before.keys.slice(-1) : [];
  return stays.length === before.keys.length ? before : { keys: stays, revoked: now };
}

function has({ keys }: PartnerKeys, { hash }: NewKey): boolean {
  return keys.some((key) => key.hash === hash);
}

export function countingKeys({ keys }: PartnerKeys, now: Instant): readonly PartnerKey[] {
  return keys.filter(({ until }) => until === undefined || now < until);
}

/** A partner's access as its desk sees it. `until`: when the last key ends. "closed": site.yaml says off, or no longer has the partner. */
export type AccessState = {
  readonly state: "open" | "public" | "no key" | "revoked" | "expired" | "closed";
  readonly since?: Instant;
  readonly until?: Instant;
};

/** `rule`: absent if site.yaml no longer has the partner. */
export function accessState(rule: AccessRule | undefined, known: PartnerKeys = none, now: Instant): AccessState {
  const { since } = known.keys.at(-1) ?? {};
  const methods = rule === undefined ? [] : methodsOf(rule);
  if (rule === undefined || methods.length === 0) return { state: "closed", ...omitUndefined({ since }) };
  if (methods.includes("public")) return { state: "public" };
  const { access } = rule;
  const ends = known.keys.map(({ until }) => earlier(until, access.expires));
  const last = ends.includes(undefined) ? undefined : ends.reduce((a = "", b = "") => (a > b ? a : b), undefined);
  const told = omitUndefined({ since, until: known.keys.length === 0 ? undefined : last });
  if (access.expires !== undefined && access.expires <= now) return { state: "expired", ...told };
  if (countingKeys(known, now).length > 0) return { state: "open", ...told };
  if (known.keys.length > 0) return { state: "expired", ...told };
  return { state: known.revoked === undefined ? "no key" : "revoked" };
}

export function earlier(one: Instant | undefined, other: Instant | undefined): Instant | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
