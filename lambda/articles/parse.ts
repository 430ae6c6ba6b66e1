import type { Newsroom, Parsed } from "./model/article.ts";
import type { Hints, Source } from "./opened.ts";
import { parseBody } from "./parse-body.ts";
import { parseHead } from "./parse-head.ts";

/** Parses one file whole: head and body. Never throws because of its content. */
export function parse(source: Source, newsroom: Newsroom, hints: Hints): Parsed {
  const parsed = parseHead(source, newsroom, hints);
  if (parsed.kind !== "article") return parsed;
  const { size: _size, content: _content, mentioned: _mentioned, ...facts } = parsed.head;
  const { html = "", summary = "", findings = [] } = parseBody(source, newsroom, parsed.head) ?? {};
  return { ...parsed, article: { ...facts, html, summary: facts.summary ?? summary }, findings: [...parsed.findings, ...findings] };
}
