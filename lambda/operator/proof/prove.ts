import { entriesLike, findEntry } from "../../channels/catalog/withdrawn.ts";
import { Fault } from "../../fault.ts";
import { profileOf } from "../../partners/profiles/profiles.ts";
import { termsOf } from "../../partners/profiles/terms.ts";
import type { LogsRead, PartnerLog, PartnerLogReport, SubscribersReport, WithdrawnReport } from "../../reports/proof.ts";
import type { Settings } from "../../settings.ts";
import { loadState } from "../../state/state.ts";
import { openStore } from "../../stores/open/open.ts";
import { partnerTally } from "./partner-log.ts";
import { type LoggedRequest, requestsIn } from "./requests.ts";
import { subscriberTally } from "./subscribers.ts";
import { heldBy, withdrawalTally } from "./withdrawn.ts";

/** Where the access logs are, and from which day they count (`2026-11-01`). */
export type Logs = { readonly logs: string; readonly since?: string };

type Tally<Result> = { readonly add: (request: LoggedRequest) => void; readonly result: () => Result };

async function counted<Result>({ logs, since = "" }: Logs, tally: Tally<Result>): Promise<Result & LogsRead> {
  const store = openStore(logs);
  let [requests, first, last] = [0, "", ""];
  for await (const some of requestsIn(store))
    for (const request of some) {
      if (request.at < since) continue;
      requests += 1;
      if (first === "" || request.at < first) first = request.at;
      if (request.at > last) last = request.at;
      tally.add(request);
    }
  return { ...tally.result(), logs: store.address, requests, ...(requests === 0 ? {} : { first, last }) };
}

/**
 * What a partner fetched, when, and with which status.
 * @throws Fault (usage) if site.yaml has no such partner.
 */
export async function partnerLog(partner: string, logs: Logs, { site }: Pick<Settings, "site">): Promise<PartnerLogReport> {
  const rule = site.partners.find(({ name }) => name === partner);
  if (rule === undefined) {
    const names = site.partners.map(({ name }) => name).join(", ");
    throw new Fault(`site.yaml has no partner "${partner}". ${names === "" ? "It names none." : `It names ${names}.`}`, { kind: "usage" });
  }
  const found = await counted(logs, partnerTally(partner));
  const silent = silenceIn(found, termsOf(profileOf(rule.profile), rule).demands.pollSeconds);
  return { command: "partner log", partner, ...found, ...(silent === undefined ? {} : { silent }) };
}

/** A partner is silent that has fetched nothing for four times as long as it usually waits. */
function silenceIn({ files, last }: PartnerLog & LogsRead, usual: number): PartnerLogReport["silent"] {
  const latest = files
    .map((file) => file.last)
    .sort()
    .at(-1);
  if (latest === undefined || last === undefined || usual === 0) return undefined;
  const seconds = Math.round((Date.parse(last) - Date.parse(latest)) / 1000);
  return seconds > 4 * usual ? { seconds, usual } : undefined;
}

/**
 * Which partners fetched a file that held an article, and which have fetched its withdrawal. `article`: its id, or the path of its file.
 * @throws Fault (usage) if no article is known by that name.
 */
export async function withdrawnProof(
  article: string,
  logs: Logs,
  { site, state }: Pick<Settings, "site" | "state">,
): Promise<WithdrawnReport> {
  const ledger = (await loadState(state)).ledger.value;
  const entry = findEntry(ledger, article);
  if (entry === undefined) {
    const like = entriesLike(ledger, article);
    const hint = like.length === 0 ? "" : ` Did you mean ${like.map((id) => JSON.stringify(id)).join(" or ")}?`;
    throw new Fault(`No published article has the id or the file ${JSON.stringify(article)}.${hint}`, { kind: "usage" });
  }
  const tally = withdrawalTally(heldBy(entry, ledger, site));
  const found = await counted(logs, { add: tally.add, result: () => ({ partners: tally.result() }) });
  const { canceled } = entry;
  return {
    command: "withdrawn",
    id: entry.id,
    file: entry.keys.at(-1) ?? "",
    ...(canceled === undefined ? {} : { gone: canceled }),
    ...found,
  };
}

/** How many readers each public feed has, as far as programs say. */
export async function subscribers(logs: Logs): Promise<SubscribersReport> {
  const tally = subscriberTally();
  return { command: "subscribers", ...(await counted(logs, { add: tally.add, result: () => ({ feeds: tally.result() }) })) };
}
