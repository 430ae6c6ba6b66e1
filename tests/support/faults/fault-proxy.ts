import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import type { AddressInfo } from "node:net";

/** A request on its way to the server. `name` is the same in every run: method, address, and its number among equal ones. */
export type Passing = {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  /** Its number since the last `begin`, from 1. */
  readonly number: number;
};

/** What happens to a request. "lost": it is done, but the answer is lost. "cut": the answer breaks off. "half": the listing lacks its second half. */
export type Verdict =
  | { readonly kind: "pass" | "reset" | "hang" | "lost" | "cut" | "half" }
  | { readonly kind: "answer"; readonly status: number; readonly code: string };

export type Judge = (passing: Passing) => Verdict | Promise<Verdict>;

export type FaultProxy = {
  readonly endpoint: string;
  /** Every request since the last `begin`. */
  readonly seen: readonly Passing[];
  /** Restarts the count, and uses this judge from now on. Releases hanging requests. */
  readonly begin: (judge?: Judge, done?: (passing: Passing) => void) => void;
  readonly close: () => Promise<void>;
};

const pass: Judge = () => ({ kind: "pass" });

/** A proxy on loopback in front of an S3 server. Passes everything on byte by byte, unless its judge decides otherwise. */
export async function startProxy(server: string): Promise<FaultProxy> {
  const upstream = new URL(server);
  const agent = new Agent({ keepAlive: true });
  const seen: Passing[] = [];
  const times = new Map<string, number>();
  const hanging = new Set<ServerResponse>();
  let judge = pass;
  let tellDone: (passing: Passing) => void = () => {};

  const announced = ({ method = "GET", url = "/" }: IncomingMessage): Passing => {
    const address = `${method} ${url.replace(/[?&]x-id=\w+/, "")}`;
    const turn = (times.get(address) ?? 0) + 1;
    times.set(address, turn);
    const passing = { name: `${address} #${turn}`, method, url, number: seen.length + 1 };
    seen.push(passing);
    return passing;
  };

  const listener = createServer((message, response) => {
    void (async () => {
      const passing = announced(message);
      const body = Buffer.concat(await message.toArray());
      const verdict = await judge(passing);
      if (verdict.kind === "hang") hanging.add(response);
      else if (verdict.kind === "reset") message.socket.destroy();
      else if (verdict.kind === "answer") refuse(response, message.method, verdict);
      else {
        const answer = await forward(upstream, agent, message, body);
        tellDone(passing);
        if (verdict.kind === "lost") message.socket.destroy();
        else await giveBack(response, answer, verdict.kind);
      }
    })().catch(() => message.socket.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));

  const letGo = () => {
    for (const response of hanging) response.destroy();
    hanging.clear();
  };
  return {
    endpoint: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    seen,
    begin: (next = pass, done = () => {}) => {
      letGo();
      seen.length = 0;
      times.clear();
      judge = next;
      tellDone = done;
    },
    close: async () => {
      letGo();
      agent.destroy();
      listener.closeAllConnections();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}

type Answer = { readonly message: IncomingMessage; readonly body: Buffer };

/** Keeps the headers unchanged, because the signature covers them. */
function forward(upstream: URL, agent: Agent, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onward = send({ agent, host: upstream.hostname, port: upstream.port, method, path: url, headers }, (message) => {
      message.toArray().then((parts) => resolve({ message, body: Buffer.concat(parts) }), reject);
    });
    onward.once("error", reject).end(body);
  });
}

function refuse(response: ServerResponse, method: string | undefined, { status, code }: Extract<Verdict, { kind: "answer" }>): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(
    method === "HEAD" ? undefined : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>As the test asked.</Message></Error>`,
  );
}

async function giveBack(response: ServerResponse, { message, body }: Answer, kind: "pass" | "cut" | "half"): Promise<void> {
  const told = kind === "half" ? withoutItsSecondHalf(body) : body;
  const { "transfer-encoding": _, ...rest } = message.headers;
  const headers = body.length === 0 ? rest : { ...rest, "content-length": String(told.length) };
  response.writeHead(message.statusCode ?? 502, headers);
  if (kind !== "cut" || body.length < 2) response.end(told);
  // Sends less than the announced length.
  else response.write(told.subarray(0, told.length >> 1), () => response.destroy());
}

/** A listing with fewer objects than its count. */
function withoutItsSecondHalf(body: Buffer): Buffer {
  const objects = [...body.toString("utf8").matchAll(/<Contents>.*?<\/Contents>/gs)].map(([object]) => object);
  const lost = objects.slice(objects.length >> 1);
  return Buffer.from(lost.reduce((text, object) => text.replace(object, ""), body.toString("utf8")));
}
