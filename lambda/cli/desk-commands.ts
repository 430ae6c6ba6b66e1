import { type Command, InvalidArgumentError, Option } from "commander";
import type { RunReport } from "../reports/report.ts";
import type { Flags } from "../settings.ts";
import { say, sayJson } from "./output.ts";
import { progressBar } from "./watched.ts";

type DeskFlags = Flags & {
  readonly port: number;
  readonly once?: true;
  readonly watch?: true;
  readonly logs?: string;
  readonly json?: boolean;
};

/** `time`: the most of a run, in milliseconds. */
type Door = { readonly flagsOf: (flags: Flags) => Flags; readonly time: number };

/** Adds the commands `preview` and `start`, which serve until somebody stops them. What they need is loaded only when one runs. */
export function addDesk(command: (name: string, description: string) => Command, { flagsOf, time }: Door): void {
  const port = new Option("--port <number>", "the port on 127.0.0.1").default(8080).argParser(portOf);

  const logs = new Option("--logs <place>", "where the access logs are, as Parquet: a folder or s3://bucket/prefix; the desk shows them");

  const start = async ({ port: at, once, logs: place, ...flags }: DeskFlags): Promise<void> => {
    const [{ beginDesk }, { lines }, { inThreads }] = await Promise.all([
      import("./start.ts"),
      import("../terminal/lines.ts"),
      import("../run/threads/threads.ts"),
    ]);
    const bar = await progressBar();
    let isFirst = true;
    const shown = async (report: RunReport) => {
      bar.end();
      // One JSON document is all that --json promises.
      if (isFirst || flags.json !== true) await say(report, lines(report), flags);
      isFirst = false;
    };
    const order = { time, tell: bar.tell, workers: inThreads() };
    process.exitCode = await beginDesk(
      { ...flagsOf(flags), port: at, ...(once && { once }), ...(place !== undefined && { logs: place }) },
      order,
      shown,
    );
  };

  command("preview", "serve the published files and a desk, on this machine only")
    .option("--watch", "the same as start")
    .addOption(port)
    .addOption(logs)
    .action(async (flags: DeskFlags) => {
      if (flags.watch === true) return start(flags);
      const [{ servePublished }, { inThreads }] = await Promise.all([import("./start.ts"), import("../run/threads/threads.ts")]);
      await servePublished(
        { ...flagsOf(flags), port: flags.port, ...(flags.logs !== undefined && { logs: flags.logs }) },
        { time, tell: () => {}, workers: inThreads() },
        (place) => {
          if (flags.json === true) sayJson({ command: "preview", ...place });
        },
      );
    });
  command("start", "serve the newsroom on this machine as its readers will see it, and again after each change")
    .option("--once", "make the files and exit")
    .addOption(port)
    .addOption(logs)
    .action(start);
}

function portOf(written: string): number {
  if (!/^\d{1,5}$/.test(written) || Number(written) > 65_535) throw new InvalidArgumentError("Write a number from 0 to 65535.");
  return Number(written);
}
