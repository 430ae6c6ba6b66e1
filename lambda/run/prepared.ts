import type { Finding } from "../articles/model/article.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import type { Catalog } from "../channels/catalog/catalog.ts";
import type { Selection } from "../channels/select/documents.ts";
import type { Desired } from "../channels/select/select.ts";
import type { Target } from "../plan/manifest/target.ts";
import type { Made, Planned } from "../plan/plan.ts";
import type { State } from "../state/state.ts";
import type { Applied, Changes } from "./apply.ts";
import type { Announced } from "./deliver-outbox.ts";
import type { Making } from "./make.ts";
import type { Observed } from "./observe.ts";
import { cacheOf } from "./progress.ts";
import type { Intake } from "./read/intake.ts";
import type { Sources } from "./read.ts";

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

export function preparedFrom(
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
