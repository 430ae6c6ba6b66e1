import { hashOfValue } from "../../articles/model/json-value.ts";
import { type Medium, mediumKey } from "../../channels/media/media.ts";
import type { Site } from "../../channels/site/site.ts";
import { type Places, urlOf } from "../../feeds/documents/document.ts";
import { changeFiles } from "../../partners/documents/change-files.ts";
import { type ItemOutline, type PartnerOutline, partnerOutlines } from "../../partners/documents/partner-outline.ts";
import { renderPartner } from "../../partners/documents/partner-text.ts";
import type { Partnered, PartnerSelection } from "../../partners/select/partnered.ts";
import type { Key } from "../../stores/store.ts";
import type { Candidate } from "../changes/plan-input.ts";
import type { DesiredFile } from "../manifest/file.ts";
import { headersOf } from "../manifest/headers.ts";
import type { Page } from "./page.ts";

/** A partner's files, which the guard judges together as it judges those of a channel. */
export type PartnerFiles = { readonly candidate: Candidate; readonly pages: readonly Page[]; readonly media: readonly PrivateMedium[] };

/** A picture that feeds and pages do not show: only the partners who may have it get it, each in its own folder. */
export type PrivateMedium = { readonly key: Key; readonly medium: Medium; readonly channel: string };

/** The files of all partners. A file is rendered only if something in it changes. `open`: the media that everybody may have. */
export function partnerFiles(
  { partners, shared }: Partnered,
  site: Site,
  places: Places,
  program: string,
  open: ReadonlySet<Key>,
): readonly PartnerFiles[] {
  if (partners.length === 0) return [];
  const entries = new Map(shared.map(({ entry }) => [entry.id, entry]));
  return partners.map((selection) => {
    const path = partnerPath(selection);
    const media = new Map<Key, PrivateMedium>();
    const file: Places["file"] = (reference) => {
      const found = places.file(reference);
      if (found.medium === undefined || open.has(mediumKey(found.medium))) return found;
      const key = `${path}/${mediumKey(found.medium)}`;
      media.set(key, { key, medium: found.medium, channel: path });
      return { ...found, url: urlOf(site, key) };
    };
    const outlines = partnerOutlines(selection, entries, site, { ...places, file }, program);
    const pages = [...outlines.map((outline) => pageOf(outline, selection)), ...changePages(selection)];
    const told = new Set(outlines.flatMap(({ items }) => items.flatMap(filesOf)));
    const shownThere = [...media.values()].filter(({ key }) => told.has(urlOf(site, key)));
    return { pages, candidate: candidateOf(selection, outlines, pages), media: shownThere };
  });
}

/** The public sitemap of Google News, at the top of the target; empty if site.yaml does not ask for it. */
export function newsFiles({ news }: Partnered, site: Site, places: Places, program: string): readonly Page[] {
  if (news === undefined) return [];
  const entries = new Map(news.entries.map((entry) => [entry.id, entry]));
  return partnerOutlines(news.selection, entries, site, places, program, "").map((outline) => {
    const { key, contentType, items, fingerprint } = outline;
    const headers = headersOf("window", contentType);
    const file: DesiredFile = { key, channel: "", order: "page", fingerprint, entries: items.length, headers };
    return { file, text: (loaded) => renderPartner(outline, loaded) };
  });
}

/** The addresses of the files that an item may show: those that are held back are not among them. */
function filesOf({ item, body, travelling }: ItemOutline): readonly string[] {
  const inBody = Object.values(body?.files ?? {});
  const may = ({ others, except }: NonNullable<typeof travelling>, url: string) => except.includes(url) !== others;
  return [
    ...(item.entry.image === undefined ? [] : [item.entry.image.url]),
    ...item.entry.attachments.map(({ url }) => url),
    ...(travelling === undefined ? inBody : inBody.filter((url) => may(travelling, url))),
  ];
}

/** The path of a partner, where channels have theirs. */
export function partnerPath({ rule }: Pick<PartnerSelection, "rule">): string {
  return `partners/${rule.name}`;
}

function pageOf(outline: PartnerOutline, selection: PartnerSelection): Page {
  const { key, contentType, items, fingerprint } = outline;
  const bodies = items.flatMap(({ body }) => body?.body ?? []);
  const file: DesiredFile = {
    key,
    channel: partnerPath(selection),
    order: "window",
    fingerprint,
    entries: items.length,
    headers: headersOf("partner", contentType),
  };
  return { file, bodies, text: (loaded) => renderPartner(outline, loaded) };
}

/** The change log: its parts never change, and `latest.json`, which leads to everything, is written last. */
function changePages(selection: PartnerSelection): readonly Page[] {
  return (selection.changes === undefined ? [] : changeFiles(selection.changes)).map(({ name, text }) => {
    const file: DesiredFile = {
      key: `${partnerPath(selection)}/${name}`,
      channel: partnerPath(selection),
      order: name.endsWith("/latest.json") ? "page" : "window",
      fingerprint: hashOfValue(text),
      entries: 0,
      headers: headersOf("partner", "application/json; charset=utf-8"),
    };
    return { file, text: () => text };
  });
}

function candidateOf(selection: PartnerSelection, outlines: readonly PartnerOutline[], pages: readonly Page[]): Candidate {
  const { rule, window, withdrawn, entitled, updated } = selection;
  const path = partnerPath(selection);
  const items = new Map(outlines.flatMap((outline) => outline.items.map((one) => [one.item.entry.id, one] as const)));
  const shown = window.flatMap(({ id }) => {
    const one = items.get(id);
    if (one === undefined) return [];
    return [[id, `${one.item.entry.updated} ${hashOfValue([one.item.entry, one.body?.body, one.body?.files], 12)}`] as const];
  });
  return {
    path,
    title: rule.title ?? rule.name,
    entries: window.length,
    members: window.map(({ id }) => id),
    passedBy: entitled,
    // Without moments: a withdrawal that is held back begins anew with every run, and is the same change.
    mark: hashOfValue([window.map(({ id }) => id), withdrawn.map(({ id, life }) => [id, life.kind])]),
    promised: { [path]: { updated } },
    shown: Object.fromEntries(shown),
    files: pages.map(({ file }) => file),
  };
}
