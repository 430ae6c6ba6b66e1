/** What one examination of a feed came to: "fine"; "advice", which costs traffic or comfort; "problem", which loses readers. */
export type Result = {
  readonly check: string;
  readonly level: "fine" | "advice" | "problem";
  /** One sentence with a full stop. */
  readonly message: string;
  /** What to do, a sentence. */
  readonly hint?: string;
};

/** What was found out about one feed. */
export type Diagnosis = {
  readonly url: string;
  /** "ill": at least one problem. */
  readonly verdict: "healthy" | "ill";
  readonly results: readonly Result[];
  readonly requests: number;
};
