import type { Finding } from "../articles/model/article.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import type { Catalog } from "../channels/catalog/catalog.ts";
import type { Selection } from "../channels/select/documents.ts";
import type { Desired } from "../channels/select/select.ts";
import type { Target } from "../plan/manifest/target.ts";
import type { Made, Planned } from "../plan/plan.ts";
import type { State } from "../state/state.ts";
import type { Changes } from "./apply.ts";
import type { Announced } from "./deliver-outbox.ts";
import type { Observed } from "./observe.ts";
import { cacheOf } from "./progress.ts";
import type { Intake } from "./read/intake.ts";
import type { Sources } from "./read.ts";

/** What a run would do, and all that it was worked out from. */
export type Prepared = {
  readonly before: State;
  readonly kept: Observed["kept"];
  readonly intake: Intake;
  readonly catalog: Catalog;
  /** Of files that articles show and that are nowhere. */
  readonly notices: readonly Finding[];
  /** What site.yaml asks of the edge and cannot be yet. */
  readonly remarks: readonly string[];
  readonly selections: readonly Selection[];
  /** The target as it was listed, and looked at. */
  readonly live: Target;
  readonly changes: Changes;
};

/** "busy": another run holds the lease, and this one has done nothing. */
export type Published = { readonly kind: "done" | "busy"; readonly prepared: Prepared; readonly announced: readonly Announced[] };

export function preparedFrom({ before, kept }: Observed, sources: Sources, desired: Desired, made: Made, planned: Planned): Prepared {
  const { plan, keep, findings, notices, remarks } = planned;
  const { catalog, selections } = desired;
  const changes = { plan, keep, catalog: { ...cacheOf(sources, desired, made.measured), ...omitUndefined({ next: catalog.next }) } };
  const { intake } = sources;
  return { before, kept, intake, catalog: { ...catalog, findings }, notices, remarks, selections, live: made.live, changes };
}
