import type { Finding } from "../../articles/model/article.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import { wholeRun } from "../changes/guard.ts";
import type { Plan } from "../changes/make-plan.ts";

/** An article whose file is gone has not left the feeds while a held feed still shows it. */
export function shownWhileHeld(
  findings: readonly Finding[],
  { entries }: Ledger,
  { holds, manifest }: Pick<Plan, "holds" | "manifest">,
): readonly Finding[] {
  if (holds.length === 0 || !findings.some(({ code }) => code === "dropped")) return findings;
  const held = new Set(holds.map(({ name }) => name));
  const showing = Object.entries(manifest.members).flatMap(([path, ids]) => (held.has(wholeRun) || held.has(path) ? ids : []));
  const shown = new Set(showing.map((id) => (Object.hasOwn(entries, id) ? entries[id] : undefined)?.keys.at(-1) ?? id));
  return findings.map((finding) => (finding.code === "dropped" && shown.has(finding.key) ? { ...finding, ...MISSING } : finding));
}

const MISSING = {
  code: "missing",
  message: "The file has been gone for longer than the grace. The article stays in the held feeds, and leaves them once they are released.",
  hint: "Put the file back, or release the held feeds.",
};
