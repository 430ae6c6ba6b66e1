import { expect, test } from "vitest";
import { answerTo, batchOf } from "../../lambda/operator/sqs-batch.ts";
import { aBatch, aNotice, scheduled } from "../runtime/notices.ts";

const three = aBatch(aNotice("a.md"), "no JSON", aNotice("b.md", "Object Deleted"));

test("every S3 notice is a reason to publish, whatever event it reports", () => {
  expect(batchOf(three)).toEqual({
    notices: ["message-1", "message-3"],
    keys: ["a.md", "b.md"],
    reminders: [],
    strangers: ["message-2"],
  });
});

test("a batch names each key once, as it is written and as it may be decoded", () => {
  const notices = ["a+b.md", "a+b.md", "caf%C3%A9.md", "100%.md"].map((key) => aNotice(key));
  expect(batchOf(aBatch(...notices))?.keys).toEqual(["100%.md", "a b.md", "a+b.md", "caf%C3%A9.md", "café.md"]);
});

test.each([[{}], [{ key: "" }], [{ key: 1 }]])("a batch with a notice that names no key names none: %j", (object) => {
  const batch = batchOf(aBatch(aNotice("a.md"), { source: "aws.s3", detail: { object } }));
  expect([batch?.notices, batch?.keys]).toEqual([["message-1", "message-2"], undefined]);
});

test.each([
  [{ command: "publish" }],
  [{ source: "aws.s3" }],
  [{ source: "somebody.else", detail: { object: { key: "a.md" } } }],
  [null as unknown as object],
])("a message that names no S3 object is a stranger: %j", (body) => {
  expect(batchOf(aBatch(JSON.stringify(body)))).toEqual({ notices: [], keys: [], reminders: [], strangers: ["message-1"] });
});

test.each([
  [scheduled],
  [{ command: "publish" }],
  [{ Records: [] }],
  [{ Records: [{ eventSource: "aws:s3", s3: {} }] }],
  [undefined],
  [null],
])("an event that did not come from a queue is no batch: %j", (event) => expect(batchOf(event)).toBeUndefined());

test.each(["published", "unchanged", "held"] as const)(
  "a run that %s is done with its notices, and returns only the strangers",
  (outcome) => {
    expect(answerTo(batchOf(three)!, outcome)).toEqual({ batchItemFailures: [{ itemIdentifier: "message-2" }] });
  },
);

test("a run that finds the lease taken returns every message", () => {
  const back = answerTo(batchOf(three)!, "busy").batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  expect(back.sort()).toEqual(["message-1", "message-2", "message-3"]);
});

test("a reminder to announce is no stranger, and is never returned", () => {
  const batch = batchOf(aBatch({ command: "announce" }, aNotice("a.md")));
  expect(batch).toEqual({ notices: ["message-2"], keys: ["a.md"], reminders: ["message-1"], strangers: [] });
  expect(answerTo(batch!, undefined)).toEqual({ batchItemFailures: [] });
});
