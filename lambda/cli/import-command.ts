import type { Command } from "commander";
import { omitUndefined } from "../articles/model/json-value.ts";
import { exitCodes } from "../reports/report.ts";
import { say } from "./output.ts";
import { watched } from "./watched.ts";

type ImportFlags = {
  readonly content?: string;
  readonly siteUrl?: string;
  readonly pages?: true;
  readonly media?: true;
  readonly json?: boolean;
};

/** Adds the command `import`. Its parsers are loaded only when it runs. */
export function addImport(wireroom: Command): void {
  wireroom
    .command("import")
    .description("turn a feed, a WordPress or a Ghost export into articles and a site.yaml that keeps subscribers; publishes nothing")
    .argument("<source...>", "the address or file of a feed (RSS, Atom, JSON Feed), the parts of a WordPress export, or a Ghost export")
    .option("--content <place>", "where to write: a folder or s3://bucket/prefix (default: content)")
    .option("--site-url <url>", "the site's address, if the source does not name it")
    .option("--pages", "import pages, too, which no feed has")
    .option("--media", "fetch the pictures of the old site into the content")
    .option("--json", "print only one JSON document to stdout")
    .action(async (sources: readonly string[], { content = "content", siteUrl, pages, media, ...flags }: ImportFlags) => {
      const [{ importFrom, isWhole }, { importLines }, { openStore }, { inThreads }] = await Promise.all([
        import("../operator/import/import.ts"),
        import("../terminal/imports.ts"),
        import("../stores/open/open.ts"),
        import("../run/threads/threads.ts"),
      ]);
      const order = { sources, now: new Date(), workers: inThreads(), ...omitUndefined({ siteUrl, pages, media }) };
      const report = await watched((tell) => importFrom({ ...order, tell }, openStore(content)));
      await say(report, importLines(report), flags);
      process.exitCode = isWhole(report) ? exitCodes.fine : exitCodes.problems;
    });
}
