import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { Instant } from "./articles/model/article.ts";
import { omitUndefined } from "./articles/model/json-value.ts";
import type { Site } from "./channels/site/site.ts";
import { leadingInside, type Reach, reachOf } from "./clients/inner-address.ts";
import { Fault } from "./fault.ts";
import type { Writer } from "./run/process/lease.ts";
import { processesHere } from "./run/process/processes.ts";
import { siteFrom } from "./run/read/site-source.ts";
import { nowhere } from "./stores/nowhere.ts";
import { openStore } from "./stores/open/open.ts";
import { openTable } from "./stores/open/open-table.ts";
import type { Store, Table } from "./stores/store.ts";

/** The flags of the command line. Each except `now` has an environment variable of the same name (`WIREROOM_SITE_URL`), which the function uses. */
export type Flags = {
  readonly content?: string;
  readonly to?: string;
  readonly state?: string;
  readonly site?: string;
  readonly siteUrl?: string;
  readonly language?: string;
  readonly now?: string;
};

export type Settings = {
  readonly site: Site;
  readonly content: Store;
  readonly target: Store;
  readonly state: Store;
  /** The table that the edge function reads: `WIREROOM_EDGE_TABLE`. */
  readonly edge?: Table;
  readonly now: Instant;
  /** When the run began by the real clock, whatever `--now` is. */
  readonly began: Instant;
  /** `--now` is in the future. */
  readonly ahead?: true;
  /** How state records content and target. A folder is relative to the state folder, so that all three can move together. */
  readonly places: { readonly content: string; readonly target: string };
  /** The content is a folder, so a withdrawal can be written into the article's file. */
  readonly editable: boolean;
  /** Names this run in the lease. `processes` lets other runs on this machine see whether its process still runs. */
  readonly holder: string;
  readonly processes?: Exclude<Writer["processes"], undefined>;
  /** How many milliseconds the run has left; absent if nothing stops it. */
  readonly left?: () => number;
  readonly cloud: Cloud;
};

/** The AWS services that a run uses besides its stores. `endpoints`: servers other than AWS's own, from the SDK's variables. */
export type Cloud = {
  /** The id of the CloudFront distribution in front of the target: `WIREROOM_DISTRIBUTION`. */
  readonly distribution?: string;
  /** The URL of the queue that calls the function: `WIREROOM_QUEUE`. */
  readonly queue?: string;
  /** The ARN of the SNS topic that alerts people: `WIREROOM_TOPIC`. */
  readonly topic?: string;
  /** The name of the site in metrics, which the alarms use: `WIREROOM_METRICS_SITE`. */
  readonly site?: string;
  /** The one-off schedule that calls the function at the next moment: its ARN in `WIREROOM_MOMENT`, its role in `WIREROOM_MOMENT_ROLE`. */
  readonly moment?: { readonly schedule: string; readonly role: string };
  /** The addresses at which hubs may be. */
  readonly reach?: Reach;
  readonly endpoints: { readonly cloudfront?: string; readonly sqs?: string; readonly sns?: string; readonly scheduler?: string };
};

/** The folder of the program's own code: that of this file, or of the bundle. */
export const ownCode = import.meta.dirname;

const defaults = { content: "content", to: ".wireroom/site", site: "site.yaml" } as const;

/** How many older versions a folder keeps of the head of state (a run writes up to four) and of each published file. The latter are in the state folder, which is never served. */
const history = { state: 40, target: 3 } as const;
const targetHistory = ".target";

/**
 * Turns flags, environment and site.yaml into what a run needs, and reads the clock. `left`: how many milliseconds the run has left.
 * @throws Fault (usage) that names the wrong setting and what would be right.
 */
