import { createHash } from "node:crypto";
import { membersMark } from "../channels/before.ts";
import type { Selected, Selection } from "../channels/select.ts";
import type { Site } from "../channels/site.ts";
import { type Bodies, documentOf, type Outline, outlineOf, type Places, urlOf } from "../feeds/document.ts";
import type { FeedDocument } from "../feeds/feed.ts";
import { files as formats, renderFormats } from "../feeds/formats.ts";
import { gate } from "../feeds/gate.ts";
import { renderOpml } from "../feeds/opml.ts";
import { renderFeedPage, renderSitePage } from "../feeds/page.ts";
import type { Key } from "../stores/store.ts";
import { type Rendered, rendered, type Wanted } from "./file.ts";
import { headersOf } from "./headers.ts";
import type { Candidate } from "./plan.ts";

/** A document that is to be published, in all its formats. */
type Sheet = { readonly outline: Outline; readonly files: readonly Wanted[] };

/** A page for people or an index: rendered from values that are at hand. */
type Leaf = { readonly wanted: Wanted; readonly sheet?: Sheet; readonly text: (bodies: Bodies) => string };

/** Everything that a run wants to be live, still unrendered: documents in their formats, and the pages beside them. */
export type Edition = {
  readonly candidates: readonly Candidate[];
  readonly sheets: readonly Sheet[];
  readonly leaves: readonly Leaf[];
  readonly wanted: readonly Wanted[];
};

const html = "text/html; charset=utf-8";
const opml = "text/x-opml; charset=utf-8";

export function editionOf(selections: readonly Selection[], site: Site, places: Places, program: string): Edition {
  const made = selections.map((selection) => {
    const sheets = selection.documents.map((selected): Sheet => {
      const outline = outlineOf(selection, selected, site, places, program);
      return { outline, files: selection.channel.formats.map((format) => wantedFeed(outline, selection, formats[format])) };
    });
    const page = pageOf(sheets[0], selection);
    const wanted = [...sheets.flatMap((sheet) => sheet.files), page.wanted];
    return { sheets, page, candidate: candidateOf(selection, sheets, wanted) };
  });
  const leaves = [...made.map(({ page }) => page), ...siteLeaves(selections, site, program)];
  const sheets = made.flatMap((one) => one.sheets);
  return {
    candidates: made.map(({ candidate }) => candidate),
    sheets,
    leaves,
    wanted: [...sheets.flatMap((sheet) => sheet.files), ...leaves.map((leaf) => leaf.wanted)],
  };
}

function wantedFeed(outline: Outline, selection: Selection, format: { readonly file: string; readonly contentType: string }): Wanted {
  const { kind, path } = outline.document;
  const { entries, fingerprint } = outline;
  return {
    key: `${path}/${format.file}`,
    channel: selection.channel.path,
    order: kind,
    fingerprint,
    entries: entries.length,
    headers: headersOf(kind, format.contentType),
  };
}

function pageOf(sheet: Sheet | undefined, selection: Selection): Leaf {
  if (sheet === undefined) throw new Error(`${selection.channel.path} has no window`);
  const { outline } = sheet;
  const { path } = selection.channel;
  const wanted: Wanted = {
    key: `${path}/index.html`,
    channel: path,
    order: "page",
    fingerprint: outline.fingerprint,
    entries: 0,
    headers: headersOf("window", html),
  };
  return { wanted, sheet, text: (bodies) => renderFeedPage(documentOf(outline, bodies)) };
}

