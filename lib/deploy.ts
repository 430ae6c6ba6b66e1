import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { bundle } from "./bundling.ts";
import { deployed, type Outputs } from "./deployed.ts";
import { planOf } from "./plan.ts";
import { type Review, review } from "./review.ts";

// `npm run deploy [-- --yes] [-- options of cdk deploy]`: first what the new bundle would do to the live feeds, read and not touched; then,
// if nobody minds, `cdk deploy`. What the plan says against it, or a tenth of the feeds changed, needs a yes.

const root = join(import.meta.dirname, "..");
const given = process.argv.slice(2);
const options = given.filter((word) => word !== "--yes");

/** What the bundle that would be uploaded, the same bytes, would do over the live stores. Where it cannot say, somebody else has to. */
async function lookedAt({ ContentBucketName, FeedsBucketName, StateBucketName }: Outputs): Promise<Pick<Review, "lines" | "question">> {
  const file = bundle(join(root, ".wireroom", "bundle"));
  const stores = { content: `s3://${ContentBucketName}`, to: `s3://${FeedsBucketName}`, state: `s3://${StateBucketName}` };
  try {
    return review(await planOf(file, stores));
  } catch (error) {
    return { lines: [(error as Error).message], question: "Nobody knows what it would do to the feeds. Deploy?" };
  }
}

async function said(question: string): Promise<boolean> {
  if (given.includes("--yes")) return true;
  if (!process.stdin.isTTY) {
    process.stderr.write(`${question} Nobody is here to say so. Nothing was deployed: look at the plan, and add --yes.\n`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} (yes/no) `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function deploy(): Promise<number> {
  const outputs = await deployed();
  if (outputs === undefined) process.stderr.write("There is no stack yet: nothing that readers have can change.\n");
  else {
    const { lines, question } = await lookedAt(outputs);
    process.stderr.write(`${lines.join("\n")}\n`);
    if (question !== undefined && !(await said(question))) return 1;
  }
  return spawnSync("cdk", ["deploy", ...options], { cwd: root, stdio: "inherit" }).status ?? 1;
}

try {
  process.exitCode = await deploy();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
