import type { Newsroom } from "../../articles/model/article.ts";
import type { Source } from "../../articles/opened.ts";
import type { Packed } from "../../articles/packed.ts";
import type { Outline } from "../../feeds/documents/document.ts";
import { type RenderedDocument, renderDocument } from "../../plan/desired/render-document.ts";
import type { DesiredFile } from "../../plan/manifest/file.ts";
import { bodiesIn } from "../read/bodies.ts";
import { type Parser, parseHere, type Reading, readingOf, type Task } from "../read/reading.ts";

/** The stale files of a document, and the packed articles whose bodies it shows, by digest. */
export type DocumentToRender = {
  readonly outline: Outline;
  readonly files: readonly Pick<DesiredFile, "key" | "headers">[];
  readonly articles: ReadonlyMap<string, Packed>;
};

/** Renders documents in this thread or in several. */
export type Renderer = { readonly render: (document: DocumentToRender) => Promise<RenderedDocument> };

/** What can be done in a thread, as plain values that can be copied. */
export type Work =
  | { readonly kind: "read"; readonly source: Source; readonly newsroom: Newsroom; readonly task: Task }
  | { readonly kind: "render"; readonly document: DocumentToRender };
export type WorkDone = Reading | RenderedDocument;

export function perform(work: Work): WorkDone {
  switch (work.kind) {
    case "read":
      return readingOf(work.source, work.newsroom, work.task);
    case "render":
      return renderHere(work.document);
  }
}

function renderHere({ outline, files, articles }: DocumentToRender): RenderedDocument {
  return renderDocument(outline, files, bodiesIn(articles));
}

/** The buffers of a result, which move to the other thread without a copy. */
export function buffersOf(result: WorkDone): readonly ArrayBuffer[] {
  if (result === undefined) return [];
  const parts = "files" in result ? result.files.map(({ gzip }) => gzip) : result.what === "body" ? [result.article] : [];
  return parts.map(({ buffer }) => buffer as ArrayBuffer);
}

/** Parses and renders, in this thread or in several. */
export type Workers = Parser & Renderer;

export const workHere: Workers = { ...parseHere, render: async (document) => renderHere(document) };
