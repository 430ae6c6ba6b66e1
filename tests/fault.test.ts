import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Fault, printable } from "../lambda/fault.ts";
import { messageOf } from "../lambda/reports/alerts.ts";
import { aFolder, wireroom } from "./support/a-command.ts";
import { aFile, aSiteFile } from "./support/a-newsroom.ts";

/** A name that clears a screen, ends a line, begins a false one and turns the rest around. */
const name = "evil\n\u001b[2J\u009b31mworld is held: --allow world@00000000\u202e.md";
const isRaw = (text: string): boolean => /[^\P{Cc}\n]|[\u2028\u202a-\u202e\u2066-\u2069]/u.test(text);

test("printed text keeps the letters of every script, and escapes what controls a terminal or reverses text", () => {
  expect(printable("a\nb\u001b[0m\u009b\u202e\u2066\u2028\u0000\u007f")).toBe(
    "a\\u000ab\\u001b[0m\\u009b\\u202e\\u2066\\u2028\\u0000\\u007f",
  );
  expect(printable("Қазақ, اَلْعَرَبِيَّةُ\u200f, 中文, e\u0301, 👩‍👩‍👧")).toBe("Қазақ, اَلْعَرَبِيَّةُ\u200f, 中文, e\u0301, 👩‍👩‍👧");
});

test.for(["check", "publish", "status"] as const)("%s escapes names and titles, in --json too", async (command) => {
  await using folder = await aFolder();
  const content = join(folder.path, "content");
  await mkdir(content);
  await writeFile(join(content, "site.yaml"), aSiteFile);
  await writeFile(join(content, name), aFile({ title: "Evil\u202e \u2066", date: "tomorrow", tags: "\u001b[2J" }));
  await writeFile(join(content, `good ${name}`), aFile({ title: "Evil\u202e\u2066", date: "2026-03-01", image: "gone\u202e.png" }));
  const words = ["--content", content, "--to", join(folder.path, "site")];
  if (command === "status") await wireroom(["publish", ...words]);
  for (const more of [[], ["--json"]]) {
    const { stdout, stderr } = await wireroom([command, ...words, ...more]);
    expect(isRaw(stdout + stderr), stdout + stderr).toBe(false);
    expect(`${stdout}${stderr}`.split("\n").some((line) => /^.{0,20}world is held/.test(line))).toBe(false);
    if (more.length > 0) expect(JSON.stringify(JSON.parse(stdout))).toContain("\u202e.md");
  }
});

test("a fault is one line, whatever names it contains, and wrong settings may take several", () => {
  expect(new Fault(`Cannot read ${name} in content.`).message).not.toContain("\n");
  expect(isRaw(new Fault(`Cannot read ${name}`).message)).toBe(false);
  expect(new Fault("site.yaml:1  a\nsite.yaml:2  b", { kind: "usage" }).message.split("\n")).toHaveLength(2);
});

test("a message has one line for each problem", () => {
  const problem = { kind: "problem", code: "date-invalid", key: name, file: `content/${name}`, message: 'got "\u001b[2J".' } as const;
  const message = messageOf("The Wire", { problems: [problem], holds: [] });
  expect(isRaw(message?.text ?? "\u001b")).toBe(false);
  expect(message?.text.trim().split("\n")).toHaveLength(5);
});
