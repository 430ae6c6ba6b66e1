import { omitUndefined } from "../../../articles/model/json-value.ts";
import type { CatalogEntry } from "../../../channels/catalog/catalog-entry.ts";
import type { Prepared } from "../../../run/prepared.ts";
import type { Key } from "../../../stores/store.ts";
import { entryFinder, type Named } from "./entry-text.ts";
import type { Texts } from "./file-text.ts";
import { type EntryDiff, lineDiff } from "./line-diff.ts";
import { partnerKeysFor } from "./showing.ts";
import type { View } from "./view.ts";

/** What the next publish does with an article in the files of one partner. "withdrawn": these tell that it is gone. */
export type PartnerStep = { readonly name: string; readonly what: "enters" | "changes" | "leaves" | "withdrawn" };

/** The entry of an article in a file of one partner, before and after; absent if no file of it shows the difference. */
export type PartnerDiff = { readonly name: string; readonly diff?: EntryDiff };

export const isPartner = (path: string): boolean => path.startsWith("partners/");

/** By article, the partners for which it changes. */
export function partnerSteps({ before, changes }: Prepared): ReadonlyMap<string, readonly PartnerStep[]> {
  const [was, is] = [before.manifest.value.shown, changes.plan.manifest.shown];
  const { entries } = changes.plan.ledger;
  const steps = new Map<string, PartnerStep[]>();
  for (const path of [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(isPartner).sort()) {
    const [old = {}, fresh = {}] = [was[path], is[path]];
    if (old === fresh) continue;
    const name = path.slice("partners/".length);
    for (const id of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
      if (old[id] === fresh[id]) continue;
      const gone = entries.get(id)?.partners?.marks[name]?.gone !== undefined;
      const what = old[id] === undefined ? "enters" : fresh[id] !== undefined ? "changes" : gone ? "withdrawn" : "leaves";
      steps.set(id, [...(steps.get(id) ?? []), { name, what }]);
    }
  }
  return steps;
}

/** An article of the plan, with the partners for which it changes. */
type Planned = { readonly id: string; readonly entry?: CatalogEntry; readonly partners: readonly PartnerStep[] };

/** Compares the entries of an article in the first file of each of its partners in which they differ. */
export function partnerDiffer(view: View, { before, after }: Texts): (article: Planned) => Promise<readonly PartnerDiff[]> {
  const { plan } = view.prepared.changes;
  const changed = [...plan.writes, ...plan.removes].map(({ key }) => key).filter((key) => isPartner(key) && !key.endsWith("/report.json"));
  const finders = new Map<string, Promise<ReturnType<typeof entryFinder>>>();
  const entryIn = async (when: "before" | "after", key: Key, named: Named) => {
    const name = `${when} ${key}`;
    const found = finders.get(name) ?? (when === "before" ? before : after)(key).then((text) => entryFinder(key, text ?? ""));
    finders.set(name, found);
    return (await found)(named);
  };
  return async ({ id, entry, partners }) => {
    const { uri = id, partners: told } = plan.ledger.entries.get(id) ?? {};
    const named = { id, uri, ...omitUndefined({ url: entry?.url ?? told?.url }) };
    const mine = partnerKeysFor(changed, named);
    return Promise.all(
      partners.map(async ({ name }): Promise<PartnerDiff> => {
        for (const key of mine.filter((one) => one.startsWith(`partners/${name}/`))) {
          const [old, fresh] = [await entryIn("before", key, named), await entryIn("after", key, named)];
          if (old !== fresh) return { name, diff: { file: key, lines: lineDiff(old ?? "", fresh ?? "") } };
        }
        return { name };
      }),
    );
  };
}
