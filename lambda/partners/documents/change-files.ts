import type { ChangePart } from "../../channels/catalog/ledger/ledger.ts";
import { firstNumberOf } from "../select/change-log.ts";

/** A file of a change log: `name` is below the partner's folder. */
export type ChangeFile = { readonly name: string; readonly text: string };

const folder = "changes";
const nameOf = (first: number): string => `${first}.json`;

/**
 * A partner's change log as files: a part for each run that changed something, and `latest.json`, which names the newest one. Addresses of
 * parts are relative to the log, those of articles to the partner's folder, so that they hold for every way of access.
 */
export function changeFiles(parts: readonly ChangePart[]): readonly ChangeFile[] {
  const newest = parts.at(-1);
  const latest = {
    last: newest?.changes.at(-1)?.seq ?? 0,
    oldest: parts[0] === undefined ? 0 : firstNumberOf(parts[0]),
    ...(newest === undefined ? {} : { part: nameOf(firstNumberOf(newest)) }),
  };
  return [
    ...parts.map((part) => ({ name: `${folder}/${nameOf(firstNumberOf(part))}`, text: partText(part) })),
    { name: `${folder}/latest.json`, text: asJson(latest) },
  ];
}

function partText({ at, previous, changes }: ChangePart): string {
  const listed = changes.map(({ href, ...change }) => ({ ...change, href: `../${href}` }));
  return asJson({ at, ...(previous === undefined ? {} : { previous: nameOf(previous) }), changes: listed });
}

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;
