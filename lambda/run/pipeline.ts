import { omitUndefined } from "../articles/model/json-value.ts";
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
  const manifest = observed.before.manifest.value;
  const edge = omitUndefined({ table: ports.edge?.address, distribution: ports.distribution });
  return unlessOvertaken(ports.state, observed.before, async () => {
    // Later, because they need the libraries for Markdown, HTML and XML, which take longer than a run that finds nothing to do.
    const [
      { read, recall },
      { select },
      { selectPartners },
      { make },
      { leftOutBefore, leftOutOf, isSameLeftOut },
      { plan },
      { refusedAfter },
      { preparedFrom },
    ] = await Promise.all([
      import("./read.ts"),
      import("../channels/select/select.ts"),
      import("../partners/select/select-partners.ts"),
      import("./make.ts"),
      import("../plan/left-out.ts"),
      import("../plan/plan.ts"),
      import("../channels/catalog/refused.ts"),
      import("./prepared.ts"),
    ]);
    let sources = await read(observed, ports, site, withdrawal);
    for (;;) {
      const selected = select(sources, site);
      // A change log names what is in a partner's files, which shows only when they are made: mostly what was in them before.
      const expected = leftOutBefore(manifest, site);
      const first = await make(selectPartners(selected, sources, site, expected), sources, observed, ports, site);
      const leftOut = leftOutOf(first, manifest, site);
      const made = isSameLeftOut(leftOut, expected)
        ? first
        : await make(selectPartners(selected, sources, site, leftOut), sources, observed, ports, site);
      const { desired } = made;
      const refused = refusedAfter(sources.refused, made.defects, desired.catalog.entries);
      if (refused === undefined) {
        const planned = plan({ ...sources, desired, made, manifest, site, allow, ...edge });
        return preparedFrom(observed, sources, desired, made, planned);
      }
      // Refuses the articles that no feed can hold, and selects again without them.
      sources = await recall(refused, sources, observed, ports.state, site);
    }
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
