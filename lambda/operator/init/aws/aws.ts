import { feedFiles, type Site } from "../../../channels/site/site.ts";
import { Fault } from "../../../fault.ts";
import type { AwsPlan } from "../../../reports/started.ts";
import type { Store } from "../../../stores/store.ts";
import { workflowOf } from "./workflow.ts";

/** The packages that a CDK app needs, at the versions that the construct is tested with. */
export const cdkPackages: readonly string[] = ["aws-cdk@2.1148.0", "aws-cdk-lib@2.276.0", "constructs@10.8.1"];

/** The longest part of a host in the name of a stack: the newsroom's name, which is made from it, has 40 letters. */
const longest = 30;

/**
 * What a newsroom needs to be in AWS: a CDK app, and a workflow that deploys it and puts its articles into the bucket. Changes nothing.
 * `content`: the path of the articles from the top of the project.
 * @throws Fault (usage) if the articles are not in the project.
 */
export async function planAws({ content, site }: { readonly content: string; readonly site: Site }, project: Store): Promise<AwsPlan> {
  if (content.startsWith("..") || /^(?:\/|[a-z]\w*:)/i.test(content)) throw outside(content);
  const files = Object.entries(filesOf(content, site));
  const there = await Promise.all(files.map(async ([key]) => (await project.read(key)) !== undefined));
  return {
    files: Object.fromEntries(files.filter((_, index) => there[index] === false)),
    left: files.map(([key]) => key).filter((_, index) => there[index] === true),
    packages: cdkPackages,
  };
}

/** Writes what was planned; never over a file that came meanwhile. Returns the plan as it was carried out. */
export async function writeAws(plan: AwsPlan, project: Store): Promise<AwsPlan> {
  const left = [...plan.left];
  for (const [key, text] of Object.entries(plan.files)) {
    const written = await project.write(key, Buffer.from(text, "utf8"), {}, { ifAbsent: true });
    if (written.kind === "refused") left.push(key);
  }
  return { ...plan, files: Object.fromEntries(Object.entries(plan.files).filter(([key]) => !left.includes(key))), left };
}

function filesOf(content: string, site: Site): Readonly<Record<string, string>> {
  const stack = stackNameFor(site.url);
  const feed = feedOf(site);
  return {
    "app.mts": appOf(stack, new URL(site.url).hostname),
    "cdk.json": `${JSON.stringify({ app: "node app.mts", output: ".wireroom/cdk.out", versionReporting: false }, undefined, 2)}\n`,
    ".gitignore": "node_modules/\n.wireroom/\n",
    ".github/workflows/wireroom.yml": workflowOf({ stack, newsroom, content, ...(feed === undefined ? {} : { feed }) }),
  };
}

/** The construct's id, with which the stack's outputs begin. */
const newsroom = "Newsroom";

const appOf = (stack: string, host: string): string => `// The newsroom in AWS. docs/cdk.md of Wireroom has every setting.
import { App, Stack } from "aws-cdk-lib";
import { Wireroom } from "wireroom/cdk";

const app = new App();
const stack = new Stack(app, "${stack}", { terminationProtection: true });
new Wireroom(stack, "${newsroom}", {
  // alarmEmail: "desk@${host}",
});
`;

/** A name that no other newsroom of the account has: that of the site's host. CloudFormation takes letters, digits and hyphens. */
function stackNameFor(url: string): string {
  const name = new URL(url).hostname.replace(/[^a-z0-9]+/gi, "-").replace(/^-+|-+$/g, "");
  return (/^[a-z]/i.test(name) ? name : `site-${name}`).slice(0, longest).replace(/-+$/, "");
}

/** The first feed that always exists. */
function feedOf({ channels }: Site): string | undefined {
  for (const channel of channels) {
    const [format] = channel.formats;
    if (channel.kind === "named" && format !== undefined) return `${channel.name}/${feedFiles[format]}`;
  }
  return undefined;
}

const outside = (content: string): Fault =>
  new Fault(
    `The workflow puts files of this repository into the bucket, but ${content} is not in this folder. Run init --aws at the top of the repository that holds the articles. Nothing was changed.`,
    { kind: "usage" },
  );
