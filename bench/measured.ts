import { spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The cost of one process: seconds of the clock and of the processors, megabytes at its peak. */
export type Cost = { readonly wall: number; readonly cpu: number; readonly memory: number };

const TIME = "/usr/bin/time";

/** GNU time starts the process and gets its cost from the kernel, including threads and children. */
export function canMeasure(): boolean {
  return spawnSync(TIME, ["--version"]).status === 0;
}

/** Whether a program is installed. */
export function isInstalled(program: string, versionFlag: string): boolean {
  return spawnSync(program, [versionFlag]).status === 0;
}

/** Runs a program to its end. `scratch`: a folder for the measurement. Throws if the program fails. */
export async function measured(
  scratch: string,
  command: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly cost: Cost; readonly stdout: string }> {
  const file = join(scratch, "cost");
  const child = spawn(TIME, ["-q", "-f", "%e %U %S %M", "-o", file, ...command], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
    });
  const code = await new Promise<number | null>((ended, failed) => child.once("error", failed).once("close", ended));
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}:\n${said.stderr || said.stdout}`);
  const [wall = 0, user = 0, system = 0, kilobytes = 0] = readFileSync(file, "utf8").trim().split(" ").map(Number);
  rmSync(file);
  return { cost: { wall, cpu: user + system, memory: kilobytes / 1024 }, stdout: said.stdout };
}
