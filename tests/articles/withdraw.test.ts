import { describe, expect, test } from "vitest";
import { parse } from "../../lambda/articles/parse.ts";
import { withdraw } from "../../lambda/articles/withdraw.ts";
import { aSite } from "../support/a-site.ts";

const newsroom = aSite();
const hints = { soleInFolder: false };
const body = "A paragraph of some words,  with two spaces.\t\n\n\n";

const quote = 'Было не так: "quoted"';

function withdrawn(text: string | Uint8Array, reason: string | null = quote): string | undefined {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const after = withdraw({ key: "story.md", bytes }, reason ?? undefined, newsroom, hints);
  if (after === undefined) return undefined;
  const parsed = parse({ key: "story.md", bytes: after }, newsroom, hints);
  expect(parsed).toMatchObject({ kind: "article", article: { canceled: reason === null ? {} : { reason } } });
  return Buffer.from(after).toString("utf8");
}

const words = 'status: "canceled"\nreason: "Было не так: \\"quoted\\""\n';

describe("a withdrawal is written", () => {
  test("into YAML, without changing other bytes", () => {
    const rest = `title: One   # mine\ndate: 2026-03-01\ntags: [a,  b]\n---\n${body}`;
    expect(withdrawn(`---\n${rest}`)).toBe(`---\n${words}${rest}`);
  });

  test("into TOML, before its tables", () => {
    const rest = `title = 'One'\n[extra]\nx = 1\n+++\n${body}`;
    expect(withdrawn(`+++\n${rest}`)).toBe(`+++\n${words.replaceAll(': "', ' = "').replace("так = ", "так: ")}${rest}`);
  });

  test("into JSON", () => {
    const rest = `\n  "title": "One"\n}\n\n${body}`;
    expect(withdrawn(`{${rest}`)).toBe(`{\n  "status": "canceled",\n  "reason": "Было не так: \\"quoted\\"",${rest}`);
  });

  test("before a file without front matter", () => {
    expect(withdrawn(`# One\n\n${body}`)).toBe(`---\n${words}---\n\n# One\n\n${body}`);
  });

  test("with the file's own line ends, after its byte order mark", () => {
    expect(withdrawn("\ufeff---\r\ntitle: One\r\n---\r\nWords.\r\n", null)).toBe(
      '\ufeff---\r\nstatus: "canceled"\r\ntitle: One\r\n---\r\nWords.\r\n',
    );
  });

  test("instead of the file's previous state", () => {
    const text = `---\ntitle: One\nstatus: published\nreason: another\nfeatured: true\n---\n${body}`;
    expect(withdrawn(text)).toBe(`---\n${words}title: One\nfeatured: true\n---\n${body}`);
  });
});

test.each([
  [
    "another encoding",
    Buffer.from([
      ...Buffer.from("# One\n\n"),
      ...[0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x20, 0xec, 0xe8, 0xf0].flatMap((byte) => [byte, byte]),
    ]),
  ],
  ["a reason of several lines", `---\ntitle: One\nreason: |\n  one\n  two\n---\n${body}`],
  ["a header of comment lines", `[title]: # "One"\n[date]: # "2026-03-01"\n\n${body}`],
  ["JSON with another state", `{ "title": "One", "status": "published" }\n\n${body}`],
  ["unreadable front matter", `---\ntitle: [One\n---\n${body}`],
  ["a draft", `---\ntitle: One\ndraft: true\n---\n${body}`],
])("is not written if that could change more: %s", (_, text) => {
  expect(withdrawn(text)).toBeUndefined();
});
