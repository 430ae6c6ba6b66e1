import type { Instant } from "../../articles/model/article.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { Key } from "../../stores/store.ts";
import type { Rendered, Wanted } from "../manifest/file.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";
import type { Copying } from "./copies.ts";
import type { Judged } from "./guard.ts";

/** A channel as a run would publish it. */
export type Candidate = {
  readonly path: string;
  readonly title: string;
  readonly entries: number;
  readonly members: readonly string[];
  readonly mark: string;
  /** What the ledger is to remember of its documents. */
  readonly promised: Ledger["feeds"];
  /** Of each entry in the window: its `updated`, and a hash of what readers see of it. */
  readonly shown: Readonly<Record<string, string>>;
  readonly files: readonly Wanted[];
};

/** All that a plan is decided from. */
export type PlanInput = Judged & {
  readonly now: Instant;
  readonly candidates: readonly Candidate[];
  /** Files that belong to no channel: the site's index, its OPML, articles' pages. */
  readonly siteFiles: readonly Wanted[];
  /** What had to be rendered, by key. */
  readonly rendered: ReadonlyMap<Key, Rendered>;
  readonly manifest: Manifest;
  readonly target: Target;
  /** Members of each channel as the live feeds show them, where the manifest does not know. */
  readonly baseline: ReadonlyMap<string, readonly string[]>;
  readonly ledger: Ledger;
  /** Digests of articles to be kept in state, and of those that no document shows any more. */
  readonly kept: readonly string[];
  readonly forgotten: readonly string[];
  /** `name@hash` of what somebody has released. */
  readonly allow: readonly string[];
  readonly copying: Copying;
};
