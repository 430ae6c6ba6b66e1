import { omitUndefined } from "../articles/model/json-value.ts";
import { nearest } from "../articles/model/nearest.ts";
import { Fault } from "../fault.ts";
import { type Earlier, pathsIn, withoutUnfinished } from "../plan/corrections/earlier.ts";
import type { RedactedArticle } from "../plan/corrections/redact.ts";
import { rollbackPlan } from "../plan/corrections/rollback-plan.ts";
import type { Manifest } from "../plan/manifest/manifest.ts";
import { audienceOf, withOutbox } from "../plan/outbox.ts";
import { remembered } from "../reports/last-report.ts";
import type { RollbackReport } from "../reports/report.ts";
import { reportOf } from "../reports/reporting.ts";
import { carryOut, prepare } from "../run/pipeline.ts";
import type { Ports } from "../run/ports.ts";
import type { Prepared } from "../run/prepared.ts";
import type { Settings } from "../settings.ts";
import { manifestsOverTime } from "../state/over-time.ts";
import { earlierOf, lastChanged } from "./past-manifests.ts";
import { restoredFiles, restoredIndex, restoredPages } from "./restore.ts";
import { portsOf, type RunRequest } from "./run.ts";
import { waitForInvalidation } from "./wait-for-invalidation.ts";

export type RollbackOrder = Pick<RunRequest, "time" | "tell"> & {
  /** Paths of channels, such as `world` or `tag/tea`. Empty: every channel that the last changing run changed. */
  readonly names: readonly string[];
};

/**
 * Restores channels to their state before their last change, and holds them there until somebody releases them. Articles that were
 * withdrawn, embargoed or expired since then stay out.
 * @throws Fault (usage) if a channel is unknown, or no earlier version of it is kept.
 */
export async function rollback(order: RollbackOrder, settings: Settings): Promise<RollbackReport> {
  const ports = await portsOf(order, settings);
  const { kind, prepared, announced } = await carryOut(ports, () => plannedRollback(order, ports, settings));
  const report = reportOf({ command: "publish", allow: [] }, settings, { prepared, announced, busy: kind === "busy" });
  const done = await remembered({ ...report, command: "rollback" } as const, settings);
  return { ...done, ...omitUndefined({ edge: await waitForInvalidation(announced, order, settings, ports.elapsed) }) };
}

async function plannedRollback({ names }: RollbackOrder, ports: Ports, { site }: Settings): Promise<Prepared> {
  const prepared = await prepare(ports, site, []);
  const { before, changes } = prepared;
  const manifest = before.manifest.value;
  const ledger = withoutUnfinished(before.ledger.value, manifest);
  const paths = names.length > 0 ? known(names, manifest) : await lastChanged(manifest, manifestsOverTime(ports.state));
  const back = await earlierOf(paths, manifest, manifestsOverTime(ports.state), ledger);
  mustBeAll(paths, back, ports);
  const listing = new Map((await ports.target.list()).map(({ key, version }) => [key, version]));
  const live = { target: ports.target, present: manifest, listing, encodings: site.encodings, feeds: ledger.feeds };
  const redacted = redactedFrom(back, prepared);
  // The site's own page shows the newest entries of the first channel, so it goes back with that channel.
  const first = back.find(({ path }) => path === prepared.selections[0]?.channel.path);
  const files = await Promise.all(back.map((one) => restoredFiles(one, redacted, live)));
  const goingBack = new Set([...paths, ...Object.keys(ledger.rolledBack ?? {})]);
  const pages = new Map(
    await Promise.all(back.map(async (one) => [one.path, await restoredPages(one, goingBack, redacted, live)] as const)),
  );
  const index = first === undefined ? [] : await restoredIndex(first.manifest, redacted, live);
  const ids = new Set(redacted.map(({ id }) => id));
  const planned = rollbackPlan({
    plan: changes.plan,
    manifest,
    ledger,
    back,
    pages,
    writes: [...files.flat(), ...index],
    redacted: ids,
    listing,
  });
  const plan = withOutbox(planned, manifest, audienceOf(prepared.catalog, site, ports.distribution));
  return { ...prepared, changes: { ...changes, plan, catalog: before.catalog.value, keep: new Map() } };
}

function known(names: readonly string[], manifest: Manifest): readonly string[] {
  const paths = pathsIn(manifest);
  for (const name of names) {
    if (paths.includes(name)) continue;
    const like = nearest(name, paths);
    const hint = like === undefined ? `There are: ${paths.slice(0, 20).join(", ")}.` : `Did you mean ${like}?`;
    throw new Fault(`No feed ${JSON.stringify(name)} is published. ${hint} Nothing was changed.`, { kind: "usage" });
  }
  return [...new Set(names)];
}

function mustBeAll(paths: readonly string[], back: readonly Earlier[], { state }: Ports): void {
  const found = new Set(back.map(({ path }) => path));
  const without = paths.filter((path) => !found.has(path));
  if (paths.length > 0 && without.length === 0) return;
  const what = without.length === 0 ? "any feed" : without.join(", ");
  throw new Fault(`${state.address} has no earlier version of ${what} to go back to. Nothing was changed.`, { kind: "usage" });
}

/** The articles that the earlier channels showed and readers must no longer see, with the details still known of them. */
function redactedFrom(back: readonly Earlier[], { catalog }: Prepared): readonly RedactedArticle[] {
  const readable = new Set(catalog.entries.filter(({ state }) => state !== "canceled").map(({ id }) => id));
  const ids = new Set(back.flatMap(({ path, manifest }) => manifest.members[path] ?? []));
  const told = new Map([...catalog.entries, ...catalog.dropped].map((entry) => [entry.id, entry]));
  return [...ids]
    .filter((id) => !readable.has(id))
    .map((id) => {
      const entry = told.get(id);
      const uri = catalog.ledger.entries.get(id)?.uri ?? id;
      return { id, uri, ...omitUndefined({ url: entry?.url, title: entry?.meta.title }) };
    });
}
