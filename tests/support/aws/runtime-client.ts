import { pathToFileURL } from "node:url";

// A small Lambda runtime that follows the Runtime API exactly. `npm test` runs the bundle in it, because AWS's own client
// (aws-lambda-ric) must be compiled. It is called in the same way: `node runtime-client.ts handler.handler`.
const [file = "", name = ""] = (process.argv[2] ?? "").split(".");
const api = `http://${process.env["AWS_LAMBDA_RUNTIME_API"]}/2018-06-01/runtime`;

type Handler = (event: unknown, context: object) => Promise<unknown>;

async function send(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  await (await fetch(`${api}/${path}`, { method: "POST", body: JSON.stringify(body), headers })).arrayBuffer();
}

async function fail(path: string, error: unknown): Promise<void> {
  const { name: errorType, message: errorMessage, stack = "" } = error instanceof Error ? error : new Error(String(error));
  await send(path, { errorType, errorMessage, trace: stack.split("\n") }, { "lambda-runtime-function-error-type": errorType });
}

async function load(): Promise<Handler | undefined> {
  try {
    const loaded = (await import(pathToFileURL(`${process.env["LAMBDA_TASK_ROOT"]}/${file}.mjs`).href)) as Record<string, Handler>;
    const handler = loaded[name];
    if (typeof handler !== "function") throw new TypeError(`${file}.${name} is undefined or not exported`);
    return handler;
  } catch (error) {
    await fail("init/error", error);
    return undefined;
  }
}

const handler = await load();
while (handler !== undefined) {
  const next = await fetch(`${api}/invocation/next`);
  const id = next.headers.get("lambda-runtime-aws-request-id") ?? "";
  const deadline = Number(next.headers.get("lambda-runtime-deadline-ms"));
  const context = { awsRequestId: id, getRemainingTimeInMillis: () => deadline - Date.now() };
  try {
    await send(`invocation/${id}/response`, (await handler(await next.json(), context)) ?? null);
  } catch (error) {
    await fail(`invocation/${id}/error`, error);
  }
}
process.exitCode = 1;