export async function settingsOf(flags: Flags, clock: () => Date, left?: () => number): Promise<Settings> {
  const set = { ...fromEnvironment(process.env), ...filled<Flags>(flags as Required<Flags>) };
  const contentAddress = await contentOf(flags);
  const targetAddress = set.to ?? targetOf(contentAddress);
  const stateAddress = set.state ?? besideTarget(targetAddress);
  apart({ content: contentAddress, to: targetAddress, state: stateAddress });
  const time = left === undefined ? {} : { left };
  const run = { ...time, together: {} };
  return {
    ...(await withoutPlaces(set, contentAddress, clock, run)),
    target: openStore(targetAddress, {
      ...run,
      ...(isS3(stateAddress) ? {} : { keep: history.target, past: resolve(stateAddress, targetHistory) }),
    }),
    state: openStore(stateAddress, { keep: history.state, ...run }),
    ...time,
    ...edgeOf(process.env["WIREROOM_EDGE_TABLE"]),
    places: { content: placeFrom(stateAddress, contentAddress), target: placeFrom(stateAddress, targetAddress) },
    // A run with a time limit runs in Lambda. There, two machines from one snapshot would look like the same machine.
    ...(left === undefined ? processesHere() : {}),
  };
}

/**
 * For `check`, which needs neither target nor state: neither is opened, whatever the flags say of them, and nothing is known of earlier runs.
 * @throws Fault (usage) that names the wrong setting and what would be right.
 */
export async function settingsOfCheck(flags: Flags, clock: () => Date): Promise<Settings> {
  const set = { ...fromEnvironment(process.env), ...filled<Flags>(flags as Required<Flags>) };
  const content = await contentOf(flags);
  const target = set.to ?? targetOf(content);
  return {
    ...(await withoutPlaces(set, content, clock, {})),
    target: nowhere(target, !isS3(target)),
    state: nowhere("state", false),
    places: { content, target },
  };
}

/** What a run needs besides target and state. */
async function withoutPlaces(set: Flags, address: string, clock: () => Date, run: Pick<Settings, "left"> & { readonly together?: object }) {
  if (!isS3(address)) await mustBeFolder(address);
  const content = openStore(address, run);
  const [site, cloud] = [await siteFrom(set, content), cloudOf(process.env)];
  const inside = leadingInside({ ...omitUndefined({ hub: site.hub }), moved: site.moves.moved }, cloud.reach ?? "anywhere");
  if (inside !== undefined) throw new Fault(inside, { kind: "usage" });
  const moment = { ...momentOf(set.now, clock), began: clock().toISOString() };
  return { site, content, cloud, ...moment, editable: !isS3(address), holder: randomUUID() };
}

/** Where the articles are, as flags and environment say, or by default. */
export async function contentOf(flags: Pick<Flags, "content">): Promise<string> {
  return flags.content ?? (process.env["WIREROOM_CONTENT"] || (await contentHere()));
}

/** The folder content, as in the sample; or this folder, if it is the one with a site.yaml. */
async function contentHere(): Promise<string> {
  const has = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );
  return !(await has(join(defaults.content, defaults.site))) && (await has(defaults.site)) ? "." : defaults.content;
}

/** Each newsroom publishes into a folder of its own content by default, so that two never meet; the folder content, beside itself. */
function targetOf(content: string): string {
  return isS3(content) || resolve(content) === resolve(defaults.content) ? defaults.to : join(content, defaults.to);
}

function cloudOf(env: NodeJS.ProcessEnv): Cloud {
  const all = env["AWS_ENDPOINT_URL"];
  const [schedule = "", role = ""] = [env["WIREROOM_MOMENT"], env["WIREROOM_MOMENT_ROLE"]];
  return {
    ...(schedule === "" || role === "" ? {} : { moment: { schedule, role } }),
    ...filled({
      distribution: env["WIREROOM_DISTRIBUTION"],
      queue: env["WIREROOM_QUEUE"],
      topic: env["WIREROOM_TOPIC"],
      site: env["WIREROOM_METRICS_SITE"],
    }),
    reach: reachOf(env["AWS_LAMBDA_FUNCTION_NAME"] !== undefined, env["AWS_ENDPOINT_URL_S3"] ?? all),
    endpoints: filled({
      cloudfront: env["AWS_ENDPOINT_URL_CLOUDFRONT"] ?? all,
      sqs: env["AWS_ENDPOINT_URL_SQS"] ?? all,
      sns: env["AWS_ENDPOINT_URL_SNS"] ?? all,
      scheduler: env["AWS_ENDPOINT_URL_SCHEDULER"] ?? all,
    }),
  };
}

