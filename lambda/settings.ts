import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import type { Instant } from "./articles/model/article.ts";
import { omitUndefined } from "./articles/model/json-value.ts";
import type { Site } from "./channels/site/site.ts";
import { leadingInside, type Reach, reachOf } from "./clients/inner-address.ts";
import { Fault } from "./fault.ts";
import type { Writer } from "./run/process/lease.ts";
import { processesHere } from "./run/process/processes.ts";
import { siteFrom } from "./run/read/site-source.ts";
import { openStore } from "./stores/open/open.ts";
import { openTable } from "./stores/open/open-table.ts";
import type { Store, Table } from "./stores/store.ts";

/** What the command line says; each flag has an environment variable of its name, which the function uses (`WIREROOM_SITE_URL`). */
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
  /** When it began by the clock, whatever `--now` says. */
  readonly began: Instant;
  /** `--now` is later than the clock. */
  readonly ahead?: true;
  /** How state remembers content and target: a folder by its way from the state folder, so that all three may move together. */
  readonly places: { readonly content: string; readonly target: string };
  /** The content is a folder: what somebody says of an article can be written into its file. */
  readonly editable: boolean;
  /** Names this run in the lease; and its process, by which others of this machine see whether it lives. */
  readonly holder: string;
  readonly processes?: Exclude<Writer["processes"], undefined>;
  /** Milliseconds that the run still has; absent where nobody stops it. */
  readonly left?: () => number;
  readonly cloud: Cloud;
};

/** What of AWS a run uses beside its stores, where there is any; `endpoints`: other servers than AWS's own, as the SDK has them named. */
export type Cloud = {
  /** The id of the CloudFront distribution before the target: `WIREROOM_DISTRIBUTION`. */
  readonly distribution?: string;
  /** The URL of the queue that calls the function: `WIREROOM_QUEUE`. */
  readonly queue?: string;
  /** The ARN of the topic that tells people: `WIREROOM_TOPIC`. */
  readonly topic?: string;
  /** The name of the site in metrics, by which the alarms know them: `WIREROOM_METRICS_SITE`. */
  readonly site?: string;
  /** The one-off schedule that calls the function at the next moment: its ARN, `WIREROOM_MOMENT`, and the role that it takes, `WIREROOM_MOMENT_ROLE`. */
  readonly moment?: { readonly schedule: string; readonly role: string };
  /** Where hubs may be. */
  readonly reach?: Reach;
  readonly endpoints: { readonly cloudfront?: string; readonly sqs?: string; readonly sns?: string; readonly scheduler?: string };
};

/** Where the program's own code is: this file's folder, or that of a bundle. */
export const ownCode = import.meta.dirname;

const defaults = { content: "content", to: ".wireroom/site" } as const;

/** How many older contents of each state value a folder keeps; and of each published file, which lie in the state, since nobody is to be served them. */
const history = { state: 10, target: 3 } as const;
const targetHistory = ".target";

/**
 * Flags, environment, site.yaml -> what a run needs. The clock is read here, once; `left` tells how long the run may still take.
 * @throws Fault (usage) that says which setting is wrong and what would be right.
 */
export async function settingsOf(flags: Flags, clock: () => Date, left?: () => number): Promise<Settings> {
  const set = { ...fromEnvironment(process.env), ...filled<Flags>(flags as Required<Flags>) };
  const [contentAddress, targetAddress] = [set.content ?? defaults.content, set.to ?? defaults.to];
  const stateAddress = set.state ?? besideTarget(targetAddress);
  apart({ content: contentAddress, to: targetAddress, state: stateAddress });
  if (!isS3(contentAddress)) await mustBeFolder(contentAddress);
  const time = left === undefined ? {} : { left };
  const content = openStore(contentAddress, time);
  const [site, cloud] = [await siteFrom(set, content), cloudOf(process.env)];
  const inside = leadingInside({ ...omitUndefined({ hub: site.hub }), moved: site.moves.moved }, cloud.reach ?? "anywhere");
  if (inside !== undefined) throw new Fault(inside, { kind: "usage" });
  return {
    site,
    content,
    target: openStore(targetAddress, {
      ...time,
      ...(isS3(stateAddress) ? {} : { keep: history.target, past: resolve(stateAddress, targetHistory) }),
    }),
    state: openStore(stateAddress, { keep: history.state, ...time }),
    ...time,
    ...edgeOf(process.env["WIREROOM_EDGE_TABLE"]),
    ...momentOf(set.now, clock),
    began: clock().toISOString(),
    places: { content: placeFrom(stateAddress, contentAddress), target: placeFrom(stateAddress, targetAddress) },
    editable: !isS3(contentAddress),
    holder: randomUUID(),
    // Whose time is measured runs in Lambda, where two machines may come from one snapshot, and be taken for one.
    ...(left === undefined ? processesHere() : {}),
    cloud,
  };
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

/** Without what is not set, or set to nothing. */
function filled<T extends object>(named: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined && value !== "")) as T;
}

function besideTarget(target: string): string {
  if (isS3(target))
    throw new Fault(`State of an S3 target must be given: add --state s3://bucket/prefix (never a place that is served).`, {
      kind: "usage",
    });
  return `${target.replace(/[/\\]+$/, "")}.state`;
}

/** Content, target and state may not lie in one another: state would be served, or feeds read as articles. */
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
      throw new Fault(`--${inner} ${places[inner]} lies in --${outer} ${places[outer]}. Give each a place of its own.`, { kind: "usage" });
    }
  }
}

/** A dot folder within is apart: no article is looked for there. */
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

/** A content folder that is not there would look like one from which every article is gone. */
async function mustBeFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new Fault(`--content ${path}: there is no such folder.`, { kind: "usage" });
  if (!found.isDirectory()) throw new Fault(`--content ${path} is a file; name the folder that holds the articles.`, { kind: "usage" });
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
