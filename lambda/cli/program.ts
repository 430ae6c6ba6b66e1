import { setTimeout as sleep } from "node:timers/promises";
import { type Command, InvalidArgumentError, Command as NewCommand, Option } from "commander";
import { collectEarly } from "../operator/garbage.ts";
import type { RunRequest } from "../operator/run.ts";
import { exitCode, exitCodeAfter, exitCodes, type RunReport } from "../reports/report.ts";
import type { Flags, Settings } from "../settings.ts";
import { addDesk } from "./desk-commands.ts";
import { asDocument, withExamples, withHelp } from "./help.ts";
import { addImport } from "./import-command.ts";
import { failed, remark, say, sayJson } from "./output.ts";
import { addPartner, tellPartner } from "./partner-command.ts";
import { addProof } from "./proof-commands.ts";
import { watched } from "./watched.ts";

// Each command loads what it needs when it begins, so that --help and a mistake in a flag load nothing.

type Common = Flags & {
  readonly allow?: readonly string[];
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly wait?: boolean;
};

/** How long a run may take, in milliseconds. Nothing stops a run from a terminal, but its lease must end. */
const patience = 15 * 60_000;

/** Door 2: the `wireroom` command. The result goes to stdout, progress and errors to stderr. */
function program(told: string[]): Command {
  const wireroom = withHelp(new NewCommand("wireroom"), process.argv, told)
    .description("Turns a folder or bucket of articles into RSS, Atom and JSON Feed.")
    .exitOverride();
  const described = (command: Command, description: string, needs: "all" | "content" = "all") => {
    const place = (flags: string, text: string) => new Option(flags, text).hideHelp(needs === "content");
    return command
      .description(description)
      .option("--content <place>", "where the articles are: a folder or s3://bucket/prefix (default: content)")
      .addOption(place("--to <place>", "where to publish the feeds: a folder or s3://bucket/prefix (default: .wireroom/site)"))
      .addOption(place("--state <place>", "where to keep state between runs (default: beside the target folder, in <to>.state)"))
      .option("--site <file>", "the path of site.yaml (default: site.yaml in the content)")
      .option("--site-url <url>", "the site's address; overrides url of site.yaml")
      .option("--language <tag>", "the site's language; overrides language of site.yaml")
      .option("--now <date>", "run as if it were this date, for tests and replays")
      .option("--json", "print only one JSON document to stdout");
  };
  const command = (name: string, description: string, needs: "all" | "content" = "all") =>
    described(wireroom.command(name), description, needs);
  const releases = new Option("--allow <name@hash>", "release a hold (repeatable)").argParser(withRelease);

  wireroom
    .command("init")
    .description("start a newsroom: a site.yaml for the articles that are here, or with two articles in an empty folder")
    .option("--content <place>", "the folder of the site or the articles (default: this folder, or content if nothing is here)")
    .option("--site-url <url>", "the site's address")
    .option("--language <tag>", "the site's language")
    .option("--aws", "add a CDK app and a GitHub workflow for a newsroom that exists")
    .option("--yes", "write without asking")
    .option("--json", "print only one JSON document to stdout")
    .action(async ({ aws, ...flags }: Common & { readonly aws?: boolean; readonly yes?: boolean }) => {
      const { addAwsApp, beginNewsroom } = await import("./init.ts");
      process.exitCode = await (aws === true ? addAwsApp : beginNewsroom)(flags);
    });
  command("check", "read every article and show what is wrong; needs neither target nor state, and writes nothing", "content")
    .option("--strict", "exit with 1 for notices, too")
    .action((flags: Common) => go("check", flags));
  command("plan", "show what publish would do; writes nothing")
    .addOption(releases)
    .action((flags: Common) => go("plan", flags));
  command("publish", "bring the feeds up to date")
    .addOption(releases)
    .option("--wait", "wait until no cache has the old feeds, then notify the hub")
    .action((flags: Common) => go("publish", flags));
  command("status", "show what is live, held, quarantined and still to be announced; writes nothing")
    .option("--partner <name>", "show what this partner has, and why not more")
    .action(tellStatus);
  command("allow", "publish, and release the named holds")
    .argument("<name@hash...>", "the name and hash that the held run printed", withRelease)
    .action((names: readonly string[], flags: Common) => go("publish", { ...flags, allow: names }));
  command("cancel", "withdraw an article at once; publishes nothing else")
    .argument("<id>", "its id, as in the article, Atom or JSON Feed; or the path of its file")
    .option("--reason <text>", "the reason that readers see")
    .option("--erase", "also erase every version of its file and media, and old versions of feeds; cannot be undone")
    .action(withdraw);
  command("rollback", "restore feeds to their state before their last change, and hold them there")
    .argument("[feeds...]", "their paths, such as world or tag/tea (default: all that the last run changed)")
    .action(putBack);
  addDesk(command, { flagsOf, time: patience });
  wireroom
    .command("doctor")
    .description("examine feeds anywhere on the web as readers meet them; changes nothing")
    .argument("<url...>", "the addresses of feeds")
    .option("--json", "print only one JSON document to stdout")
    .action(async (urls: readonly string[], flags: Common) => {
      process.exitCode = await (await import("./doctor.ts")).examineFeeds(urls, flags);
    });
  wireroom
    .command("schema")
    .description("print the JSON Schema of site.yaml, with which editors complete and check it")
    .option("--json", "the same: it is always JSON")
    .action(async () => sayJson((await import("../operator/editor-schema.ts")).editorSchema()));
  addImport(wireroom);
  addPartner(wireroom, { described, settings: settingsFrom, say, time: patience });
  addProof(wireroom, { described, settings: settingsFrom, say });
  return withExamples(wireroom);
}

