import { spawnSync } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout } from "node:timers/promises";
import { bundleIn, hasStack } from "./assembly.ts";
import { aws, isNotThere } from "./aws-cli.ts";
import { deployed, type Outputs, stack } from "./deployed.ts";
import { planOf } from "./plan.ts";
import { type Review, review } from "./review.ts";
import { type Served, smokeTest } from "./smoke-test.ts";

// `npm run deploy [-- --yes] [-- options of cdk deploy]`: first shows what the new bundle would do to the live feeds, without
// changing them; then runs `cdk deploy`; finally checks that readers are served, and examines a feed as they meet it. It asks for a yes if the plan holds something or
// more than a tenth of the feeds would change. With `--app cdk.out` it deploys an earlier synthesis, and loads no package: the
// workflow installs nothing in the job that has an identity.

const root = join(import.meta.dirname, "..", "..");
const given = process.argv.slice(2);
const options = given.filter((word) => word !== "--yes");
/** An earlier synthesis. */
const made = given.includes("--app") ? given[given.indexOf("--app") + 1] : undefined;
const assembly = resolve(root, made ?? "cdk.out");

/** The bytes that will be uploaded. */
async function newBundle(): Promise<string> {
  if (made !== undefined) return bundleIn(assembly, stack.name);
  const { bundle } = await import("../bundle/bundling.ts");
  return bundle(join(root, ".wireroom", "bundle"));
}

/** What exactly the bundle to upload would do to the live stores. If it cannot say, a person decides. */
async function lookedAt({ ContentBucketName, FeedsBucketName, StateBucketName }: Outputs): Promise<Pick<Review, "lines" | "question">> {
  const file = await newBundle();
  const stores = { content: `s3://${ContentBucketName}`, to: `s3://${FeedsBucketName}`, state: `s3://${StateBucketName}` };
  try {
    return review(await planOf(file, stores, stack.region));
  } catch (error) {
    return { lines: [(error as Error).message], question: "It is unknown what the new program would do to the feeds. Deploy?" };
  }
}

async function said(question: string): Promise<boolean> {
  if (given.includes("--yes")) return true;
  if (!process.stdin.isTTY) {
    process.stderr.write(`${question} No terminal is attached to answer. Nothing was deployed: read the plan, and run again with --yes.\n`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} (yes/no) `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function cdkDeploy(name: string, ...more: readonly string[]): number {
  return spawnSync("cdk", ["deploy", name, ...options, ...more], { cwd: root, stdio: "inherit" }).status ?? 1;
}

/** The alarms on the edge, if the stack is in another region: the distribution to watch exists by now. */
function deployEdge({ DistributionId = "" }: Outputs): number {
  const edge = `${stack.name}-Edge`;
  if (!hasStack(assembly, edge)) return 0;
  return cdkDeploy(edge, ...(made === undefined ? ["--app", "cdk.out"] : []), "--parameters", `DistributionId=${DistributionId}`);
}

function served({ FeedsUrl = "", FeedsBucketName = "" }: Outputs): Promise<Served> {
  return smokeTest(FeedsUrl, {
    stored: (key) =>
      aws("s3", "cp", `s3://${FeedsBucketName}/${key}`, "-").catch((error: unknown) => {
        if (isNotThere(error)) return undefined;
        throw new Error(
          `The stack is deployed, but ${key} of the feeds bucket cannot be read, so it is unknown whether readers are served.`,
          {
            cause: error,
          },
        );
      }),
    wait: () => setTimeout(30_000),
  });
}

/**
 * The feed as readers meet it: `wireroom doctor`. Its packages are not there with an earlier synthesis; then the workflow is told the
 * feed, and examines it in a job that has them and no identity.
 */
function examined(feed: string): number {
  if (made === undefined)
    return spawnSync(process.execPath, [join(root, "lambda", "cli.ts"), "doctor", feed], { stdio: "inherit" }).status ?? 1;
  // biome-ignore lint/style/noProcessEnv: GitHub names the file of a step's outputs in this variable alone.
  const outputs = process.env["GITHUB_OUTPUT"];
  if (outputs !== undefined) appendFileSync(outputs, `feed=${feed}\n`);
  return 0;
}

async function deploy(): Promise<number> {
  const before = await deployed();
  if (before === undefined) process.stderr.write("There is no stack yet, so no published feed can change.\n");
  else {
    const { lines, question } = await lookedAt(before);
    process.stderr.write(`${lines.join("\n")}\n`);
    if (question !== undefined && !(await said(question))) return 1;
  }
  // An older synthesis says nothing about the one that cdk makes now.
  if (made === undefined) rmSync(join(assembly, "manifest.json"), { force: true });
  const code = cdkDeploy(stack.name);
  if (code !== 0) return code;
  const outputs = await deployed();
  if (outputs === undefined) return 0;
  const edge = deployEdge(outputs);
  const { said: sentence, feed } = await served(outputs);
  process.stderr.write(`${sentence}\n`);
  return (feed === undefined ? 0 : examined(feed)) || edge;
}

try {
  process.exitCode = await deploy();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
