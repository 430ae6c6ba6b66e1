/** What init would write, and what it found: absent for an empty folder. `files`: texts by key. */
export type InitPlan = {
  readonly content: string;
  readonly files: Readonly<Record<string, string>>;
  readonly found?: { readonly generator: string; readonly survey: Survey };
};

/** What a look at the articles showed; counts but `files` are of the articles that were read. */
export type Survey = {
  /** The files that the globs take. */
  readonly files: number;
  readonly read: number;
  /** Without a date of their own or in their path. */
  readonly undated: number;
  /** Where those are: each folder with their number, the largest first. */
  readonly undatedFolders: readonly (readonly [folder: string, count: number])[];
  /** With a problem, so that they would stay out. */
  readonly quarantined: number;
  /** BCP 47, the most frequent first. */
  readonly languages: readonly string[];
  readonly sections: readonly string[];
  readonly tags: number;
};

/** What a newsroom in AWS still needs. */
export type AwsPlan = {
  /** Texts by path from the top of the project. */
  readonly files: Readonly<Record<string, string>>;
  /** Paths that exist, and are left as they are. */
  readonly left: readonly string[];
  /** To be installed: "aws-cdk-lib@2.276.0". */
  readonly packages: readonly string[];
};