async function go(command: RunRequest["command"], flags: Common): Promise<void> {
  // Until a run finds that it has everything to do.
  if (command === "publish") collectEarly();
  const settings = await settingsFrom(flags, command);
  if (command === "publish" && settings.ahead === true) await remark([aheadWarning(settings.now)]);
  const { run } = await import("../operator/run.ts");
  const { inThreads } = await import("../run/threads/threads.ts");
  const order = { command, allow: flags.allow ?? [], time: patience, workers: inThreads() };
  const report = await watched((tell) => run({ ...order, tell }, settings));
  // Lines need tables of the widths of letters, which take time to load.
  await say(report, flags.json === true ? [] : (await import("../terminal/lines.ts")).lines(report), flags);
  process.exitCode = exitCode(report, flags.strict);
  if (flags.wait === true) await announceWhenDue(report, flags);
}

async function tellStatus({ partner, ...flags }: Common & { readonly partner?: string }): Promise<void> {
  if (partner !== undefined) return tellPartner(partner, flags, { settings: settingsFrom, say });
  const [{ statusOf }, { statusLines }] = await Promise.all([import("../operator/status.ts"), import("../terminal/status.ts")]);
  const report = await statusOf(await settingsFrom(flags));
  await say(report, statusLines(report), flags);
  process.exitCode = report.holds.length > 0 || report.ledgerLost === true ? exitCodes.problems : exitCodes.fine;
}

async function withdraw(id: string, flags: Common & { readonly reason?: string; readonly erase?: boolean }): Promise<void> {
  const settings = await settingsFrom(flags);
  const [{ cancel }, { cancellationLines }] = await Promise.all([import("../operator/cancel.ts"), import("../terminal/cancellation.ts")]);
  const { reason, erase = false } = flags;
  const order = { id, erase, ...(reason === undefined ? {} : { reason }), time: patience };
  const report = await watched((tell) => cancel({ ...order, tell }, settings));
  await say(report, cancellationLines(report), flags);
  process.exitCode = report.canceled.erased === "busy" ? exitCodes.problems : exitCodeAfter(report);
}

async function putBack(names: readonly string[], flags: Common): Promise<void> {
  const settings = await settingsFrom(flags);
  const [{ rollback }, { rolledBackLines }] = await Promise.all([import("../operator/rollback.ts"), import("../terminal/rolled-back.ts")]);
  const report = await watched((tell) => rollback({ names, time: patience, tell }, settings));
  await say(report, rolledBackLines(report), flags);
  process.exitCode = exitCodeAfter(report);
}

/** Waits until no cache can give the hub the old feeds, then announces them. If that fails, the next run tries again. */
async function announceWhenDue({ due, now }: RunReport, flags: Common): Promise<void> {
  if (due === undefined) return;
  const wait = Date.parse(due) - Date.parse(now);
  await remark([`waiting ${Math.ceil(wait / 1000)} s before notifying the hub`]);
  await sleep(wait);
  const [{ runAnnouncements }, { announcementLines }] = await Promise.all([
    import("../operator/run.ts"),
    import("../terminal/announcements.ts"),
  ]);
  const report = await runAnnouncements({ time: patience }, await settingsFrom({ ...flags, now: due }));
  await remark(announcementLines(report));
}

function withRelease(written: string, all: readonly string[] = []): readonly string[] {
  if (!/^.+@[0-9a-f]{8}$/.test(written))
    throw new InvalidArgumentError("Write the name and hash that the held run printed, such as world@1f3c9a2b.");
  return [...all, written];
}

async function settingsFrom(flags: Common, command?: RunRequest["command"]): Promise<Settings> {
  const { settingsOf, settingsOfCheck } = await import("../settings.ts");
  return (command === "check" ? settingsOfCheck : settingsOf)(flagsOf(flags), () => new Date());
}

/** Said before anything is published, while somebody can still stop it. */
const aheadWarning = (now: string): string =>
  `--now ${now} is in the future: what is scheduled until then is published now, and runs with an earlier clock are refused until then. If you do not mean that, press Ctrl+C.`;

function flagsOf({ content, to, state, site, siteUrl, language, now }: Common): Flags {
  const named = { content, to, state, site, siteUrl, language, now };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as Flags;
}

// If the reader of a pipe stops early (`| head`), the run still ends normally.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

const told: string[] = [];
try {
  await program(told).parseAsync(process.argv);
} catch (error) {
  process.exitCode = await failed(error, process.argv);
}
if (told.length > 0) sayJson(asDocument(told));
