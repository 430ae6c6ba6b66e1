import { ownCommand } from "../../reports/own-command.ts";
import type { Flags } from "../../settings.ts";

const names: Readonly<Record<keyof Flags, string>> = {
  content: "--content",
  to: "--to",
  state: "--state",
  site: "--site",
  siteUrl: "--site-url",
  language: "--language",
  now: "--now",
};

/** The command that publishes at the target of these flags, for a shell; `allow`: the holds to release. */
export function publishCommand(flags: Flags, allow: readonly string[] = []): string {
  const given = (Object.keys(names) as (keyof Flags)[]).flatMap((name) => {
    const value = name === "now" ? undefined : flags[name];
    return value === undefined ? [] : [names[name], value];
  });
  const words = ["publish", ...given, ...allow.flatMap((release) => ["--allow", release])];
  return `${ownCommand()} ${words.map(quoted).join(" ")}`;
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) && !word.startsWith("~") ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
