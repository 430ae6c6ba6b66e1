import { type Refused, refusedAfter } from "./channels/refused.ts";
import type { Site } from "./channels/site.ts";
import { Fault } from "./fault.ts";
import type { Ports } from "./ports.ts";
import type { Announced } from "./publish/announce.ts";
import { apply, changesAnything } from "./publish/apply.ts";
import { takeLease, underLease } from "./publish/lease.ts";
import { unchangedState } from "./publish/state.ts";
import { tellTheWorld } from "./publish/tell-world.ts";
import { catalogued, lookAround, type Prepared, planned, readAndParse, renderedFrom, selectedFrom, type Withdrawal } from "./stages.ts";

/** read -> parse -> catalog -> select -> render -> plan. Touches nothing. */
export async function prepare(ports: Ports, site: Site, allow: readonly string[], withdrawal?: Withdrawal): Promise<Prepared> {
  const start = await lookAround(ports, site, allow);
  const taken = await readAndParse(start, ports, site, withdrawal);
  let refused: Refused = new Map();
  for (;;) {
    const catalog = await catalogued(taken, ports, site, refused);
    const selected = await selectedFrom(catalog, taken, ports, site);
    const rendered = await renderedFrom(selected, taken, ports, site);
    // What no feed can hold is refused at its article, and the road is walked once more without it.
    const more = refusedAfter(refused, rendered.defects, catalog.entries);
    if (more === undefined) return planned({ ...taken, catalog, ...selected, ...rendered }, ports, site, allow);
    refused = more;
  }
}

/** "busy": another run holds the lease, and this one has done nothing. */
export type Published = { readonly kind: "done" | "busy"; readonly prepared: Prepared; readonly announced: readonly Announced[] };

/** The whole road. */
export function publish(ports: Ports, site: Site, allow: readonly string[]): Promise<Published> {
  return carryOut(ports, () => prepare(ports, site, allow));
}

/** Carries out what is planned: takes the lease only to write, and has it planned again where somebody wrote in between. */
export async function carryOut(ports: Ports, planned: () => Promise<Prepared>): Promise<Published> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const prepared = await planned();
    const announced = prepared.before.manifest.value.outbox.map((announcement) => ({ kind: "waiting" as const, announcement }));
    if (!changesAnything(prepared.changes, prepared.before)) return { kind: "done", prepared, announced };
    const lease = await takeLease(ports.state, { holder: ports.holder, until: ports.until }, ports.now);
    if (lease.kind === "busy") return { kind: "busy", prepared, announced };
    const told = await underLease(ports.state, lease.version, async () => {
      if (!(await unchangedState(ports.state, prepared.before))) return undefined;
      return tellTheWorld(ports, await apply(prepared.changes, prepared.before, ports));
    });
    if (told !== undefined) return { kind: "done", prepared, announced: told };
    ports.tell({ kind: "waiting", reason: "state changed since the plan was made: planning again" });
  }
  throw new Fault("State changed three times while this run was planning. Nothing was changed; run again.");
}
