import { setTimeout as sleep } from "node:timers/promises";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { Fault, printable, printableLines } from "./fault.ts";
import { cancel } from "./operator/cancel.ts";
import { begin } from "./operator/init.ts";
import { rollback } from "./operator/rollback.ts";
import { type Order, run, runAnnouncements } from "./operator/run.ts";
import { statusOf } from "./operator/status.ts";
import { preview } from "./preview/preview.ts";
import { dueAfter, exitCode, exitCodeAfter, exitCodes, type RunReport } from "./reports/report.ts";
import { parseInThreads } from "./run/read/parse-threads.ts";
import { type Flags, settingsOf } from "./settings.ts";
import { openStore } from "./stores/open/open.ts";
import { announcementLines } from "./terminal/announcements.ts";
import { cancellationLines } from "./terminal/cancellation.ts";
import { lines } from "./terminal/lines.ts";
import { progress } from "./terminal/progress.ts";
import { rolledBackLines } from "./terminal/rolled-back.ts";
import { statusLines } from "./terminal/status.ts";

type Common = Flags & {
  readonly allow?: readonly string[];
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly once?: boolean;
  readonly wait?: boolean;
  readonly port?: number;
};

/** A run from a terminal has nobody who stops it; its lease must end some day all the same. */
const patience = 15 * 60_000;

/** Door 2: the `wireroom` command. The result goes to stdout, what happens meanwhile to stderr. */
function program(): Command {
  const wireroom = new Command("wireroom").description("Turns a folder or bucket of articles into RSS, Atom and JSON Feed.").exitOverride();
  const command = (name: string, description: string) =>
    wireroom
      .command(name)
      .description(description)
      .exitOverride()
      .option("--content <place>", "the articles: a folder or s3://bucket/prefix (default: content)")
      .option("--to <place>", "where feeds are published (default: .wireroom/site)")
      .option("--state <place>", "what the wire remembers (default: beside a target folder)")
      .option("--site <file>", "site.yaml (default: the one in the content)")
      .option("--site-url <url>", "the site's address, where there is no site.yaml")
      .option("--language <tag>", "the site's language, where there is no site.yaml")
      .option("--now <date>", "the clock, for replays")
      .option("--json", "one JSON document on stdout, nothing else");
  const releases = new Option("--allow <name@hash>", "release what a plan held (repeatable)").argParser<string[]>((name, all = []) => [
    ...all,
    releaseOf(name),
  ]);

  const port = new Option("--port <number>", "port on 127.0.0.1").default(8080).argParser(portOf);

  wireroom
    .command("init")
    .description("begin a newsroom: write a site.yaml and two articles into a new or an empty folder")
    .exitOverride()
    .option("--content <place>", "the folder (default: content)")
    .option("--site-url <url>", "the site's address", "https://news.example/")
    .option("--language <tag>", "the site's language", "en")
    .action(beginNewsroom);
  command("check", "read every article and say what is wrong; writes nothing")
    .option("--strict", "notices count as problems")
    .action((flags: Common) => go("check", flags));
  command("plan", "show what a publication would do; writes nothing")
    .addOption(releases)
    .action((flags: Common) => go("plan", flags));
  command("publish", "bring the feeds up to date")
    .addOption(releases)
    .option("--wait", "stay until the hub has been told, when no cache has the old feeds any longer")
    .action((flags: Common) => go("publish", flags));
  command("status", "say what is live, held, quarantined and still to be announced; writes nothing").action(tellStatus);
  command("allow", "publish, and release what was held")
    .argument("<name@hash...>", "as the held plan named it", (name: string, all: readonly string[] = []) => [...all, releaseOf(name)])
    .action((names: readonly string[], flags: Common) => go("publish", { ...flags, allow: names }));
  command("cancel", "withdraw an article at once, and publish nothing else")
    .argument("<id>", "its id, as the article or as Atom and JSON Feed have it, or the path of its file")
    .option("--reason <text>", "what readers are told")
    .option("--erase", "take away every version of its file, media and feeds, too; it cannot be undone")
    .action(withdraw);
  command("rollback", "put feeds back to what they were before their last change, and hold them so")
    .argument("[feeds...]", "their paths, such as world or tag/tea; none: all that the last run changed")
    .action(putBack);
  command("preview", "serve what is published, on this machine only").addOption(port).action(serve);
  command("start", "publish and serve: what npm start does")
    .option("--once", "publish and exit")
    .addOption(port)
    .action(async (flags: Common) => {
      await go("publish", flags);
      if (flags.once !== true) await serve(flags);
    });
  return wireroom;
}

