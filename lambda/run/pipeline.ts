import type { Site } from "../channels/site/site.ts";
import { announce } from "./announce.ts";
import { apply, changesAnything } from "./apply.ts";
import { observe } from "./observe.ts";
import { mustBeUnchanged, unlessOvertaken, untilNotOvertaken } from "./overtaken.ts";
import type { Ports } from "./ports.ts";
import type { Applicable, Prepared, Published } from "./prepared.ts";
import { underLease } from "./process/lease.ts";
import type { Withdrawal } from "./read.ts";
import type { Look } from "./unchanged.ts";

/**
 * observe -> read -> select -> make -> plan. Changes nothing that anybody can see.
 * @throws Fault (overtaken) if it failed because another run ended meanwhile.
 */
export async function prepare(lent: Ports, site: Site, allow: readonly string[], withdrawal?: Withdrawal, seen?: Look): Promise<Prepared> {
  const observed = await observe(lent, site, allow, seen);
  const ports = { ...lent, now: observed.now };
  return unlessOvertaken(ports.state, observed.before, async () => {
    // Later, because it needs the libraries for Markdown, HTML and XML, which take longer than a run that finds nothing to do.
    const { decided } = await import("./prepared.ts");
    return decided(observed, ports, site, allow, withdrawal);
  });
}

/** Carries out a plan: apply -> announce. Takes the lease only to write, and plans again if somebody wrote in between. */
export function carryOut<P extends Applicable>(ports: Ports, planned: () => Promise<P>): Promise<Published<P>> {
  return untilNotOvertaken(ports, async () => {
    const prepared = await planned();
    const { changes, before, kept, files } = prepared;
    const announced = before.manifest.value.outbox.map((announcement) => ({ kind: "waiting" as const, announcement }));
    if (!changesAnything(changes, before)) return { kind: "done", prepared, announced, after: { state: before, files } };
    const done = await underLease(ports, async (guarded) => {
      await mustBeUnchanged(ports.state, before);
      const stores = { ...ports, target: guarded(ports.target), state: guarded(ports.state), keptDigests: kept, now: changes.plan.now };
      const applied = await apply(changes, before, stores, files);
      const told = await announce(stores, applied.state);
      return { announced: told.announced, after: { ...applied, state: told.state } };
    });
    return done.kind === "busy" ? { kind: "busy", prepared, announced } : { kind: "done", prepared, ...done.value };
  });
}

/** All seven stages. `seen`: what a first look found; if somebody wrote since, the run looks again. */
export function publish(ports: Ports, site: Site, allow: readonly string[], seen?: Look): Promise<Published> {
  let first = seen;
  return carryOut(ports, () => {
    const last = first;
    first = undefined;
    return prepare(ports, site, allow, undefined, last);
  });
}
