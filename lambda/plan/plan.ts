import type { Finding, Instant } from "../articles/model/article.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import type { Packed } from "../articles/packed.ts";
import type { CatalogEntry } from "../channels/catalog/catalog-entry.ts";
import type { Ledger } from "../channels/catalog/ledger/ledger.ts";
import { type Measured, missingMedia } from "../channels/media/media.ts";
import type { Desired } from "../channels/select/select.ts";
import { allFindings } from "../channels/select/shown.ts";
import { stylesheetReference } from "../channels/select/site-images.ts";
import type { Site } from "../channels/site/site.ts";
import type { Key } from "../stores/store.ts";
import { copiesOf, openMedia } from "./changes/copies.ts";
import { wholeRun } from "./changes/guard.ts";
import { makePlan, type Plan } from "./changes/make-plan.ts";
import type { DesiredState } from "./desired/desired-state.ts";
import { withPartnerReports } from "./desired/partner-report.ts";
import { withStatus } from "./desired/status-file.ts";
import { withEdgeTable } from "./edge/edge-plan.ts";
import { keptBodies, showsOf } from "./kept-bodies.ts";
import type { Rendered } from "./manifest/file.ts";
import type { Manifest } from "./manifest/manifest.ts";
import { baselineOf, type Target } from "./manifest/target.ts";
import { audienceOf, withOutbox } from "./outbox.ts";

/** The result of `make`: the desired state, measured and rendered. */
export type Made = {
  readonly desiredState: DesiredState;
  /** The measured media that documents show. */
  readonly measured: Measured;
  /** The entries whose media were measured. */
  readonly looked: readonly CatalogEntry[];
  readonly deadLinks: readonly Finding[];
  /** The target, as far as this run needs it. */
  readonly live: Target;
  /** The rendered files, by key. */
  readonly rendered: ReadonlyMap<Key, Rendered>;
  /** The articles that this run has loaded, by digest. */
  readonly bodies: ReadonlyMap<string, Packed>;
  /** The digests of the articles that are already kept. */
  readonly keptBodies: readonly string[];
};

/** Everything that a plan is made from. */
export type Gathered = {
  readonly now: Instant;
  readonly site: Site;
  /** The holds to release, each as `name@hash`. */
  readonly allow: readonly string[];
  readonly manifest: Manifest;
  readonly ledger: Ledger;
  /** Whether state had a ledger. */
  readonly found: boolean;
  /** If it had none: the facts that the live feeds could not restore. */
  readonly losses?: readonly string[];
  readonly desired: Desired;
  readonly made: Made;
  /** The address of the table that the edge function reads, if there is one besides edge.json. */
  readonly table?: string;
  /** The CloudFront distribution in front of the target. */
  readonly distribution?: string;
};

export type Planned = {
  readonly plan: Plan;
  /** The articles that a document will show and that are not kept yet, by digest. */
  readonly keep: ReadonlyMap<string, Packed>;
  /** Findings and notices are about articles, remarks about the site's settings. */
  readonly findings: readonly Finding[];
  readonly notices: readonly Finding[];
  readonly remarks: readonly string[];
};

/** Turns the desired state, its rendered files and the live state into what must be done. */
export function plan(gathered: Gathered): Planned {
  const { now, site, allow, manifest, ledger, desired, made, table, distribution } = gathered;
  const { catalog, selections, values, rules } = desired;
  const { desiredState, measured, live } = made;
  const shows = showsOf(desired);
  const { keep, drop, kept } = keptBodies(shows, made.keptBodies, made.bodies);
  const changes = makePlan({
    now,
    guard: site.guard,
    catalog,
    ledgerBefore: ledger,
    candidates: desiredState.candidates,
    siteFiles: desiredState.files.filter((file) => file.channel === ""),
    rendered: made.rendered,
    manifest,
    target: live,
    baseline: baselineOf(desiredState.candidates, live, ledger),
    ledger: { ...catalog.ledger, values, rules },
    keptBodies: kept,
    dropBodies: drop,
    copying: copiesOf(openMedia(shows, desired.ofSite, measured.media), desiredState.privateMedia, manifest, live),
    allow,
    ...omitUndefined({ losses: gathered.losses ?? (gathered.found ? undefined : unrecoverable(desiredState, live)) }),
  });
  const withReports = withPartnerReports(changes, site.partners, { manifest, target: live });
  const withIt = withStatus(withReports, selections, { manifest, target: live });
  const { plan: whole, remarks } = withEdgeTable(withIt, { site, selections, manifest, target: live, ...omitUndefined({ table }) });
  const finished = withOutbox(whole, manifest, audienceOf(catalog, site, distribution));
  return {
    plan: finished,
    keep,
    findings: shownWhileHeld(allFindings(desired), ledger, finished),
    notices: [...desired.notices.channels, ...missingMedia(made.looked, measured), ...made.deadLinks, ...desired.notices.pages],
    remarks: [...remarks, ...withoutStylesheet(site, measured)],
  };
}

function withoutStylesheet({ theme }: Site, { media }: Measured): readonly string[] {
  const path = theme?.stylesheet;
  return path === undefined || media.has(stylesheetReference(path).key)
    ? []
    : [`site.yaml: "stylesheet" names ${path}, which is not in the content. The pages are published without it.`];
}

/** What is lost if files of this site are live and no JSON feed describes them; undefined if nothing is live. */
function unrecoverable({ files: wanted }: DesiredState, { listing }: Target): readonly string[] | undefined {
  const live = wanted.some(({ key }) => listing.has(key));
  return live ? ["No live JSON feed describes them, so every date of first sight and every id of a moved article is lost."] : undefined;
}

/** An article whose file is gone has not left the feeds while a held feed still shows it. */
function shownWhileHeld(
  findings: readonly Finding[],
  { entries }: Ledger,
  { holds, manifest }: Pick<Plan, "holds" | "manifest">,
): readonly Finding[] {
  if (holds.length === 0 || !findings.some(({ code }) => code === "dropped")) return findings;
  const held = new Set(holds.map(({ name }) => name));
  const showing = Object.entries(manifest.members).flatMap(([path, ids]) => (held.has(wholeRun) || held.has(path) ? ids : []));
  const shown = new Set(showing.map((id) => entries.get(id)?.keys.at(-1) ?? id));
  return findings.map((finding) => (finding.code === "dropped" && shown.has(finding.key) ? { ...finding, ...MISSING } : finding));
}

const MISSING = {
  code: "missing",
  message: "The file has been gone for longer than the grace. The article stays in the held feeds, and leaves them once they are released.",
  hint: "Put the file back, or release the held feeds.",
};
