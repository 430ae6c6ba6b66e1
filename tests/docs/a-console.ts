import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readersEnvironment } from "./a-place.ts";
import { type Command, isAsShown } from "./page.ts";

/** What a command printed, on both outputs, and its exit code; undefined while it serves. */
export type Printed = { readonly text: string; readonly code: number | null | undefined };

/** How long a server may take until it serves, in ms. */
const patience = 240_000;

/** A console in a folder, where commands are run as they are typed: one after the other, each where the one before it has gone. */
export async function readersConsole(folder: string) {
  const port = await freePort();
  const env = { ...readersEnvironment(), HOME: join(folder, ".."), WIREROOM_DOCS_CWD: join(folder, "..", "cwd") };
  let serving: ChildProcess | undefined;
  const cwd = (): string => (existsSync(env.WIREROOM_DOCS_CWD) ? readFileSync(env.WIREROOM_DOCS_CWD, "utf8").trim() : folder);
  /** Pages show port 8080, which another test may have. */
  const asPageShows = (text: string): string => text.replaceAll(`127.0.0.1:${port}`, "127.0.0.1:8080");
  const stop = async (): Promise<void> => {
    if (serving?.pid === undefined || serving.exitCode !== null) return;
    const ended = once(serving, "close");
    process.kill(-serving.pid, "SIGINT");
    await ended;
    serving = undefined;
  };

  return {
    stop,
    /** A server goes on serving until the next one begins, or the console is left. */
    run: async ({ text, output }: Command): Promise<Printed> => {
      const serves = output.some((line) => line.includes("(stop with Ctrl+C)"));
      if (serves) await stop();
      const typed = serves ? onPort(text, port) : text.replaceAll("127.0.0.1:8080", `127.0.0.1:${port}`);
      const script = `${typed}\ncode=$?\npwd >"$WIREROOM_DOCS_CWD"\nexit $code`;
      const child = spawn("bash", ["-c", `exec 2>&1\n${script}`], {
        cwd: cwd(),
        env,
        stdio: ["ignore", "pipe", "inherit"],
        detached: serves,
      });
      let printed = "";
      child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
        printed += chunk;
      });
      if (!serves) {
        const [code] = (await once(child, "close")) as [number | null];
        return { text: asPageShows(printed), code };
      }
      serving = child;
      for (const end = performance.now() + patience; performance.now() < end && child.exitCode === null; await sleep(50))
        if (isAsShown(output, asPageShows(printed))) return { text: asPageShows(printed), code: undefined };
      return { text: asPageShows(printed), code: child.exitCode };
    },
  };
}

/** The command of a server, with a port: npm takes options for a script after `--`. */
function onPort(text: string, port: number): string {
  return `${text}${/^npm (?:run )?[\w:]+$/.test(text) ? " --" : ""} --port ${port}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  server.close();
  return port;
}