function edgeOf(address: string | undefined): Pick<Settings, "edge"> {
  return address === undefined || address === "" ? {} : { edge: openTable(address) };
}

function fromEnvironment(env: NodeJS.ProcessEnv): Flags {
  return filled<Flags>({
    content: env["WIREROOM_CONTENT"],
    to: env["WIREROOM_TO"],
    state: env["WIREROOM_STATE"],
    site: env["WIREROOM_SITE"],
    siteUrl: env["WIREROOM_SITE_URL"],
    language: env["WIREROOM_LANGUAGE"],
  });
}

/** Drops values that are undefined or empty. */
function filled<T extends object>(named: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined && value !== "")) as T;
}

function besideTarget(target: string): string {
  if (isS3(target))
    throw new Fault(`An S3 target needs a --state: add --state s3://bucket/prefix, in a place that is never served. Nothing was changed.`, {
      kind: "usage",
    });
  return `${target.replace(/[/\\]+$/, "")}.state`;
}

/** Rejects content, target and state that lie in one another: otherwise state would be served, or feeds read as articles. */
function apart(places: { readonly content: string; readonly to: string; readonly state: string }): void {
  const pairs = [
    ["state", "to"],
    ["to", "state"],
    ["content", "to"],
    ["content", "state"],
    ["to", "content"],
    ["state", "content"],
  ] as const;
  for (const [inner, outer] of pairs) {
    if (lies(places[inner], places[outer])) {
      throw new Fault(`--${inner} ${places[inner]} is inside --${outer} ${places[outer]}. Use separate places. Nothing was changed.`, {
        kind: "usage",
      });
    }
  }
}

/** A dot folder inside is allowed: Wireroom looks for no articles there. */
function lies(inner: string, outer: string): boolean {
  if (isS3(inner) !== isS3(outer)) return false;
  const slashed = (address: string) => (isS3(address) ? `${address.replace(/\/+$/, "")}/` : `${resolve(address)}${sep}`);
  const [within, around] = [slashed(inner), slashed(outer)];
  return within.startsWith(around) && !/(?:^|[/\\])\./.test(within.slice(around.length));
}

function placeFrom(state: string, address: string): string {
  if (isS3(address)) return address.replace(/\/+$/, "");
  return isS3(state) ? resolve(address) : relative(resolve(state), resolve(address));
}

function isS3(address: string): boolean {
  return address.startsWith("s3://");
}

/** A missing content folder would look like one that has lost every article. */
async function mustBeFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new Fault(`--content ${path} does not exist. Name the folder that holds the articles, or run wireroom init to start one.`, {
      kind: "usage",
    });
  if (!found.isDirectory()) throw new Fault(`--content ${path} is a file. Name the folder that holds the articles.`, { kind: "usage" });
}

function momentOf(written: string | undefined, clock: () => Date): Pick<Settings, "now" | "ahead"> {
  const now = nowOf(written, clock);
  return written !== undefined && now > clock().toISOString() ? { now, ahead: true } : { now };
}

function nowOf(written: string | undefined, clock: () => Date): Instant {
  if (written === undefined) return clock().toISOString();
  const time = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(time))
    throw new Fault(`--now is not a date: got "${written}". Write 2026-11-23 or 2026-11-23T09:00:00+05:00.`, { kind: "usage" });
  return new Date(time).toISOString();
}
