import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An error that a runtime reports (AWS, "Lambda runtime API", ErrorRequest). */
export type RuntimeError = { readonly errorType: string; readonly errorMessage: string; readonly trace?: readonly string[] };

export type Reply =
  | { readonly kind: "answered"; readonly payload: unknown }
  | { readonly kind: "failed"; readonly error: RuntimeError; readonly type: string | undefined };

type Call = { readonly id: string; readonly event: unknown; readonly deadline: number; readonly reply: (reply: Reply) => void };

export type RuntimeApi = {
  /** `127.0.0.1:PORT`, the value for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Gives one event to the next runtime that asks. `deadline`: milliseconds since 1970. */
  readonly hand: (event: unknown, deadline: number) => Promise<Reply>;
  /** Resolves when a runtime asks for its next event, because it has started or is free again. */
  readonly idle: () => Promise<void>;
  /** The error of a runtime that failed to start. */
  readonly initErrors: readonly RuntimeError[];
  /** Tells that a runtime was ended, so that nobody waits for it. */
  readonly forget: () => void;
  readonly close: () => Promise<void>;
};

const arn = "arn:aws:lambda:us-east-1:123456789012:function:wireroom";

/** The Runtime API (version 2018-06-01) on loopback, for one runtime at a time: the Lambda service as a function's process sees it. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const calls = new Map<string, Call>();
  const waiting: Call[] = [];
  const initErrors: RuntimeError[] = [];
  let asking: ServerResponse | undefined;
  let idlers: (() => void)[] = [];
  let count = 0;

  const give = (): void => {
    const call = asking === undefined ? undefined : waiting.shift();
    if (asking === undefined || call === undefined) return;
    asking.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": call.id,
      "lambda-runtime-deadline-ms": String(call.deadline),
      "lambda-runtime-invoked-function-arn": arn,
      "lambda-runtime-trace-id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1",
    });
    asking.end(JSON.stringify(call.event));
    asking = undefined;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, version, , what, id = "", outcome] = (request.url ?? "").split("/");
    const body = Buffer.concat(await request.toArray()).toString("utf8");
    const known = version === "2018-06-01";
    if (known && request.method === "GET" && what === "invocation" && id === "next") {
      asking = response;
      response.once("close", () => {
        if (asking === response) asking = undefined;
      });
      for (const tell of idlers.splice(0)) tell();
      give();
      return;
    }
    if (!known || request.method !== "POST") return void response.writeHead(404).end();
    if (what === "init") initErrors.push(JSON.parse(body) as RuntimeError);
    else {
      const call = calls.get(id);
      if (call === undefined) return void response.writeHead(400).end();
      calls.delete(id);
      const type = request.headers["lambda-runtime-function-error-type"];
      if (outcome === "response") call.reply({ kind: "answered", payload: JSON.parse(body) });
      else call.reply({ kind: "failed", error: JSON.parse(body) as RuntimeError, type: typeof type === "string" ? type : undefined });
    }
    response.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}');
  };

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    hand: (event, deadline) =>
      new Promise((reply) => {
        count += 1;
        const call = { id: `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`, event, deadline, reply };
        calls.set(call.id, call);
        waiting.push(call);
        give();
      }),
    idle: () => (asking === undefined ? new Promise((told) => void idlers.push(told)) : Promise.resolve()),
    initErrors,
    forget: () => {
      calls.clear();
      waiting.length = 0;
      asking = undefined;
      idlers = [];
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
