import type { Instant } from "../../articles/model/article.ts";
import type { Ledger } from "../../channels/catalog/ledger/ledger.ts";
import type { Key } from "../../stores/store.ts";
import type { DesiredFile, Rendered } from "../manifest/file.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Target } from "../manifest/target.ts";
import type { Copying } from "./copies.ts";
import type { GuardInput } from "./guard.ts";

/** A channel as a run would publish it. */
export type Candidate = {
  readonly path: string;
  readonly title: string;
  readonly entries: number;
  readonly members: readonly string[];
  /** Where `members` is a window: the articles that may be in it, but need not. One that left the window is not lost. */
  readonly passedBy?: ReadonlySet<string>;
  readonly mark: string;
  /** Its documents, as the ledger records them. */
  readonly promised: Ledger["feeds"];
  /** For each entry in the window: its `updated`, and a hash of what readers see. */
  readonly shown: Readonly<Record<string, string>>;
  readonly files: readonly DesiredFile[];
};

/** Everything that a plan is made from. */
export type PlanInput = GuardInput & {
  readonly now: Instant;
  readonly candidates: readonly Candidate[];
  /** The files without a channel: the site's index, its OPML, the articles' pages. */
  readonly siteFiles: readonly DesiredFile[];
  /** The rendered files, by key. */
  readonly rendered: ReadonlyMap<Key, Rendered>;
  readonly manifest: Manifest;
  readonly target: Target;
  /** The members of each channel according to the live feeds, if the manifest has none. */
  readonly baseline: ReadonlyMap<string, readonly string[]>;
  readonly ledger: Ledger;
  /** The digests of articles to keep in state, and of those that no document shows any more. */
  readonly keptBodies: readonly string[];
  readonly dropBodies: readonly string[];
  /** The released holds, each as `name@hash`. */
  readonly allow: readonly string[];
  readonly copying: Copying;
};
