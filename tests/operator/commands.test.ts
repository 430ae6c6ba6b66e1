import { expect, test } from "vitest";
import { commandOf } from "../../lambda/operator/commands.ts";

test.each([[undefined], [null], ["text"], [{}], [{ source: "aws.scheduler" }]])("an event that is no command publishes: %j", (event) =>
  expect(commandOf(event)).toEqual({ command: "publish" }),
);

test.each([
  [{ command: "publish" }],
  [{ command: "plan" }],
  [{ command: "announce" }],
  [{ command: "allow", names: ["world@1f3c9a2b"] }],
  [{ command: "rollback", names: ["world"] }],
  [{ command: "rollback", names: [] }],
  [{ command: "cancel", id: "a" }],
  [{ command: "cancel", id: "a", reason: "b" }],
  [{ command: "partner revoke", name: "acme" }],
])("a complete command is accepted unchanged: %j", (event) => expect(commandOf(event)).toEqual(event));

test.each([
  [{ command: "explode" }],
  [{ command: "allow" }],
  [{ command: "allow", names: [1] }],
  [{ command: "rollback", names: "world" }],
  [{ command: "rollback", names: ["world", 1] }],
  [{ command: "cancel" }],
  [{ command: "cancel", id: "" }],
  [{ command: "cancel", id: "a", reason: 1 }],
  [{ command: "partner revoke" }],
  [{ command: "partner revoke", name: "" }],
])("an incomplete or unknown command is rejected with a list of the known ones: %j", (event) => {
  expect(() => commandOf(event)).toThrow('Send one of {"command":"publish"}, ');
});

test.each(["partner add", "partner rotate"])("the function makes no key, which would stand in its answer: %s", (command) => {
  expect(() => commandOf({ command, name: "acme" })).toThrow(
    `The function makes no keys: they would stand in its answer, which others may read. Run wireroom ${command}`,
  );
});

test("the function refuses to erase", () => {
  expect(() => commandOf({ command: "cancel", id: "a", erase: true })).toThrow("The function is not allowed to erase");
});
