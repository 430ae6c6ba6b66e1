import { type LookupAddress, type LookupAllOptions, lookup } from "node:dns";
import type { IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import { printable } from "../fault.ts";
import { isHostOutOfReach, isOutOfReach, type Reach } from "./inner-address.ts";

/** How long one hub may take, and all pings of a run together, in milliseconds: a run has other work. */
const patience = 5_000;
const patienceForAll = 30_000;
const mostRedirects = 3;
/** Bytes of an answer that are read: a hub says yes or no, with a reason in one sentence. */
const mostOfAnswer = 10_000;

/** Tells a hub that a feed is new; throws an Error with the hub's answer unless it is a yes. */
export type Hub = (hub: string, topic: string) => Promise<void>;

/**
 * Pings hubs as publishers usually do (WebSub leaves the form to hubs; all accept `hub.mode=publish` with `hub.url`, from
 * PubSubHubbub 0.4). A hub that does not answer is tried only once in a run, so that a thousand feeds do not wait for it a
 * thousand times.
 */
export function hubClient(
  options: {
    readonly patience?: number;
    readonly patienceForAll?: number;
    readonly clock?: () => number;
    /** Milliseconds that the run still has. */
    readonly left?: () => number;
    /** Default: anywhere. */
    readonly reach?: Reach;
  } = {},
): Hub {
  const { clock = () => performance.now(), left = () => Number.POSITIVE_INFINITY } = options;
  const patient = options.patience ?? patience;
  // Counted from the first ping on, because earlier parts of a run may take long.
  let end: number | undefined;
  const silent = new Map<string, string>();
  return async (hub, topic) => {
    const known = silent.get(hub);
    if (known !== undefined) throw new Error(`${known} It was not tried again in this run.`);
    end ??= clock() + Math.min(options.patienceForAll ?? patienceForAll, left() - patient);
    if (clock() >= end) throw new Error("This run had no time left to ping it.");
    try {
      await ping(new URL(hub), topic, { wait: patient, reach: options.reach ?? "anywhere", redirects: 0 });
    } catch (error) {
      if (!(error instanceof Error) || error.name === "Refused") throw error;
      const why = `${new URL(hub).host} ${error.name === "TimeoutError" ? "did not answer in time." : `cannot be reached (${printable(causeOf(error))}).`}`;
      silent.set(hub, why);
      throw new Error(why, { cause: error });
    }
  };
}

type Manner = { readonly wait: number; readonly reach: Reach; readonly redirects: number };

async function ping(hub: URL, topic: string, manner: Manner): Promise<void> {
  if (!isSafe(hub)) throw refused(`${hub.href} is not https, so others could read and change a ping on its way. Nothing was sent.`);
  if (isHostOutOfReach(hub.hostname, manner.reach)) throw inside(hub.host);
  const { status, location, said } = await post(hub, new URLSearchParams({ "hub.mode": "publish", "hub.url": topic }).toString(), manner);
  if (status >= 200 && status < 300) return;
  if (status < 300 || status >= 400 || location === undefined)
    throw refused(`${hub.host} answered ${status}${said === "" ? "" : `: ${said}`}.`);
  const next = URL.parse(location, hub.href);
  if (next === null) throw refused(`${hub.host} redirects to an invalid address: ${printable(location.slice(0, 200))}.`);
  if (manner.reach !== "anywhere")
    throw refused(
      `${hub.host} redirects to ${next.href.slice(0, 200)}, which is not followed. If that is the hub, write its address in site.yaml.`,
    );
  if (next.host !== hub.host)
    throw refused(`${hub.host} redirects to another host (${next.href}). If that is the hub, write its address in site.yaml.`);
  if (manner.redirects === mostRedirects) throw refused(`${hub.host} redirects too often.`);
  await ping(next, topic, { ...manner, redirects: manner.redirects + 1 });
}

type Answered = { readonly status: number; readonly location: string | undefined; readonly said: string };

/**
 * Posts a form, only to an address within reach. Redirects are not followed here: a hub could otherwise make us send anything to
 * anybody.
 */
async function post(hub: URL, body: string, { wait, reach }: Manner): Promise<Answered> {
  // Loaded when there is something to tell: they take as long to load as all of a small run's own code.
  const { request: send } = await (hub.protocol === "https:" ? import("node:https") : import("node:http"));
  const signal = AbortSignal.timeout(wait);
  const headers = {
    "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
    "content-length": Buffer.byteLength(body),
    "user-agent": "Wireroom",
  };
  try {
    const answer = await new Promise<IncomingMessage>((answered, failed) => {
      send(hub, { method: "POST", headers, signal, lookup: within(reach), agent: false }, answered)
        .once("error", failed)
        .end(body);
    });
    return { status: answer.statusCode ?? 0, location: answer.headers.location, said: await beginningOf(answer) };
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

/** The answer of a hub as one line; only the beginning of a long one. */
async function beginningOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length >= mostOfAnswer) break;
  }
  return printable(Buffer.concat(parts).toString("utf8").trim().slice(0, 200));
}

type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Resolves the name once, at the moment of connecting: an address resolved earlier could have changed by then (DNS rebinding). */
export function within(reach: Reach, resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, callback) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) return callback(error ?? new Error(`${hostname} has no address`), "");
      if (addresses.some(({ address }) => isOutOfReach(address, reach))) return callback(inside(hostname), "");
      if (options.all === true) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
}

const inside = (host: string): Error => refused(`${host} is this machine or in a private network, where no hub may be. Nothing was sent.`);

/** A hub on this machine needs no https. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

/** The hub exists, but refuses. */
function refused(message: string): Error {
  const error = new Error(message);
  error.name = "Refused";
  return error;
}

/** For a name with several addresses, the error of the first one: Node's own message is empty then. */
function causeOf(error: Error): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}
