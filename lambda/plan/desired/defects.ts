import type { Defects } from "../../channels/catalog/refused.ts";
import { type Bodies, documentOf, type Outline } from "../../feeds/documents/document.ts";
import { renderFormats } from "../../feeds/formats/formats.ts";
import { expectedOf } from "../../feeds/gate/expected.ts";
import { gate } from "../../feeds/gate/gate.ts";

/**
 * Which entries of a document that failed the gate are the cause: those with which it fails when they stand in it alone, in any of its
 * formats, for a reason that it does not have without any. An article is refused whole, so that all formats hold the same.
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
  return renderFormats(documentOf(outline, bodies)).flatMap(({ format, text }) =>
    gate({ format, text, expected: expectedOf(outline, format) }).map((reason) =>
      reason.replace(/^Entry 1: /, "").replace(/^Entry 1 /, "It "),
    ),
  );
}
