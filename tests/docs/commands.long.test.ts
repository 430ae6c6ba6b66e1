import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readersConsole } from "./a-console.ts";
import { readersPlaces, takeInstalled } from "./a-place.ts";
import { isAsShown, partsOf } from "./page.ts";
import { runPages } from "./pages.ts";

const root = join(import.meta.dirname, "../..");
const places = readersPlaces();
afterAll(() => places[Symbol.dispose]());

/** Does what a page says, and returns each command that printed something else than the page shows. */
async function followed(page: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  let folder = "";
  let shell: Awaited<ReturnType<typeof readersConsole>> | undefined;
  for (const part of partsOf(page)) {
    if (part.kind === "place") {
      await shell?.stop();
      folder = places.placeFor(part.where);
      shell = await readersConsole(folder);
    } else if (part.kind === "file") {
      mkdirSync(dirname(join(folder, part.path)), { recursive: true });
      writeFileSync(join(folder, part.path), part.text);
    } else if (part.notRun !== undefined) {
      for (const { text } of part.commands) takeInstalled(folder, text);
    } else {
      for (const [index, command] of part.commands.entries()) {
        const { text, code } = (await shell?.run(command)) ?? { text: "no place", code: 1 };
        const expected = index === part.commands.length - 1 ? part.exit : 0;
        if (isAsShown(command.output, text) && (code ?? 0) === expected) continue;
        wrong.push(`line ${command.line}: $ ${command.text}\nshown:\n${command.output.join("\n")}\nprinted (exit ${code}):\n${text}`);
      }
    }
  }
  await shell?.stop();
  return wrong;
}

describe.each(runPages.map((page) => [page]))("%s", (page) => {
  it("shows what each of its commands prints", async () => {
    expect((await followed(readFileSync(join(root, page), "utf8"))).join("\n\n")).toBe("");
  });
});

it("finds a command that prints something else, or ends with another exit code", async () => {
  const page =
    "<!-- console: in a new folder -->\n```console\n$ cd /tmp\n$ pwd\n/tmp\n$ echo one two\none …\n$ echo one\ntwo\n$ false\n```\n";
  expect(await followed(page)).toEqual([
    expect.stringMatching(/^line 8: \$ echo one\nshown:\ntwo\nprinted \(exit 0\):\none/),
    expect.stringContaining("$ false"),
  ]);
});
