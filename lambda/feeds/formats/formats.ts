import { feedFiles } from "../../channels/site/site.ts";
import { cleanDocument } from "../model/clean.ts";
import type { FeedDocument, Format } from "../model/feed.ts";
import { MEDIA_TYPE } from "../model/media-types.ts";
import { renderAtom } from "./atom.ts";
import { renderJsonFeed } from "./json-feed.ts";
import { renderRss } from "./rss.ts";

type FormatFile = {
  /** The name of the file in the document's folder. */
  readonly file: string;
  /** With a charset, because some readers guess a wrong one. */
  readonly contentType: string;
  /** Takes a clean document. */
  readonly render: (document: FeedDocument) => string;
};

/** The differences between formats, for all code that does not render one. */
export const formatFiles: Readonly<Record<Format, FormatFile>> = {
  rss: { file: feedFiles.rss, contentType: `${MEDIA_TYPE.rss}; charset=utf-8`, render: renderRss },
  atom: { file: feedFiles.atom, contentType: `${MEDIA_TYPE.atom}; charset=utf-8`, render: renderAtom },
  json: { file: feedFiles.json, contentType: `${MEDIA_TYPE.json}; charset=utf-8`, render: renderJsonFeed },
};

const ORDER: readonly Format[] = ["rss", "atom", "json"];

/** `key` is relative to feedUrl; `text` is written as UTF-8. */
export type RenderedFormat = { readonly key: string; readonly format: Format; readonly text: string; readonly contentType: string };

/** A document in each of its formats, in a fixed order; cleaned once for all of them. */
export const renderFormats = (document: FeedDocument): readonly RenderedFormat[] => {
  const clean = cleanDocument(document);
  return ORDER.filter((format) => clean.urls[format] !== undefined).map((format) => {
    const { file, contentType, render } = formatFiles[format];
    return { key: clean.path === "" ? file : `${clean.path}/${file}`, format, text: render(clean), contentType };
  });
};
