import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MemoryLimit } from "./memory-limit.ts";
import { type Reply, startRuntimeApi } from "./runtime-api.ts";

export type Ended =
  | Reply
  /** The service ended it at its deadline, as Lambda does: at once and without notice. */
  | { readonly kind: "timed out" }
  | { readonly kind: "exited"; readonly code: number | null };

export type AFunction = {
  /** Starts a process if none is running (a cold start), gives it the event, and ends it at the deadline or when told to. */
  readonly invoke: (event: unknown, options?: { readonly seconds?: number; readonly killedAfter?: number }) => Promise<Ended>;
  /** The number of processes started so far. */
  readonly starts: () => number;
  /** The milliseconds from the start of the last process to its first request for an event. */
  readonly coldStart: () => number;
  /** The peak memory of the running process, in MB (VmHWM). */
  readonly peak: () => number;
  /** The function's log: everything on stdout and stderr. */
  readonly log: () => string;
  /** Sets the environment of the next process, and ends the present one, as a deployment does. */
  readonly redeploy: (env: Readonly<Record<string, string>>) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Where AWS's own runtime client is installed; if undefined, the tests use their own. */
export const awsRuntime = process.env["WIREROOM_TEST_LAMBDA_RIC"];

const own = join(import.meta.dirname, "runtime-client.ts");
const surroundings = ["shifted-clock.ts", "loopback-names.ts"].flatMap((name) => ["--import", join(import.meta.dirname, name)]);

export type FunctionOptions = {
  /** The folder of the bundle, with handler.mjs. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** In seconds. */
  readonly timeout: number;
  /** In MB. Lambda's runtime sets the heap sizes from it. */
  readonly memory: number;
  /** Lets the kernel kill the process if it takes more, as Lambda does. */
  readonly limit?: MemoryLimit | undefined;
  /** The path of the runtime client to run. */
  readonly client?: string | undefined;
};

/** The bundle as Lambda runs it: a separate process that asks the Runtime API for one event at a time. */
export async function aFunction(options: FunctionOptions): Promise<AFunction> {
  const api = await startRuntimeApi();
  let env = options.env;
  let child: ChildProcess | undefined;
  let starts = 0;
  let coldStart = 0;
  let written = "";

  const start = async (): Promise<ChildProcess> => {
    const began = performance.now();
    const words = [process.execPath, ...heapOf(options.memory), ...surroundings, options.client ?? own, "handler.handler"];
    const [program = "", ...rest] = options.limit?.within(words) ?? words;
    const started = spawn(program, rest, {
      cwd: options.folder,
      env: { ...lambdaEnvironment(options, api.address), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (part: Buffer) => (written += part.toString("utf8")));
    child = started;
    starts += 1;
    const ended = new Promise<void>((exited) => started.once("exit", () => exited()));
    await Promise.race([api.idle(), ended]);
    coldStart = performance.now() - began;
    return started;
  };

  const end = async (): Promise<void> => {
    const running = child;
    child = undefined;
    if (running !== undefined && running.exitCode === null && running.signalCode === null) {
      const gone = new Promise((exited) => running.once("exit", exited));
      running.kill("SIGKILL");
      await gone;
    }
    api.forget();
  };

  return {
    invoke: async (event, { seconds = options.timeout, killedAfter = seconds } = {}) => {
      const running = child ?? (await start());
      if (running.exitCode !== null) {
        child = undefined;
        const error = api.initErrors.at(-1);
        return error === undefined ? { kind: "exited", code: running.exitCode } : { kind: "failed", error, type: error.errorType };
      }
      let watch: NodeJS.Timeout | undefined;
      const late = new Promise<Ended>((told) => {
        watch = setTimeout(() => told({ kind: "timed out" }), killedAfter * 1000);
      });
      let gone: (code: number | null) => void = () => {};
      const exited = new Promise<Ended>((told) => {
        gone = (code) => told({ kind: "exited", code });
        running.once("exit", gone);
      });
      const ended = await Promise.race([api.hand(event, Date.now() + seconds * 1000), late, exited]);
      clearTimeout(watch);
      running.off("exit", gone);
      if (ended.kind === "timed out" || ended.kind === "exited") await end();
      return ended;
    },
    starts: () => starts,
    coldStart: () => coldStart,
    peak: () => peakOf(child?.pid),
    log: () => written,
    redeploy: async (next) => {
      env = next;
      await end();
    },
    close: async () => {
      await end();
      await api.close();
    },
  };
}

/** Node's memory flags, as Lambda sets them: a twentieth of the memory for each half of the young generation, nine tenths for the old one. */
function heapOf(memory: number): readonly string[] {
  return [`--max-semi-space-size=${Math.floor(memory / 20)}`, `--max-old-space-size=${memory - Math.floor(memory / 10)}`];
}

function peakOf(pid: number | undefined): number {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, "utf8"))?.[1] : undefined;
  return Number(kilobytes ?? Number.NaN) / 1024;
}

/** The variables that Lambda sets for every function (AWS, "Defined runtime environment variables"), and none from this machine. */
function lambdaEnvironment({ folder, memory }: FunctionOptions, address: string): Record<string, string> {
  return {
    PATH: "/usr/bin:/bin",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    AWS_LAMBDA_RUNTIME_API: address,
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: "handler.handler",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: "wireroom",
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
    AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/wireroom",
    AWS_LAMBDA_LOG_STREAM_NAME: "2026/11/23/[$LATEST]0",
    AWS_LAMBDA_LOG_FORMAT: "JSON",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_REGION: "us-east-1",
  };
}
