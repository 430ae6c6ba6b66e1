import { hash } from "node:crypto";
import type { Instant } from "../../articles/model/article.ts";
import { omitUndefined, sortedRecord } from "../../articles/model/json-value.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { Selection } from "../../channels/select/documents.ts";
import { type ChannelStatus, renderStatus, type Status } from "../../feeds/formats/status.ts";
import { addFile } from "../changes/diff.ts";
import { wholeRun } from "../changes/guard.ts";
import type { Plan } from "../changes/make-plan.ts";
import { isOfPartner } from "../changes/removals.ts";
import type { DesiredFile } from "../manifest/file.ts";
import { headersOf } from "../manifest/headers.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";

/** The file that describes the other files. It is made from the plan, because the plan decides what is live. */
export const statusFile: DesiredFile = {
  key: "status.json",
  channel: "",
  order: "page",
  fingerprint: "",
  entries: 0,
  headers: headersOf("window", "application/json; charset=utf-8"),
};

/** Adds status.json to the plan, and writes it if it differs from the live one; not if the plan is frozen. */
export function withStatus(
  plan: Plan,
  selections: readonly Selection[],
  before: { readonly manifest: Manifest; readonly target: Target },
): Plan {
  if (plan.frozen) return plan;
  const offered = selections.filter(({ channel }) => channel.ended !== true);
  const known = withoutWithheld(statusesOf(plan, offered, before.manifest.status ?? {}), plan.ledger);
  const text = renderStatus(statusOf(plan, offered, known));
  const fingerprint = hash("sha256", text).slice(0, 32);
  const told = { ...plan, manifest: { ...plan.manifest, status: sortedRecord(known) } };
  return addFile(told, { ...statusFile, fingerprint }, text, before);
}

/** Each channel's status after the plan: as selected or, if it is held, as before. */
function statusesOf(plan: Plan, selections: readonly Selection[], before: Readonly<Record<string, ChannelStatus>>) {
  const held = new Set(plan.holds.map(({ name }) => name));
  const open = selections.filter(({ channel }) => !held.has(wholeRun) && !held.has(channel.path));
  return { ...before, ...Object.fromEntries(open.map((selection) => [selection.channel.path, channelStatus(selection)])) };
}

/** Leaves out a held feed's newest entry if its article has been withheld or withdrawn since. */
function withoutWithheld(statuses: Readonly<Record<string, ChannelStatus>>, ledger: Ledger): Readonly<Record<string, ChannelStatus>> {
  const out = new Set<string>();
  for (const { uri, absent } of ledger.entries.values()) if (absent !== undefined) out.add(uri);
  const told = ({ newest, ...rest }: ChannelStatus) => (newest === undefined || out.has(newest.id) ? rest : { ...rest, newest });
  return Object.fromEntries(Object.entries(statuses).map(([path, status]) => [path, told(status)]));
}

function channelStatus({ channel: { title }, documents: [window] }: Selection): ChannelStatus {
  // The newest by publication date: withdrawn entries, and those kept past their time, do not count.
  const entry = window.shown
    .map((shown) => shown.entry)
    .filter(({ state }) => state !== "canceled")
    .reduce<(typeof window.shown)[number]["entry"] | undefined>(
      (best, one) => (best === undefined || one.published > best.published ? one : best),
      undefined,
    );
  const newest = entry && { id: entry.uri, title: entry.meta.title, published: entry.published, ...omitUndefined({ url: entry.url }) };
  return { title, updated: window.updated, ...omitUndefined({ newest }) };
}

function statusOf(plan: Plan, selections: readonly Selection[], known: Readonly<Record<string, ChannelStatus>>): Status {
  const channels = selections.flatMap(({ channel: { path } }) => {
    const status = Object.hasOwn(known, path) ? known[path] : undefined;
    return status === undefined ? [] : [{ path, ...status }];
  });
  const changed = channels.reduce<Instant | undefined>(
    (last, { updated }) => (last === undefined || updated > last ? updated : last),
    undefined,
  );
  // Everybody can read this file, and nobody has to know who the partners are.
  // Not of the whole run: while it is held, its target stays as it is, byte for byte.
  const open = Object.entries(plan.ledger.holds).filter(([name]) => name !== wholeRun && !isOfPartner(name));
  const held = open.map(([name, { since }]) => ({ name, since }));
  return { ...omitUndefined({ changed }), channels, held: held.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