function siteLeaves(selections: readonly Selection[], site: Site, program: string): readonly Leaf[] {
  // What site.yaml no longer has is answered for, and not offered to new readers.
  const shown = selections.filter(({ channel }) => channel.ended !== true);
  const feeds = shown.map(({ channel }) => ({
    title: channel.title,
    page: urlOf(site, `${channel.path}/index.html`),
    urls: Object.fromEntries(
      channel.formats.map((format) => [format, urlOf(site, `${channel.path}/${formats[format].file}`)]),
    ) as FeedDocument["urls"],
    ...(channel.language === undefined ? {} : { language: channel.language }),
  }));
  const { title, description, language, url } = site;
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([program, title, description, language, url, feeds]))
    .digest("hex");
  const leaf = (key: Key, contentType: string, text: () => string): Leaf => ({
    wanted: { key, channel: "", order: "page", fingerprint, entries: feeds.length, headers: headersOf("window", contentType) },
    text,
  });
  return [
    leaf("index.html", html, () => renderSitePage({ title, description, language, site: url, feeds, opml: urlOf(site, "feeds.opml") })),
    leaf("feeds.opml", opml, () =>
      renderOpml({ title, feeds: feeds.map((feed) => ({ ...feed, url: feed.urls.rss ?? feed.urls.atom ?? feed.urls.json ?? feed.page })) }),
    ),
  ];
}

function candidateOf(selection: Selection, sheets: readonly Sheet[], files: readonly Wanted[]): Candidate {
  const { channel, documents } = selection;
  const marks = sheets.map(({ outline }) => outline.entries.map(({ entry, body }) => [entry.id, entry.updated, body]));
  const mark = createHash("sha256").update(JSON.stringify(marks)).digest("hex");
  const members = channel.members.map((entry) => entry.id);
  const promised = documents.map(({ path, kind, updated }) => [
    path,
    kind === "window" ? { updated, members: membersMark(members), formats: channel.formats } : { updated },
  ]);
  return {
    path: channel.path,
    title: channel.title,
    entries: documents[0].shown.length,
    members,
    mark,
    promised: Object.fromEntries(promised),
    shown: shownOf(sheets[0], documents[0]),
    files,
  };
}

/**
 * What readers of the window see of each entry, as short as can be: its `updated`, and a hash of the rest. Links to translations
 * are not of it: no reader shows an entry again for them, and a desk may translate every story in one night.
 */
function shownOf(sheet: Sheet | undefined, window: Selected): Candidate["shown"] {
  const entries = sheet?.outline.entries ?? [];
  return Object.fromEntries(
    entries.map(({ entry, body, files }, index) => {
      const { translations: _, ...own } = entry;
      const seen = [own, files, body === undefined ? null : window.shown[index]?.entry.meta.content];
      return [entry.id, `${entry.updated} ${createHash("sha256").update(JSON.stringify(seen)).digest("hex").slice(0, 12)}`];
    }),
  );
}

/** Digests of the bodies that the stale files show. */
export function neededBodies(edition: Edition, stale: ReadonlySet<Key>): readonly string[] {
  const sheets = sheetsOf(edition, stale);
  return [...new Set(sheets.flatMap(({ outline }) => outline.entries.flatMap(({ body }) => (body === undefined ? [] : [body]))))];
}

/** Renders what is stale, and reads every feed back through the gate. */
export function renderStale(
  edition: Edition,
  stale: ReadonlySet<Key>,
  bodies: Bodies,
  tell: (done: number, of: number) => void,
): ReadonlyMap<Key, Rendered> {
  const done = new Map<Key, Rendered>();
  const sheets = edition.sheets.filter(({ files }) => files.some((file) => stale.has(file.key)));
  for (const [index, { outline, files }] of sheets.entries()) {
    const wanted = new Map(files.map((file) => [file.key, file]));
    for (const { key, format, text } of renderFormats(documentOf(outline, bodies))) {
      const file = wanted.get(key);
      if (file !== undefined && stale.has(key))
        done.set(key, rendered(file, text, gate({ format, text, expected: { entries: outline.entries.length } })));
    }
    tell(index + 1, sheets.length);
  }
  for (const { wanted, text } of edition.leaves) if (stale.has(wanted.key)) done.set(wanted.key, rendered(wanted, text(bodies), []));
  return done;
}

function sheetsOf(edition: Edition, stale: ReadonlySet<Key>): readonly Sheet[] {
  const pages = edition.leaves.flatMap(({ sheet, wanted }) => (sheet !== undefined && stale.has(wanted.key) ? [sheet] : []));
  return [...edition.sheets.filter(({ files }) => files.some((file) => stale.has(file.key))), ...pages];
}
