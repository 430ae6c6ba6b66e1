import { parseDate } from "../../articles/dates/dates.ts";
import { instantOfDay } from "../../articles/dates/zone.ts";
import type { Instant } from "../../articles/model/article.ts";
import { omitUndefined } from "../../articles/model/json-value.ts";
import { nearest } from "../../articles/model/nearest.ts";
import { later } from "../../channels/catalog/ledger/dating.ts";
import type { Ledger, PartnerKeys } from "../../channels/catalog/ledger/ledger.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import type { Site } from "../../channels/site/site.ts";
import { Fault } from "../../fault.ts";
import { methodsOf } from "../../partners/access/methods.ts";
import { hashOfKey, keyBytes, keyFrom, withFirstKey, withNextKey, withoutKeys } from "../../partners/access/partner-keys.ts";
import { accessPlan } from "../../plan/edge/access-plan.ts";
import { type EdgeTable, edgeKey, readEdgeTable } from "../../plan/edge/edge-table.ts";
import type { KeyReport, ShownKey } from "../../reports/partner-access.ts";
import { carryOut } from "../../run/pipeline.ts";
import type { Ports } from "../../run/ports.ts";
import type { Applicable } from "../../run/prepared.ts";
import type { Settings } from "../../settings.ts";
import { loadState } from "../../state/state.ts";
import { guardOwner, momentOf } from "../../state/state-owner.ts";
import type { Version } from "../../stores/store.ts";
import { portsOf, type RunRequest, whenFree } from "../run.ts";
import { partnerStatus } from "./list-keys.ts";

/** A source of random bytes. */
export type Chance = (bytes: number) => Uint8Array;

/**
 * `expires`: a date at which the new key ends. `overlap`: how many milliseconds the earlier keys still count. `which`: all keys, or all but
 * the newest.
 */
export type KeyOrder = Pick<RunRequest, "time" | "tell"> & { readonly name: string } & (
    | { readonly action: "add"; readonly chance: Chance; readonly expires?: string }
    | { readonly action: "rotate"; readonly chance: Chance; readonly expires?: string; readonly overlap: number }
    | { readonly action: "revoke"; readonly which: "all" | "old" }
  );

/** A key that is given, and how it ends. */
type Given = { readonly key: string; readonly until?: Instant };

/** The time, in milliseconds, that a run keeps for itself while it waits for another run. */
const reserved = 30_000;

/**
 * Gives a partner its first key or another one, or takes its keys away. Changes the ledger and the edge table, and publishes no feed. The
 * key itself is in the returned report alone; ledger and table have its hash.
 * @throws Fault (usage) if there is no such partner, or the order does not fit the keys that it has.
 */
export async function changeKeys(order: KeyOrder, settings: Settings): Promise<KeyReport> {
  const { site } = settings;
  const ports = await portsOf(order, settings);
  const given = order.action === "revoke" ? undefined : newKey(order, settings);
  const plan = () => planOf(order, given, ports, site);
  const end = performance.now() + order.time - reserved;
  const { kind, prepared } = await whenFree(() => carryOut(ports, plan), end).catch((cause: unknown) => {
    throw given === undefined ? cause : unshown(order.name, cause);
  });
  const { changes, known, keys, waits } = prepared;
  const { now } = changes.plan;
  const rule = site.partners.find(({ name }) => name === order.name);
  const report = { command: `partner ${order.action}`, now, site: site.title } as const;
  if (kind === "busy") return { ...report, outcome: "busy", partner: partnerStatus(order.name, rule, known, now) };
  return {
    ...report,
    outcome: keys === known ? "unchanged" : "done",
    partner: partnerStatus(order.name, rule, keys, now),
    ...omitUndefined({ shown: given === undefined || rule === undefined ? undefined : shownKey(given.key, rule, site) }),
    ...(order.action === "rotate" ? { earlier: later(now, order.overlap) } : {}),
    ...omitUndefined({ waits }),
  };
}

function newKey({ name, chance, expires }: Extract<KeyOrder, { readonly chance: Chance }>, { site, now }: Settings): Given {
  const rule = site.partners.find((partner) => partner.name === name);
  if (rule === undefined)
    throw unknown(
      name,
      site.partners.map((partner) => partner.name),
    );
  if (methodsOf(rule).includes("public"))
    throw new Fault(`${name} needs no key: site.yaml says "access: public". Nothing was changed.`, { kind: "usage" });
  const until = expires === undefined ? undefined : instantOf(expires, site.timezone);
  if (until !== undefined && until <= now) throw new Fault(`--expires ${expires} is in the past. Nothing was changed.`, { kind: "usage" });
  return { key: keyFrom(chance(keyBytes)), ...omitUndefined({ until }) };
}

function instantOf(written: string, zone: string): Instant {
  const date = parseDate(written, zone);
  if (date === undefined)
    throw new Fault(`--expires is not a date: got "${written}". Write 2027-01-31 or 2027-01-31T18:00:00+05:00. Nothing was changed.`, {
      kind: "usage",
    });
  return date.kind === "day" ? instantOfDay(date.day, date.zone, "start") : date.at;
}

