import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { createInterface } from "node:readline/promises";
import { omitUndefined } from "../articles/model/json-value.ts";
import { parseSite, siteText } from "../channels/site/site-file.ts";
import { Fault } from "../fault.ts";
import { planAws, writeAws } from "../operator/init/aws/aws.ts";
import { init, placeOfInit, planInit } from "../operator/init/init.ts";
import { siteFolderIn } from "../operator/init/site-folder.ts";
import { exitCodes } from "../reports/report.ts";
import { contentOf } from "../settings.ts";
import { openStore } from "../stores/open/open.ts";
import { awsLines, foundLines, howToDeploy, howToStart, withinLines } from "../terminal/init.ts";
import type { Line } from "../terminal/screen/screen.ts";
import { type Output, say } from "./output.ts";

/** `wireroom init`: shows what it would write beside articles that exist, and asks. Returns the exit code. */
export async function beginNewsroom(
  flags: Output & { readonly content?: string; readonly siteUrl?: string; readonly language?: string; readonly yes?: boolean },
): Promise<number> {
  const { siteUrl: url, language, yes } = flags;
  const around = flags.content ?? (await placeOfInit());
  const within = await siteFolderIn(openStore(around));
  const place = within === undefined ? around : placeWithin(around, within.folder);
  const content = openStore(place);
  const plan = await planInit(
    { name: nameOf(resolve(place)), now: new Date().toISOString(), ...omitUndefined({ url, language }) },
    content,
  );
  if (flags.json !== true) await say(plan, [...withinLines(within), ...foundLines(plan)], flags);
  const done = (written: boolean, lines: readonly string[]) => say({ command: "init", ...plan, written }, lines, flags);
  if (plan.found !== undefined && yes !== true && (flags.json === true || !(await agreed("Write this site.yaml?")))) {
    await done(false, ["Nothing was written. Run again with --yes to write it."]);
    return exitCodes.problems;
  }
  await init(plan, content);
  await done(true, howToStart(plan, place));
  return exitCodes.fine;
}

/** `wireroom init --aws`: adds a CDK app and a workflow beside a newsroom that exists. Returns the exit code. */
export async function addAwsApp({ yes, ...flags }: Output & { readonly content?: string; readonly yes?: boolean }): Promise<number> {
  const content = await contentOf(flags);
  const isBucket = content.startsWith("s3://");
  const project = openStore(".");
  const written = await openStore(content).read("site.yaml");
  if (written === undefined)
    throw new Fault(`${content} has no site.yaml. Run wireroom init first. Nothing was changed.`, { kind: "usage" });
  const site = parseSite(siteText(written.bytes, "site.yaml"), "site.yaml");
  const plan = await planAws({ content: isBucket ? content : relative("", content).split(sep).join("/") || ".", site }, project);
  if (flags.json !== true) await say(plan, awsLines(plan), flags);
  const done = (written: boolean, lines: readonly Line[]) => say({ command: "init", ...plan, written }, lines, flags);
  if (Object.keys(plan.files).length > 0 && yes !== true && (flags.json === true || !(await agreed("Write these files?")))) {
    await done(false, ["Nothing was written. Run again with --yes to write them."]);
    return exitCodes.problems;
  }
  await done(true, howToDeploy(await writeAws(plan, project)));
  return exitCodes.fine;
}

const placeWithin = (place: string, folder: string): string =>
  place.startsWith("s3://") ? `${place.replace(/\/+$/, "")}/${folder}` : join(place, folder);

/** The folder of a site has its name; the folder of its articles has none of its own. */
function nameOf(path: string): string {
  const name = basename(path);
  return /^(?:content|source|src|articles|posts|blog|docs|website)$/i.test(name) ? basename(dirname(path)) : name;
}

/** Asks where a person can answer; false where nobody can. */
async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question(`${question} [y/N] `);
  asking.close();
  return /^y(?:es)?$/i.test(answer.trim());
}
