import { type LookupAddress, type LookupAllOptions, lookup } from "node:dns";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as safeRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { printable } from "../fault.ts";
import { isHostOutOfReach, isOutOfReach, type Reach } from "./inner-address.ts";

/** How long a hub may take, milliseconds; and all pings of a run together, since a run has other things to do. */
const patience = 5_000;
const patienceForAll = 30_000;
const mostRedirects = 3;
/** Bytes of an answer that are read: a hub says yes or no, and why in a sentence. */
const mostOfAnswer = 10_000;

/** Tells a hub that a feed is new; throws an Error that says what came instead of a yes. */
export type Hub = (hub: string, topic: string) => Promise<void>;

/**
 * Pings as publishers send them (WebSub leaves it to hubs; all take `hub.mode=publish` with `hub.url`, from PubSubHubbub 0.4). A hub that
 * does not answer is asked once in a run: a thousand feeds do not wait for it a thousand times.
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
  // From the first ping on: what comes before it in a run may take long.
  let end: number | undefined;
  const silent = new Map<string, string>();
  return async (hub, topic) => {
    const known = silent.get(hub);
    if (known !== undefined) throw new Error(`${known} It was not asked again in this run.`);
    end ??= clock() + Math.min(options.patienceForAll ?? patienceForAll, left() - patient);
    if (clock() >= end) throw new Error("This run had no time left for it.");
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
  if (!isSafe(hub)) throw refused(`${hub.href} is not https: a ping could be read and changed on its way. Nothing was sent.`);
  if (isHostOutOfReach(hub.hostname, manner.reach)) throw inside(hub.host);
  const { status, location, said } = await post(hub, new URLSearchParams({ "hub.mode": "publish", "hub.url": topic }).toString(), manner);
  if (status >= 200 && status < 300) return;
  if (status < 300 || status >= 400 || location === undefined)
    throw refused(`${hub.host} answered ${status}${said === "" ? "" : `: ${said}`}.`);
  const next = URL.parse(location, hub.href);
  if (next === null) throw refused(`${hub.host} leads to what is no address: ${printable(location.slice(0, 200))}.`);
  if (manner.reach !== "anywhere")
    throw refused(`${hub.host} leads on to ${next.href.slice(0, 200)}, which is not followed. If that is the hub, name it in site.yaml.`);
  if (next.host !== hub.host) throw refused(`${hub.host} leads to another host (${next.href}). If that is the hub, name it in site.yaml.`);
  if (manner.redirects === mostRedirects) throw refused(`${hub.host} leads on and on.`);
  await ping(next, topic, { ...manner, redirects: manner.redirects + 1 });
}

type Answered = { readonly status: number; readonly location: string | undefined; readonly said: string };

/** Sends a form, to an address within reach alone. Redirects are not followed here: a hub that leads elsewhere would have us send whatever it likes to whomever it likes. */
async function post(hub: URL, body: string, { wait, reach }: Manner): Promise<Answered> {
  const signal = AbortSignal.timeout(wait);
  const headers = {
    "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
    "content-length": Buffer.byteLength(body),
    "user-agent": "Wireroom",
  };
  const send = hub.protocol === "https:" ? safeRequest : plainRequest;
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

/** What a hub says, as one line; of one that goes on and on, the beginning. */
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

/** The name's addresses, asked for once, at the moment of connecting: what was resolved before could be another one by then (DNS rebinding). */
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

const inside = (host: string): Error =>
  refused(`${host} is on this machine or in a network of its own, where no hub is. Nothing was sent.`);

/** A hub on this machine needs no https. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

/** The hub is there, and will not. */
function refused(message: string): Error {
  const error = new Error(message);
  error.name = "Refused";
  return error;
}

/** Of a name with several addresses, what the first of them said: Node's own message is then empty. */
function causeOf(error: Error): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}
