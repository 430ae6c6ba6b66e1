/** Something of the source that was not taken over. */
export type NotTaken = {
  /** Where it is in the source: "item 12 of …", "post 345". */
  readonly where: string;
  /** A sentence. Equal reasons are counted together. */
  readonly reason: string;
  /** Readers of the old feed had it, or may have had it. */
  readonly grave?: true;
};

/** An entry that readers have and would see again as a new one, or no longer see. */
export type Reappearing = {
  readonly where: string;
  readonly title: string;
  /** The id in the old feed, and in the new one. */
  readonly was: string;
  readonly is?: string;
  readonly reason: string;
};

/** What `wireroom import` did. */
export type ImportReport = {
  readonly command: "import";
  readonly source: string;
  readonly kind: "feed" | "wordpress" | "ghost";
  readonly content: string;
  readonly title: string;
  readonly articles: { readonly published: number; readonly scheduled: number; readonly drafts: number; readonly pages: number };
  /** The number of files written, without media. */
  readonly files: number;
  readonly media: number;
  /** How many entries readers have; those that reappear under another id, and those that the new feeds do not have. */
  readonly entries: number;
  readonly reappear: readonly Reappearing[];
  readonly absent: readonly Reappearing[];
  /** Entries that stay, with another date of publication. */
  readonly redated: readonly Reappearing[];
  readonly notTaken: readonly NotTaken[];
  /** Addresses of old feeds that this site cannot redirect, each with where it should lead. */
  readonly elsewhere: readonly { readonly from: string; readonly to: string }[];
};
