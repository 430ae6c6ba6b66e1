import { hashOfValue, omitUndefined } from "../../articles/model/json-value.ts";
import type { SelectedDocument, Selection } from "../../channels/select/documents.ts";
import { membersHash } from "../../channels/select/previous-feed.ts";
import { stylesheetReference } from "../../channels/select/site-images.ts";
import type { Site } from "../../channels/site/site.ts";
import { imageOf, type Outline, outlineOf, type Places } from "../../feeds/documents/document.ts";
import { formatFiles as formats } from "../../feeds/formats/formats.ts";
import { renderFeedPage } from "../../feeds/pages/page.ts";
import type { Partnered } from "../../partners/select/partnered.ts";
import type { Key } from "../../stores/store.ts";
import type { Candidate } from "../changes/plan-input.ts";
import type { DesiredFile } from "../manifest/file.ts";
import { headersOf } from "../manifest/headers.ts";
import { articlePages } from "./article-pages.ts";
import { htmlType, type Page } from "./page.ts";
import { newsFiles, type PrivateMedium, partnerFiles } from "./partner-files.ts";
import { settingOf, sitePages } from "./site-files.ts";

/** A document to publish, in all its formats. */
type DesiredDocument = { readonly outline: Outline; readonly files: readonly DesiredFile[] };

/** Everything that should be live, not yet rendered: documents in their formats, and pages. */
export type DesiredState = {
  readonly candidates: readonly Candidate[];
  readonly documents: readonly DesiredDocument[];
  readonly pages: readonly Page[];
  readonly files: readonly DesiredFile[];
  /** Media that only partners show. */
  readonly privateMedia: readonly PrivateMedium[];
};

/** `open`: the media that everybody may have. */
export function desiredStateOf(
  desired: Partnered,
  site: Site,
  places: Places,
  program: string,
  open: ReadonlySet<Key> = new Set(),
): DesiredState {
  const { published: selections, pages } = desired;
  const shown = { ...site, ...omitUndefined({ icon: imageOf(site.icon, site, places), theme: themeOf(site, places) }) };
  const made = selections.map((selection) => {
    const desiredDocuments = selection.documents.map((selected): DesiredDocument => {
      const outline = outlineOf(selection, selected, site, places, program);
      return { outline, files: selection.channel.formats.map((format) => wantedFeed(outline, selection, formats[format])) };
    });
    const page = pageOf(desiredDocuments[0], selection, shown);
    const wanted = [...desiredDocuments.flatMap((desiredDocument) => desiredDocument.files), page.file];
    return { desiredDocuments, page, candidate: candidateOf(selection, desiredDocuments, wanted) };
  });
  const desiredDocuments = made.flatMap((one) => one.desiredDocuments);
  // A feed that site.yaml no longer lists still answers, but is not offered to new readers.
  const offered = selections.filter(({ channel }) => channel.ended !== true);
  const first = made.find(({ candidate }) => candidate.path === offered[0]?.channel.path);
  // An article may be the site's own page for addresses without a page.
  const placed = new Set(pages.map(({ key }) => key));
  const siteOwn = sitePages(offered, first?.desiredDocuments[0]?.outline, shown, program).filter(({ file }) => !placed.has(file.key));
  const ownPages = [...made.map(({ page }) => page), ...siteOwn];
  const files = [...desiredDocuments.flatMap((desiredDocument) => desiredDocument.files), ...ownPages.map((page) => page.file)];
  const articles = articlePages(desired, offered, shown, places, program);
  const partners = partnerFiles(desired, site, places, program, open);
  const forPartners = [...partners.flatMap((one) => one.pages), ...newsFiles(desired, site, places, program)];
  return {
    candidates: [...made, ...partners].map(({ candidate }) => candidate),
    documents: desiredDocuments,
    pages: [...ownPages, ...articles, ...forPartners],
    privateMedia: partners.flatMap(({ media }) => media),
    files: [...files, ...[...articles, ...forPartners].map((page) => page.file)],
  };
}

/** The theme with the address at which its stylesheet is published; a file that the content does not have is left out. */
function themeOf({ theme }: Site, places: Places): Site["theme"] {
  const reference = theme?.stylesheet === undefined ? undefined : stylesheetReference(theme.stylesheet);
  const sheet = reference === undefined ? undefined : places.file(reference);
  return theme && omitUndefined({ accent: theme.accent, stylesheet: sheet?.medium === undefined ? undefined : sheet.url });
}

function wantedFeed(outline: Outline, selection: Selection, format: { readonly file: string; readonly contentType: string }): DesiredFile {
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

function pageOf(desiredDocument: DesiredDocument | undefined, selection: Selection, site: Site): Page {
  if (desiredDocument === undefined) throw new Error(`${selection.channel.path} has no window`);
  const { document, entries, fingerprint: outlined } = desiredDocument.outline;
  const { path } = selection.channel;
  const setting = settingOf(site);
  const fingerprint = hashOfValue([outlined, setting]);
  const wanted: DesiredFile = {
    key: `${path}/index.html`,
    channel: path,
    order: "page",
    fingerprint,
    entries: 0,
    headers: headersOf("window", htmlType),
  };
  // The page shows only summaries, so it needs no body.
  const bare = { ...document, entries: entries.map(({ entry }) => entry) };
  return { file: wanted, text: () => renderFeedPage(bare, setting) };
}

function candidateOf(selection: Selection, desiredDocuments: readonly DesiredDocument[], files: readonly DesiredFile[]): Candidate {
  const { channel, documents } = selection;
  const marks = desiredDocuments.map(({ outline }) => outline.entries.map(({ entry, body }) => [entry.id, entry.updated, body]));
  const mark = hashOfValue(marks);
  const members = channel.members.map((entry) => entry.id);
  const promised = documents.map(({ path, kind, updated, shown }) => [
    path,
    kind === "window"
      ? { updated, members: membersHash(members), formats: channel.formats }
      : { updated, members: membersHash(shown.map(({ entry }) => entry.id)) },
  ]);
  return {
    path: channel.path,
    title: channel.title,
    entries: documents[0].shown.length,
    members,
    mark,
    promised: Object.fromEntries(promised),
    shown: shownOf(desiredDocuments[0], documents[0]),
    files,
  };
}

/**
 * What readers of the window see of each entry, in short: its `updated`, and a hash of the rest. Leaves out links to translations: no
 * reader shows an entry again because of them, and a newsroom may translate every story in one night.
 */
function shownOf(desiredDocument: DesiredDocument | undefined, window: SelectedDocument): Candidate["shown"] {
  const entries = desiredDocument?.outline.entries ?? [];
  return Object.fromEntries(
    entries.map(({ entry, body, files }, index) => {
      const { translations: _, ...own } = entry;
      const seen = [own, files, body === undefined ? null : window.shown[index]?.entry.meta.content];
      return [entry.id, `${entry.updated} ${hashOfValue(seen, 12)}`];
    }),
  );
}
