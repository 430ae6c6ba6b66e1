import { omitUndefined } from "../articles/model/json-value.ts";
import type { Defects } from "../channels/catalog/refused.ts";
import type { Desired } from "../channels/select/select.ts";
import type { Site } from "../channels/site/site.ts";
import { mediaLookup } from "../feeds/documents/document.ts";
import { desiredStateOf } from "../plan/desired/desired-state.ts";
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
import { refresh } from "./refresh.ts";
import { renderFiles } from "./render-files.ts";

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
  const desiredState = desiredStateOf(desired, site, mediaLookup(measured.media, site), program);
  const live = await refresh(target, files, [...desiredState.files, statusFile, edgeFile], manifest, site);
  const { loaded, ...made } = await renderFiles(desiredState, staleKeys(desiredState.files, manifest, live), articles, {
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
  return { desiredState, measured, live, bodies, keptBodies: [...named, ...unnamed.filter((digest) => stored.has(digest))], ...made };
}
