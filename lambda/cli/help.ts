import { stripVTControlCharacters, styleText } from "node:util";
import type { Command } from "commander";
import own from "../../package.json" with { type: "json" };
import { ownCommand } from "../reports/own-command.ts";
import { asksForJson } from "./output.ts";

/** What people do with each command; the first is the most frequent. */
const examples: Readonly<Record<string, readonly (readonly [command: string, meaning: string])[]>> = {
  wireroom: [
    ["init", "begin a newsroom in this folder"],
    ["start", "see it as readers will, and again after each change"],
    ["check", "what is wrong, file by file"],
    ["plan", "what publish would change, article by article"],
    ["publish", "bring the feeds up to date"],
  ],
  init: [
    ["init", "propose a site.yaml, and ask"],
    ["init --yes --language kk", "write it without asking"],
  ],
  check: [
    ["check --content my-newsroom", ""],
    ["check --strict --json", "for an editor or CI: notices fail, too"],
  ],
  plan: [
    ["plan", "articles first, then feeds"],
    ["plan --now 2026-12-24T18:00:00Z", "what would be published by then"],
    ["plan --json", "every article, file and hold"],
  ],
  publish: [
    ["publish", "from content into .wireroom/site"],
    ["publish --to /srv/feeds", "into the folder of a web server"],
    ["publish --content s3://articles --to s3://feeds --state s3://state", ""],
    ["publish --allow world@1f3c9a2b", "and release what a run held"],
  ],
  status: [
    ["status", ""],
    ["status --content s3://articles --to s3://feeds --state s3://state", ""],
  ],
  allow: [["allow world@1f3c9a2b", "name and hash are in the report of the held run"]],
  cancel: [
    ["cancel world/ferry.md --reason 'The ferry does run.'", ""],
    ["cancel tag:wire.example,2026-01-01:world/ferry", "by its id"],
    ["cancel world/ferry.md --erase", "and all old versions"],
  ],
  rollback: [
    ["rollback", "all that the last run changed"],
    ["rollback world tag/tea", "two feeds"],
  ],
  preview: [
    ["preview", "at http://127.0.0.1:8080/"],
    ["preview --to /srv/feeds --port 0", "at any free port"],
  ],
  start: [
    ["start", "at http://127.0.0.1:8080/"],
    ["start --content my-newsroom --once", "make the files and exit"],
  ],
  partner: [
    ["partner add msn", "its first key, shown once"],
    ["partner rotate msn --for 7d", "a new key; the old one ends in 7 days"],
    ["partner list", "who may fetch what"],
    ["partner log msn --logs s3://logs/AWSLogs", "what it fetched, and when"],
  ],
  withdrawn: [
    ["withdrawn world/ferry.md --logs s3://logs/AWSLogs", ""],
    ["withdrawn world/ferry.md --logs logs --json", "from a copy of the logs"],
  ],
  subscribers: [["subscribers --logs s3://logs --since 2026-11-01", "this month"]],
  doctor: [
    ["doctor https://news.example/all/rss.xml", ""],
    ["doctor http://127.0.0.1:8080/all/atom.xml --json", ""],
  ],
  schema: [["schema > site.schema.json", "see docs/site-yaml.md"]],
  import: [
    ["import https://news.example/feed/ --content my-newsroom", ""],
    ["import wordpress.xml --media", "with its pictures"],
  ],
};

/** Version and headings for all commands. Called before any command is added, which then inherits it. `told`: takes what --json asks to print as JSON. */
export function withHelp(wireroom: Command, words: readonly string[], told: string[]): Command {
  const isJson = asksForJson(words);
  return wireroom
    .version(own.version, "-V, --version", "print the version")
    .configureHelp({ styleTitle: (title) => styleText("bold", title, { validateStream: false }) })
    .configureOutput({
      writeOut: (text) => {
        if (isJson) told.push(text);
        else process.stdout.write(text);
      },
    });
}

/** What --help or --version told, as one document. */
export function asDocument(told: readonly string[]): object {
  const text = stripVTControlCharacters(told.join(""));
  return text.trim() === own.version ? { version: own.version } : { help: text };
}

export function withExamples(wireroom: Command): Command {
  for (const command of [wireroom, ...wireroom.commands]) {
    const lines = examples[command.name()] ?? [];
    const [name, own] = [wireroom.name(), ownCommand()];
    const typed = own === name ? "" : `\n\nHere, type "${own}" instead of "${name}".`;
    const longest = Math.max(...lines.filter(([, meaning]) => meaning !== "").map(([line]) => line.length));
    const told = lines.map(([line, meaning]) => `  ${name} ${meaning === "" ? line : `${line.padEnd(longest)}  ${meaning}`}`);
    if (told.length > 0)
      command.addHelpText("after", () => `\n${styleText("bold", "Examples:", { stream: process.stdout })}\n${told.join("\n")}${typed}`);
  }
  return wireroom;
}
