import { utf8Of } from "../../articles/model/utf8.ts";
import type { Defects } from "../../channels/catalog/refused.ts";
import { type Bodies, documentWithBodies, type Outline } from "../../feeds/documents/document.ts";
import { renderFormats } from "../../feeds/formats/formats.ts";
import { expectedOf } from "../../feeds/gate/expected.ts";
import { gate } from "../../feeds/gate/gate.ts";
import type { Headers, Key } from "../../stores/store.ts";
import { type Finished, finished } from "../manifest/file.ts";
import { defectsIn } from "./defects.ts";

/** A file to render, as far as its bytes and its hash depend on it. */
type FileToRender = { readonly key: Key; readonly headers: Headers };

/** A rendered file. `defects`: why the gate refuses it; empty if it passed. */
export type RenderedFile = Finished & { readonly key: Key; readonly defects: readonly string[] };

/** `defects`: the faulty entries, if the gate refuses a file. */
export type RenderedDocument = { readonly files: readonly RenderedFile[]; readonly defects: Defects };

/** Renders these files of a document, each checked by the gate, compressed and hashed. */
export function renderDocument(outline: Outline, files: readonly FileToRender[], bodies: Bodies): RenderedDocument {
  const wanted = new Map(files.map((file) => [file.key, file]));
  const safe = new Set<string>();
  const fetched = outline.document.kind === "archive" ? "seldom" : undefined;
  const made = renderFormats(documentWithBodies(outline, bodies)).flatMap(({ key, format, text }): readonly RenderedFile[] => {
    const file = wanted.get(key);
    if (file === undefined) return [];
    const defects = gate({ format, text, expected: expectedOf(outline, format), safe });
    return [{ key, ...finished(utf8Of(text), file.headers, fetched), defects }];
  });
  return { files: made, defects: made.some(({ defects }) => defects.length > 0) ? defectsIn(outline, bodies) : new Map() };
}