async function go(command: Order["command"], flags: Common): Promise<void> {
  const settings = await settingsOf(flagsOf(flags), () => new Date());
  const bar = progress(process.stderr);
  const report = await run({ command, allow: flags.allow ?? [], time: patience, tell: bar.tell, parser: parseInThreads() }, settings);
  bar.end();
  say(report, lines(report), flags);
  process.exitCode = exitCode(report, flags.strict);
  if (flags.wait === true) await announceWhenDue(report, flags);
}

async function beginNewsroom({
  content = "content",
  siteUrl,
  language,
}: Pick<Common, "content"> & Required<Pick<Common, "siteUrl" | "language">>) {
  const begun = await begin({ url: siteUrl, language, now: new Date().toISOString() }, openStore(content));
  process.stdout.write(
    `${begun.content} is a newsroom: ${begun.files.join(", ")}.\nLook at it: wireroom start --content ${begun.content}\n`,
  );
}

async function tellStatus(flags: Common): Promise<void> {
  const report = await statusOf(await settingsOf(flagsOf(flags), () => new Date()));
  say(report, statusLines(report), flags);
  process.exitCode = report.holds.length > 0 || report.ledgerLost === true ? exitCodes.problems : exitCodes.fine;
}

async function withdraw(id: string, flags: Common & { readonly reason?: string; readonly erase?: boolean }): Promise<void> {
  const settings = await settingsOf(flagsOf(flags), () => new Date());
  const bar = progress(process.stderr);
  const { reason, erase = false } = flags;
  const report = await cancel({ id, erase, ...(reason === undefined ? {} : { reason }), time: patience, tell: bar.tell }, settings);
  bar.end();
  say(report, cancellationLines(report), flags);
  process.exitCode = report.canceled.erased === "busy" ? exitCodes.problems : exitCodeAfter(report);
}

async function putBack(names: readonly string[], flags: Common): Promise<void> {
  const settings = await settingsOf(flagsOf(flags), () => new Date());
  const bar = progress(process.stderr);
  const report = await rollback({ names, time: patience, tell: bar.tell }, settings);
  bar.end();
  say(report, rolledBackLines(report), flags);
  process.exitCode = exitCodeAfter(report);
}

/** Waits for the moment from which no cache can hand the hub the old feeds, and announces. What then fails is for the next run. */
async function announceWhenDue({ outbox, now }: RunReport, flags: Common): Promise<void> {
  const due = dueAfter(outbox, now);
  if (due === undefined) return;
  const wait = Date.parse(due) - Date.parse(now);
  process.stderr.write(`waiting ${Math.ceil(wait / 1000)} s to announce\n`);
  await sleep(wait);
  const report = await runAnnouncements({ time: patience }, await settingsOf({ ...flagsOf(flags), now: due }, () => new Date()));
  process.stderr.write(`${announcementLines(report).map(printable).join("\n")}\n`);
}

async function serve(flags: Common): Promise<void> {
  const settings = await settingsOf(flagsOf(flags), () => new Date());
  const server = await preview(settings.target, settings.site, flags.port ?? 8080);
  process.stderr.write(`${printable(settings.site.title)} at ${server.address}/ (end with Ctrl+C)\n`);
}

function releaseOf(written: string): string {
  if (!/^.+@[0-9a-f]{8}$/.test(written))
    throw new InvalidArgumentError("Write name@hash as the held plan named it, such as world@1f3c9a2b.");
  return written;
}

function portOf(written: string): number {
  if (!/^\d{1,5}$/.test(written) || Number(written) > 65_535) throw new InvalidArgumentError("Write a number from 0 to 65535.");
  return Number(written);
}

function flagsOf({ content, to, state, site, siteUrl, language, now }: Common): Flags {
  const named = { content, to, state, site, siteUrl, language, now };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as Flags;
}

function say(report: unknown, text: readonly string[], { json }: Common): void {
  const said = json === true ? printableLines(JSON.stringify(report, undefined, 2)) : text.map(printable).join("\n");
  process.stdout.write(`${said}\n`);
}

/** A failure -> its exit code, with one message on stderr. Help and version asked for are no failure. */
function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  const known = error instanceof Fault;
  process.stderr.write(
    `${known ? error.message : `A fault in Wireroom itself: ${error instanceof Error ? error.stack : String(error)}`}\n`,
  );
  if (known && error.cause instanceof Error) process.stderr.write(`  because: ${printable(error.cause.message)}\n`);
  return known
    ? { usage: exitCodes.usage, overtaken: exitCodes.problems, fault: exitCodes.fault, unreadable: exitCodes.fault }[error.kind]
    : exitCodes.fault;
}

// Who reads no further (`| head`) has what he wants: the run ends as it would have.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

try {
  await program().parseAsync(process.argv);
} catch (error) {
  process.exitCode = failed(error);
}
