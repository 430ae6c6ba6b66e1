/** The pages of which every command is run, or says why not. CONTRIBUTING.md is for the clone that the tests themselves run in. */
export const runPages = [
  "README.md",
  "content/README.md",
  "docs/articles-from-git.md",
  "docs/cdk.md",
  "docs/coming-from.md",
  "docs/command.md",
  "docs/doctor.md",
  "docs/feeds.md",
  "docs/first-newsroom.md",
  "docs/import.md",
  "docs/operations.md",
  "docs/partners/README.md",
  "docs/partners/access.md",
  "docs/proof.md",
  "docs/runbook.md",
  "docs/site-yaml.md",
] as const;

/** Where commands are run. A tree is a folder of tests/docs/trees/. */
export const places = ["in a clone", "in a clone with NAME", "in a new folder", "in a new folder with NAME"] as const;

/** Why commands are not run, and how many at most. */
export const reasons: Readonly<Record<string, number>> = {
  "needs an AWS account": 79,
  "needs npm's registry": 4,
  "needs GitHub": 3,
  "needs the web": 2,
  "needs a hash of your own": 4,
  "runs the tests themselves": 1,
};
