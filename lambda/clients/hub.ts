/** How long a hub may take, milliseconds; and all pings of a run together, since a run has other things to do. */
const patience = 5_000;
const patienceForAll = 30_000;
const mostRedirects = 3;

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
      await ping(new URL(hub), topic, patient);
    } catch (error) {
      if (!(error instanceof Error) || error.name === "Refused") throw error;
      const why = `${new URL(hub).host} ${error.name === "TimeoutError" ? "did not answer in time." : `cannot be reached (${causeOf(error)}).`}`;
      silent.set(hub, why);
      throw new Error(why, { cause: error });
    }
  };
}

async function ping(hub: URL, topic: string, wait: number, redirects = 0): Promise<void> {
  if (!isSafe(hub)) throw refused(`${hub.href} is not https: a ping could be read and changed on its way. Nothing was sent.`);
  const answer = await fetch(hub, {
    method: "POST",
    body: new URLSearchParams({ "hub.mode": "publish", "hub.url": topic }),
    headers: { "user-agent": "Wireroom" },
    // By hand: a hub that leads elsewhere would have us send whatever it likes to whomever it likes.
    redirect: "manual",
    signal: AbortSignal.timeout(wait),
  });
  const said = await answer.text();
  if (answer.ok) return;
  const to = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
  if (to === null) throw refused(`${hub.host} answered ${answer.status}${said.trim() === "" ? "" : `: ${said.trim().slice(0, 200)}`}.`);
  const next = new URL(to, hub);
  if (next.host !== hub.host) throw refused(`${hub.host} leads to another host (${next.href}). If that is the hub, name it in site.yaml.`);
  if (redirects === mostRedirects) throw refused(`${hub.host} leads on and on.`);
  await ping(next, topic, wait, redirects + 1);
}

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

function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
