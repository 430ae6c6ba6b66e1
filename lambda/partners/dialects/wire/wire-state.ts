import type { Instant } from "../../../articles/model/article.ts";
import { changedAt, type PartnerItem } from "../../model/item.ts";

/** Where an article stands, in IPTC's words (NewsML-G2, `stat:`; ninjs, `pubStatus`). */
export type WireState = {
  readonly status: "usable" | "withheld" | "canceled";
  /** When this version was made, the withdrawal included. */
  readonly versionCreated: Instant;
  readonly embargoed?: Instant;
  readonly expires?: Instant;
  /** A word to the desk that receives it; its readers never see it. */
  readonly edNote?: string;
};

/** An article that has expired is canceled, with the moment at which it expired: nobody may go on showing it. */
export function wireStateOf(item: PartnerItem): WireState {
  const { life } = item;
  const versionCreated = changedAt(item);
  switch (life.kind) {
    case "usable":
      return { status: "usable", versionCreated };
    case "corrected":
      return { status: "usable", versionCreated, edNote: `Correction: ${life.note}` };
    case "withheld":
      return {
        status: "withheld",
        versionCreated,
        ...(life.until === undefined ? {} : { embargoed: life.until }),
        edNote: "Withheld: do not publish.",
      };
    case "canceled":
      return { status: "canceled", versionCreated, edNote: life.reason === undefined ? "Canceled." : `Canceled: ${life.reason}` };
    case "expired":
      return { status: "canceled", versionCreated, expires: life.since, edNote: "Expired: do not publish any more." };
  }
}
