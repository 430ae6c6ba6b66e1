import { type Refused, refusedAfter } from "../channels/catalog/refused.ts";
import type { Site } from "../channels/site/site.ts";
import { Fault } from "../fault.ts";
import { unchangedState } from "../state/state.ts";
import type { Announced } from "./announce.ts";
import { apply, changesAnything } from "./apply.ts";
import { tellTheWorld } from "./deliver-outbox.ts";
import type { Ports } from "./ports.ts";
import { underLease } from "./process/lease.ts";
import { catalogued, lookAround, type Prepared, planned, readAndParse, renderedFrom, selectedFrom, type Withdrawal } from "./stages.ts";

/** How often a run plans that is overtaken each time: so many others would have to end while it plans. */
const attempts = 10;

/**
 * read -> parse -> catalog -> select -> render -> plan. Touches nothing.
 * @throws Fault (overtaken) where it failed because another run ended meanwhile.
 */
export async function prepare(ports: Ports, site: Site, allow: readonly string[], withdrawal?: Withdrawal): Promise<Prepared> {
  const start = await lookAround(ports, site, allow);
  try {
    return await road(start, { ...ports, now: start.now }, site, allow, withdrawal);
  } catch (cause) {
    if (await unchangedState(ports.state, start.before).catch(() => true)) throw cause;
    throw new Fault("Another run ended while this one was planning.", { kind: "overtaken", cause });
  }
}

async function road(
  start: Awaited<ReturnType<typeof lookAround>>,
  ports: Ports,
  site: Site,
  allow: readonly string[],
  withdrawal: Withdrawal | undefined,
): Promise<Prepared> {
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
export function carryOut(ports: Ports, planned: () => Promise<Prepared>): Promise<Published> {
  return untilNotOvertaken(ports, async () => {
    const prepared = await planned();
    const { changes, before } = prepared;
    const announced = before.manifest.value.outbox.map((announcement) => ({ kind: "waiting" as const, announcement }));
    if (!changesAnything(changes, before)) return { kind: "done", prepared, announced };
    const done = await underLease(ports, async (guarded) => {
      if (!(await unchangedState(ports.state, before)))
        throw new Fault("State changed since this run made its plan.", { kind: "overtaken" });
      const stores = { ...ports, target: guarded(ports.target), state: guarded(ports.state), now: changes.plan.now };
      return tellTheWorld(stores, await apply(changes, before, stores));
    });
    return done.kind === "busy" ? { kind: "busy", prepared, announced } : { kind: "done", prepared, announced: done.value };
  });
}

/** Does the work again where somebody else wrote meanwhile. */
export async function untilNotOvertaken<T>({ tell }: Pick<Ports, "tell">, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== "overtaken") throw error;
      if (attempt === attempts)
        throw new Fault(`${error.message} So it was ${attempts} times; run again.`, { kind: "overtaken", cause: error });
      tell({ kind: "waiting", reason: `${error.message} Planning again.` });
    }
  }
}
