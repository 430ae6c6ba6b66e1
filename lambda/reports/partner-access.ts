import type { Instant } from "../articles/model/article.ts";
import type { AccessMethod } from "../channels/site/partner-access.ts";
import type { AccessState } from "../partners/access/partner-keys.ts";

/** Who may fetch a partner's files, without any key. */
export type PartnerStatus = AccessState & {
  readonly name: string;
  readonly methods: readonly AccessMethod[];
  /** The name of the header that may hold the key. */
  readonly header?: string;
  /** How many keys count now. */
  readonly keys: number;
};

/** The result of `wireroom partner list`. */
export type PartnersReport = {
  readonly command: "partner list";
  readonly now: Instant;
  readonly site: string;
  readonly partners: readonly PartnerStatus[];
};

/** How the partner shows a new key. This is the one place where the key itself ever stands. */
export type ShownKey = {
  readonly key: string;
  readonly user?: string;
  readonly header?: string;
  /** The address below which its files are, for each way that its methods allow. */
  readonly addresses: readonly string[];
};

/** The result of `wireroom partner add | rotate | revoke`. */
export type KeyReport = {
  readonly command: "partner add" | "partner rotate" | "partner revoke";
  readonly now: Instant;
  readonly site: string;
  /** "busy": another run has the lease, so nothing was done. "unchanged": there was no key to revoke. */
  readonly outcome: "done" | "unchanged" | "busy";
  readonly partner: PartnerStatus;
  readonly shown?: ShownKey;
  /** Until when the earlier keys of a rotation count. */
  readonly earlier?: Instant;
  /**
   * What must still happen before the edge follows. "publish": no table is published yet. "function": the command was not told of the edge's
   * table, and the function's next run updates it.
   */
  readonly waits?: "publish" | "function";
};
