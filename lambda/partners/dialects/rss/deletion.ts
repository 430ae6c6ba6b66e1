import { isLive } from "../../judge/judge.ts";
import type { PartnerItem } from "../../model/item.ts";
import type { Demands } from "../../profiles/profile.ts";
import { partnerDate } from "./dates.ts";
import type { XmlWriter } from "./xml-writer.ts";

/** The partner's own signal that an article is withdrawn, and for some that it is not (partners.md, section 4). */
export function deletionSignal(item: PartnerItem, demands: Demands, { element }: XmlWriter): readonly string[] {
  const live = isLive(item);
  switch (demands.deletion) {
    case "notice":
    case "remove":
      return [];
    case "media-status":
      return live ? [] : [element("media:status", undefined, { state: "deleted" })];
    case "media-status-text":
      return [element("media:status", live ? "active" : "deleted")];
    case "expiration": {
      if (!("since" in item.life)) return [];
      const past = partnerDate(item.life.since, "iso8601");
      return [element("dcterms:valid", `end=${past}; scheme=W3C-DTF`), element("mi:expirationDate", past)];
    }
    case "licensed-deleted":
      return live ? [] : [element("licensed_news:deleted", "yes")];
    case "pub-status":
      return [element("oa:pubStatus", live ? "2" : "0")];
    case "element":
      return live ? [] : [element(demands.deletedElement, demands.deletedText === "" ? undefined : demands.deletedText)];
  }
}
