import type { Instant } from "../articles/model/article.ts";
import type { Metadata, SourceRecord } from "../channels/catalog/ledger/record.ts";
import type { Medium } from "../channels/media/media.ts";

/** The catalog as state keeps it: parsed sources without bodies, and the last known good data of articles whose file is broken or gone. */
export type CatalogCache = {
  /** Identifies the program and the settings that read the heads of the sources. */
  readonly fingerprint: string;
  /** Identifies the program and the settings that made their bodies. */
  readonly bodies: string;
  readonly records: readonly SourceRecord[];
  readonly known: Readonly<Record<string, Metadata>>;
  /** The measured files that articles refer to. */
  readonly media: readonly Medium[];
  /** How many files of the last listing look like articles but were not taken, by extension; absent if an earlier program wrote this. */
  readonly passedOver?: Readonly<Record<string, number>>;
  readonly next?: Instant;
};

export const emptyCatalog: CatalogCache = { fingerprint: "", bodies: "", records: [], known: {}, media: [] };
