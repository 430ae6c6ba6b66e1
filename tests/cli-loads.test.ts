import { cp, readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { aFolder, sourceCommand, wireroom } from "./support/a-command.ts";

/** Runs in the command's own process: notes each package and each file of ours that it loads, and tells when it ends. */
const noting = `
  import { registerHooks } from "node:module";
  const packages = new Set();
  let own = 0;
  registerHooks({ load(url, context, next) {
    const [, name] = /\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)\\/(?!.*\\/node_modules\\/)/.exec(url) ?? [];
    if (name !== undefined) packages.add(name);
    else if (/\\/lambda\\/.*\\.ts$/.test(url)) own += 1;
    return next(url, context);
  } });
  process.on("exit", () => process.stderr.write("loaded " + JSON.stringify({ packages: [...packages].sort(), own }) + "\\n"));
`;

type Loaded = { readonly packages: readonly string[]; readonly own: number };

async function loadedBy(words: readonly string[], cwd?: string): Promise<Loaded> {
  const hook = `--import data:text/javascript;base64,${Buffer.from(noting).toString("base64")}`;
  const ended = await wireroom(words, { file: sourceCommand, env: { NODE_OPTIONS: hook }, ...(cwd !== undefined && { cwd }) });
  expect(ended).toMatchObject({ code: 0 });
  return JSON.parse(/^loaded (.*)$/m.exec(ended.stderr)?.[1] ?? "{}") as Loaded;
}

const forSettings = ["picomatch", "smol-toml", "yaml", "zod"];
/** They measure how wide a text is. */
const forLines = ["ansi-regex", "get-east-asian-width", "string-width", "strip-ansi"];
const forStatus = ["commander", ...forSettings, ...forLines].sort();

test("--help loads a handful of files, and no library but the reader of flags", async () => {
  for (const words of [["--help"], ["publish", "--help"]]) {
    const { packages, own } = await loadedBy(words);
    expect(packages).toEqual(["commander"]);
    expect(own).toBeLessThan(15);
  }
});

test("status loads what reads site.yaml, and nothing that reads or renders an article", async () => {
  await using folder = await aFolder();
  await cp("content", join(folder.path, "content"), { recursive: true });
  const { packages, own } = await loadedBy(["status"], folder.path);
  expect(packages).toEqual(forStatus);
  // Of these, 22 check the settings of a partner.
  expect(own).toBeLessThan(145);
});

test("a publish that finds nothing changed loads nothing that reads or renders an article, no SDK, and for JSON no lines", async () => {
  await using folder = await aFolder();
  await cp("content", join(folder.path, "content"), { recursive: true });
  const words = ["publish", "--now", "2026-11-28T12:00:00Z"];
  // A file younger than two seconds is not trusted yet.
  for (const path of await readdir(join(folder.path, "content"), { recursive: true }))
    await utimes(join(folder.path, "content", path), 1_700_000_000, 1_700_000_000);
  await loadedBy(words, folder.path);
  await sleep(2_100);
  await loadedBy(words, folder.path);
  const { packages, own } = await loadedBy([...words, "--json"], folder.path);
  expect(packages).toEqual(["commander", ...forSettings]);
  // Of these, 22 check the settings of a partner.
  expect(own).toBeLessThan(185);
});
