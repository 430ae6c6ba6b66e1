import type { Defects } from "../../channels/catalog/refused.ts";
import { type Bodies, documentWithBodies, type Outline } from "../../feeds/documents/document.ts";
import { renderFormats } from "../../feeds/formats/formats.ts";
import { expectedOf } from "../../feeds/gate/expected.ts";
import { gate } from "../../feeds/gate/gate.ts";

/**
 * Finds the entries that make a document fail the gate: those that alone, in any format, cause a failure that the empty document does not
 * have. An article is refused in all formats, so that all show the same entries.
 */
export function defectsIn(outline: Outline, bodies: Bodies): Defects {
  const ofDocument = new Set(reasonsOf({ ...outline, entries: [], keys: [] }, bodies));
  return new Map(
    outline.entries.flatMap((entry) => {
      const reasons = reasonsOf({ ...outline, entries: [entry], keys: [] }, bodies).filter((reason) => !ofDocument.has(reason));
      return reasons.length === 0 ? [] : [[entry.entry.id, reasons] as const];
    }),
  );
}

function reasonsOf(outline: Outline, bodies: Bodies): readonly string[] {
  return renderFormats(documentWithBodies(outline, bodies)).flatMap(({ format, text }) =>
    gate({ format, text, expected: expectedOf(outline, format) }).map((reason) =>
      reason.replace(/^Entry 1: /, "").replace(/^Entry 1 /, "It "),
    ),
  );
}
