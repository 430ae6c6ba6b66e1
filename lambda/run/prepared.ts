import type { Finding } from "../articles/model/article.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import type { Catalog } from "../channels/catalog/catalog.ts";
import { refusedAfter } from "../channels/catalog/refused.ts";
import type { Selection } from "../channels/select/documents.ts";
import { type Desired, select } from "../channels/select/select.ts";
import type { Site } from "../channels/site/site.ts";
import { selectPartners } from "../partners/select/select-partners.ts";
import { isSameLeftOut, leftOutBefore, leftOutOf } from "../plan/left-out.ts";
import type { Target } from "../plan/manifest/target.ts";
import { type Made, type Planned, plan } from "../plan/plan.ts";
import type { State } from "../state/state.ts";
import type { Applied, Changes } from "./apply.ts";
import type { Announced } from "./deliver-outbox.ts";
import { type Making, make } from "./make.ts";
import type { Observed } from "./observe.ts";
import type { Ports } from "./ports.ts";
import { cacheOf } from "./progress.ts";
import type { Intake } from "./read/intake.ts";
import { read, recall, type Sources, type Withdrawal } from "./read.ts";

/** What a run would do, and everything that this follows from. */
export type Prepared = {
  readonly before: State;
  readonly kept: Observed["kept"];
  /** The listings of content and target. */
  readonly sources: Observed["sources"];
  readonly fromNamed: Observed["fromNamed"];
  readonly files: Observed["files"];
  readonly intake: Intake;
  readonly catalog: Catalog;
  /** Notices about media that articles show but that do not exist. */
  readonly notices: readonly Finding[];
  /** Remarks on parts of site.yaml that the edge cannot do yet. */
  readonly remarks: readonly string[];
  readonly selections: readonly Selection[];
  /** The target, as listed and refreshed. */
  readonly live: Target;
  readonly changes: Changes;
};

/** What apply needs of it: all that there is of a plan that no road of a run made. */
export type Applicable = Pick<Prepared, "before" | "kept" | "files" | "changes">;

/** "busy": another run has the lease, so this one did nothing. `after`: state and the listing of the target at the end. */
export type Published<P extends Applicable = Prepared> = {
  readonly kind: "done" | "busy";
  readonly prepared: P;
  readonly announced: readonly Announced[];
  readonly after?: Applied;
};

/** read -> select -> make -> plan: what a run would do about what it observed. Changes nothing that anybody can see. */
export async function decided(
  observed: Observed,
  ports: Ports,
  site: Site,
  allow: readonly string[],
  withdrawal: Withdrawal | undefined,
): Promise<Prepared> {
  const manifest = observed.before.manifest.value;
  const edge = omitUndefined({ table: ports.edge?.address, distribution: ports.distribution });
  let sources = await read(observed, ports, site, withdrawal);
  for (;;) {
    const selected = select(sources, site);
    // A change log names what is in a partner's files, which shows only when they are made: mostly what was in them before.
    const expected = leftOutBefore(manifest, site);
    const first = await make(selectPartners(selected, sources, site, expected), sources, observed, ports, site);
    const leftOut = leftOutOf(first, manifest, site);
    const made = isSameLeftOut(leftOut, expected)
      ? first
      : await make(selectPartners(selected, sources, site, leftOut), sources, observed, ports, site);
    const { desired } = made;
    const refused = refusedAfter(sources.refused, made.defects, desired.catalog.entries);
    if (refused === undefined) {
      const planned = plan({ ...sources, desired, made, manifest, site, allow, ...edge });
      return preparedFrom(observed, sources, desired, made, planned);
    }
    // Refuses the articles that no feed can hold, and selects again without them.
    sources = await recall(refused, sources, observed, ports.state, site);
  }
}

function preparedFrom(
  { before, kept, sources: listing, fromNamed, files }: Observed,
  sources: Sources,
  desired: Desired,
  made: Made & Pick<Making, "learned" | "makeAgain">,
  planned: Planned,
): Prepared {
  const { plan, keep, findings, notices, remarks } = planned;
  const { catalog, selections } = desired;
  const changes = {
    plan,
    keep,
    makeAgain: made.makeAgain,
    catalog: { ...cacheOf(sources, desired, made), ...omitUndefined({ next: catalog.next }) },
  };
  const { intake } = sources;
  return {
    before,
    kept,
    sources: listing,
    fromNamed,
    files,
    intake,
    catalog: { ...catalog, findings },
    notices,
    remarks,
    selections,
    live: made.live,
    changes,
  };
}
