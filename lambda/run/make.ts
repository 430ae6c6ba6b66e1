import { omitUndefined } from "../articles/model/json-value.ts";
import type { Defects } from "../channels/catalog/refused.ts";
import type { Desired } from "../channels/select/select.ts";
import type { Site } from "../channels/site/site.ts";
import { placesOf } from "../feeds/documents/document.ts";
import { editionOf } from "../plan/desired/desired-state.ts";
import { statusFile } from "../plan/desired/status-file.ts";
import { edgeFile } from "../plan/edge/edge-plan.ts";
import { unnamedBodies } from "../plan/kept-bodies.ts";
import { staleKeys } from "../plan/manifest/target.ts";
import type { Made } from "../plan/plan.ts";
import { measureMedia } from "./measure.ts";
import type { Observed } from "./observe.ts";
import type { Ports } from "./ports.ts";
import { cacheOf, keepProgress } from "./progress.ts";
import type { Sources } from "./read.ts";
import { survey } from "./refresh.ts";
import { renderInTime } from "./render.ts";

/**
 * Measures the media that documents show, refreshes what is known of the target, and renders what differs. `defects`: the faulty entries
 * of documents that the gate refuses.
 * @throws Fault if time runs out before everything is rendered; what was read is kept.
 */
export async function make(
  desired: Desired,
  sources: Sources,
  observed: Observed,
  ports: Ports,
  site: Site,
): Promise<Made & { readonly defects: Defects }> {
  const { before, files } = observed;
  const { articles, records } = sources.intake;
  const { content, target, state, program } = ports;
  const manifest = before.manifest.value;
  const cached = before.catalog.value.media;
  const measured = await measureMedia({ content, pictures: desired.pictures, cached, limit: site.mediaLimit });
  const edition = editionOf(desired, site, placesOf(measured.media, site), program);
  const live = await survey(target, files, [...edition.wanted, statusFile, edgeFile], manifest, site);
  const { loaded, ...made } = await renderInTime(edition, staleKeys(edition.wanted, manifest, live), articles, {
    content,
    state,
    records,
    newsroom: site,
    tell: (done, of) => ports.tell({ kind: "stage", stage: "render", done, of }),
    keepRead: (bodies) => keepProgress(ports, observed, cacheOf(sources, desired, measured), bodies),
    ...omitUndefined({ left: ports.left }),
  });
  const bodies = new Map([...articles, ...loaded.articles]);
  const named = [...new Set([...manifest.kept, ...loaded.stored])];
  const shows = { selections: desired.selections, paged: desired.pages.map(({ entry }) => entry) };
  const unnamed = unnamedBodies(shows, named, bodies);
  const stored = unnamed.length === 0 ? new Set() : await observed.kept();
  return { edition, measured, live, bodies, kept: [...named, ...unnamed.filter((digest) => stored.has(digest))], ...made };
}