/** `known` and `keys`: the partner's keys before and after. */
type Planned = Applicable & { readonly known?: PartnerKeys; readonly keys: PartnerKeys; readonly waits?: KeyReport["waits"] };

/** Plans from state and the published table alone: it reads no article. */
async function planOf(order: KeyOrder, given: Given | undefined, ports: Ports, site: Site): Promise<Planned> {
  const before = await loadState(ports.state);
  const ledger = ownedBy(before.ledger.value, ports, site);
  const now = momentOf(ledger, ports.now, ports.elapsed());
  const { access = {} } = ledger;
  const known = Object.hasOwn(access, order.name) ? access[order.name] : undefined;
  const keys = keysAfter(order, given, known, [now, Object.keys(access)]);
  const published = await publishedTable(ports);
  const plan = accessPlan({
    now,
    partners: site.partners,
    access: keys === known ? access : { ...access, [order.name]: keys },
    ledger,
    manifest: before.manifest.value,
    ...omitUndefined({ published, table: ports.edge?.address }),
  });
  const changes = { plan, catalog: before.catalog.value, keep: new Map() };
  const unnamed = ports.edge === undefined && ports.target.address.startsWith("s3://") ? "function" : undefined;
  const waits: KeyReport["waits"] | undefined = published === undefined ? "publish" : unnamed;
  return { before, kept: async () => new Set(), files: [], changes, keys, ...omitUndefined({ known, waits }) };
}

function keysAfter(
  order: KeyOrder,
  given: Given | undefined,
  known: PartnerKeys | undefined,
  [now, names]: readonly [now: Instant, names: readonly string[]],
): PartnerKeys {
  if (order.action === "revoke" || given === undefined) {
    if (known === undefined) throw unknown(order.name, names);
    return withoutKeys(known, now, order.action === "revoke" ? order.which : "all");
  }
  const key = { hash: hashOfKey(given.key), ...omitUndefined({ until: given.until }) };
  const changed = order.action === "add" ? withFirstKey(known, key, now) : withNextKey(known, key, now, later(now, order.overlap));
  if (changed.kind === "changed") return changed.keys;
  const instead = order.action === "add" ? "rotate" : "add";
  throw new Fault(`${order.name} ${changed.why}. Nothing was changed. wireroom partner ${instead} ${order.name} gives it another.`, {
    kind: "usage",
  });
}

/**
 * The table as last published. If edge.json is missing or damaged, the rows that the edge has: a key must be revocable then, too.
 */
async function publishedTable({ target, edge }: Ports): Promise<{ readonly rows: EdgeTable; readonly version?: Version } | undefined> {
  const found = await target.read(edgeKey);
  const version = omitUndefined({ version: found?.version });
  try {
    if (found !== undefined) return { rows: readEdgeTable(Buffer.from(found.bytes).toString("utf8")), ...version };
  } catch {
    // Damaged: as if it were missing.
  }
  const rows = (await edge?.read())?.rows;
  return rows === undefined || !Object.hasOwn(rows, "site") ? undefined : { rows, ...version };
}

function ownedBy(ledger: Ledger, { state, places }: Ports, { url, feedUrl }: Site): Ledger {
  if (ledger.site !== undefined) return guardOwner(ledger, { url, feedUrl, ...places });
  const message = `${state.address} has no ledger, which would hold the keys. Run "wireroom publish" first. Nothing was changed.`;
  throw new Fault(message, { kind: "usage" });
}

function unknown(name: string, names: readonly string[]): Fault {
  const like = nearest(name, names);
  const listed = names.length === 0 ? "There is none." : `There are: ${names.slice(0, 20).join(", ")}.`;
  const hint = like === undefined ? listed : `Did you mean ${like}?`;
  return new Fault(`No partner is named ${JSON.stringify(name)}. ${hint} Nothing was changed.`, { kind: "usage" });
}

/** A run that fails may have recorded the hash of a key that nobody will ever see. */
function unshown(name: string, cause: unknown): unknown {
  if (!(cause instanceof Fault) || cause.kind === "usage") return cause;
  const next = `No key was shown. If wireroom partner list says that ${name} has one, wireroom partner rotate ${name} gives it another.`;
  return new Fault(`${cause.message} ${next}`, { kind: cause.kind, cause });
}

function shownKey(key: string, rule: PartnerRule, { feedUrl }: Site): ShownKey {
  const { name, access } = rule;
  const { header } = access;
  const methods = methodsOf(rule);
  const own = `partners/${name}/`;
  const sent = methods.includes("basic") || methods.includes("header");
  return {
    key,
    ...(methods.includes("basic") ? { user: name } : {}),
    ...(methods.includes("header") ? { header } : {}),
    addresses: [...(sent ? [feedUrl + own] : []), ...(methods.includes("path") ? [`${feedUrl}p/${key}/${own}`] : [])],
  };
}
