import { expect, test } from "vitest";
import { asTyped, ownCommand } from "../../lambda/reports/own-command.ts";

test.each([
  ["in a clone", "/clone/lambda/reports/own-command.ts", "/clone/lambda/cli.ts", "npm run wireroom --"],
  ["as a package", "/site/node_modules/wireroom/dist/lambda/command/chunk.js", "/site/node_modules/.bin/wireroom", "npx wireroom"],
  ["as a package on Windows", "C:\\a\\chunk.js", "C:\\a\\node_modules\\wireroom\\dist\\wireroom.js", "npx wireroom"],
  ["as a command of the machine", "/usr/lib/node_modules/wireroom/dist/chunk.js", "/usr/bin/wireroom", "wireroom"],
])("the command %s", (_, file, started, own) => expect(ownCommand(file, started)).toBe(own));

test("a message names the command as it is typed, and calls the program by its name", () => {
  const message = "Run wireroom check, then wireroom allow all@1f3c9a2b. The function wireroom runs; wireroom-0.1.0.tgz";
  expect(asTyped(message, "npx wireroom")).toBe(
    "Run npx wireroom check, then npx wireroom allow all@1f3c9a2b. The function wireroom runs; wireroom-0.1.0.tgz",
  );
});
