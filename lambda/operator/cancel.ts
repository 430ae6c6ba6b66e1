import { omitUndefined } from "../articles/model/json-value.ts";
import { isIndex } from "../articles/source.ts";
import { withdraw } from "../articles/withdraw.ts";
import type { LedgerEntry } from "../channels/catalog/ledger/ledger.ts";
import { entriesLike, findEntry, withdrawalRelease } from "../channels/catalog/withdrawn.ts";
import type { Site } from "../channels/site/site.ts";
import { Fault } from "../fault.ts";
import { filesToRedact, redactedPlan } from "../plan/corrections/redact-plan.ts";
import { audienceOf, withOutbox } from "../plan/outbox.ts";
import { remembered } from "../reports/last-report.ts";
import type { CancelReport } from "../reports/report.ts";
import { reportOf, toldOf } from "../reports/reporting.ts";
import type { Announced } from "../run/deliver-outbox.ts";
import { carryOut, prepare } from "../run/pipeline.ts";
import type { Ports } from "../run/ports.ts";
import type { Prepared } from "../run/prepared.ts";
import type { Withdrawal } from "../run/read.ts";
import type { Settings } from "../settings.ts";
import { loadState } from "../state/state.ts";
import { guardOwner, momentOf } from "../state/state-owner.ts";
import { inParallel } from "../stores/parallel.ts";
import { erase } from "./erase.ts";
import { portsOf, type RunRequest, whenFree } from "./run.ts";
import { waitForInvalidation } from "./wait-for-invalidation.ts";

export type CancelOrder = Pick<RunRequest, "time" | "tell"> & {
  /** The article's id, as the article or as Atom and JSON Feed state it, or the path of its file. */
  readonly id: string;
  readonly reason?: string;
  /** Also erase it for good: every version of its source, older published files, media, and what state keeps of it. */
  readonly erase?: boolean;
};

/** The time, in milliseconds, that a run keeps for itself while it waits for another run. */
const reserved = 30_000;

/**
 * Withdraws an article at once. Records this in its file, or in the ledger if the file cannot be written. Publishes only the files that
 * show the article, and removes it from held channels as well.
 * @throws Fault (usage) if there is no such article; the message names similar ones.
 */
export async function cancel(order: CancelOrder, settings: Settings): Promise<CancelReport> {
  const ports = await portsOf(order, settings);
  const entry = await entryNamed(order.id, ports, settings.site);
  // --erase deletes the file, so the file cannot record the withdrawal.
  const where = settings.editable && order.erase !== true ? await writeIntoFile(entry, order, settings) : "ledger";
  const withdrawal: Withdrawal = {
    id: entry.id,
    keys: entry.keys.slice(-1),
    inLedger: where === "ledger",
    ...omitUndefined({ reason: order.reason }),
  };
  const end = performance.now() + order.time - reserved;
  const { kind, prepared, announced } = await whenFree(() => carryOut(ports, () => plannedWithdrawal(ports, settings, withdrawal)), end);
  const report = reportOf({ command: "publish", allow: [] }, settings, { prepared, announced, busy: kind === "busy" });
  const after = prepared.catalog.ledger.entries.get(entry.id) ?? entry;
  const canceled = { id: entry.id, key: entry.keys.at(-1) ?? "", where, ...omitUndefined({ release: withdrawalRelease(after) }) };
  const withdrawn = { ...report, command: "cancel", canceled } as const;
  if (order.erase !== true || kind === "busy") return ended(withdrawn, announced, order, settings, ports);
  const erased = await erase(after, prepared, { ...ports, now: prepared.changes.plan.now }, settings.site);
  if (erased === undefined) return ended({ ...withdrawn, canceled: { ...canceled, erased: "busy" } }, announced, order, settings, ports);
  const { announced: more, ...list } = erased;
  // The second run retried whatever the first could not announce, so only the second's failures count.
  const all = [...announced.filter((one) => one.kind === "told"), ...more];
  return ended({ ...withdrawn, ...toldOf(all), canceled: { ...canceled, erased: list } }, all, order, settings, ports);
}

/** Saves the report before waiting for the edge, so that it survives if somebody stops the command while it waits. */
async function ended(
  report: CancelReport,
  announced: readonly Announced[],
  order: CancelOrder,
  settings: Settings,
  { elapsed }: Ports,
): Promise<CancelReport> {
  const kept = await remembered(report, settings);
  return { ...kept, ...omitUndefined({ edge: await waitForInvalidation(announced, order, settings, elapsed) }) };
}

/** Checks, before anything is written, that the state belongs to this site and that the clock is right. */
async function entryNamed(written: string, { state, places, now, elapsed }: Ports, { url, feedUrl }: Site): Promise<LedgerEntry> {
  const known = (await loadState(state)).ledger.value;
  if (known.site === undefined) {
    const message = `${state.address} has no ledger, so no article can be found by its id. Run "wireroom plan" to see what is lost and how to restore it. Nothing was changed.`;
    throw new Fault(message, { kind: "usage" });
  }
  const ledger = guardOwner(known, { url, feedUrl, ...places });
  momentOf(ledger, now, elapsed());
  const entry = findEntry(ledger, written);
  if (entry !== undefined) return entry;
  const like = entriesLike(ledger, written).map((id) => JSON.stringify(id));
  const hint = like.length === 0 ? "wireroom status names the newest entry of each feed." : `Did you mean ${like.join(" or ")}?`;
  throw new Fault(`No article ${JSON.stringify(written)} has been published. ${hint} Nothing was changed.`, { kind: "usage" });
}

/** Writes the withdrawal into the front matter, unless somebody saves the file meanwhile. Returns "ledger" if the file cannot be edited safely. */
async function writeIntoFile({ keys }: LedgerEntry, { reason }: CancelOrder, { content, site }: Settings): Promise<"file" | "ledger"> {
  const key = keys.at(-1) ?? "";
  for (let attempt = 1; attempt <= 3; attempt++) {
    const found = await content.read(key);
    if (found === undefined) return "ledger";
    const bytes = withdraw({ key, bytes: found.bytes }, reason, site, { soleInFolder: isIndex(key) });
    if (bytes === undefined) return "ledger";
    if (Buffer.from(bytes).equals(found.bytes)) return "file";
    if ((await content.write(key, bytes, {}, { ifVersion: found.version })).kind === "written") return "file";
  }
  return "ledger";
}

async function plannedWithdrawal(ports: Ports, { site }: Settings, withdrawal: Withdrawal): Promise<Prepared> {
  const prepared = await prepare(ports, site, [], withdrawal);
  const { catalog, changes, before, live } = prepared;
  if (changes.plan.holds.length === 0 || changes.plan.frozen) return prepared;
  const gone = [...catalog.entries, ...catalog.dropped].find(({ id }) => id === withdrawal.id);
  const uri = catalog.ledger.entries.get(withdrawal.id)?.uri ?? withdrawal.id;
  const canceledArticle = { id: withdrawal.id, uri, ...omitUndefined({ url: gone?.url, title: gone?.meta.title }) };
  const manifest = before.manifest.value;
  const files = filesToRedact(changes.plan, canceledArticle, { live, manifest });
  const published = await inParallel(files, async ([key, file]) => {
    const found = await ports.target.read(key);
    return found === undefined ? [] : [{ key, file, bytes: found.bytes, ...omitUndefined({ headers: found.headers }) }];
  });
  const redacted = redactedPlan(changes.plan, canceledArticle, published.flat(), live);
  const plan = withOutbox(redacted, manifest, audienceOf(catalog, site, ports.distribution));
  return { ...prepared, changes: { ...changes, plan } };
}
