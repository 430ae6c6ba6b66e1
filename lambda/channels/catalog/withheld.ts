import type { Instant } from "../../articles/model/article.ts";
import type { Key } from "../../stores/store.ts";
import { due } from "./ledger/dating.ts";
import type { Absence } from "./ledger/ledger.ts";
import type { Metadata, SourceRecord } from "./ledger/record.ts";
import type { Outcome } from "./outcome.ts";

/** A withheld article: draft, embargoed, scheduled, or expired. `at`: until when, or since when. */
export type Withheld = { readonly key: Key; readonly reason: Absence; readonly at?: Instant };

/** The entry for a withheld source; undefined for any other. */
export function withheldOf(record: SourceRecord, outcome: Outcome | undefined): Withheld | undefined {
  const { key, kind } = record;
  if (kind === "withheld") return { key, reason: "draft" };
  if (kind !== "article" || outcome?.kind !== "absent") return undefined;
  const { reason, entry } = outcome;
  const at = reason === "canceled" ? entry?.canceled : momentOf(reason, record.meta);
  return { key, reason, ...(at === undefined ? {} : { at }) };
}

function momentOf(reason: Absence, { published, embargo, expires }: Metadata): Instant | undefined {
  const written = { scheduled: published, embargoed: embargo, expired: expires, draft: undefined, canceled: undefined }[reason];
  return written === undefined ? undefined : due(written);
}
