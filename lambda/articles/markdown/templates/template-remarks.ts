import { notice, quoted, type Remark } from "../../model/remark.ts";
import type { Losses } from "./templates.ts";

type LineOf = (found: string | undefined) => number | undefined;

/** Notices on what was left out of a text, and on what is published although only the site's generator can decide that. */
export function templateRemarks({ dropped, loops, conditions, unclosed, comments, endless }: Losses, lineOf: LineOf): readonly Remark[] {
  const remarks: Remark[] = [];
  const statements = dropped.filter((written) => STATEMENT.test(written));
  const tags = dropped.filter((written) => !STATEMENT.test(written));
  if (tags.length > 0) {
    const [loop] = loops;
    const from = loop?.tag === tags[0] ? "" : ` from ${quoted(loop?.tag)}`;
    const along = loop === undefined ? "" : ` and the text${from} up to ${quoted(loop.end)}`;
    const message = `${counted(tags, "A template tag cannot run in a feed and was", "template tags cannot run in a feed and were")} left out: ${quoted(tags[0])}${along}.`;
    const hint = "Write what it shows in Markdown or HTML.";
    remarks.push(notice("template-dropped", message, { line: lineOf(tags[0]), hint }));
  }
  if (statements.length > 0) {
    const what = counted(
      statements,
      "A JavaScript import or export cannot run in a feed and was",
      "JavaScript imports and exports cannot run in a feed and were",
    );
    const message = `${what} left out: ${quoted(statements[0]?.trim())}.`;
    const hint = "Remove it, or rename the file to .mdx, which may hold imports.";
    remarks.push(notice("template-dropped", message, { line: lineOf(statements[0]), hint }));
  }
  if (conditions.length > 0) {
    const under = counted(conditions, "1 condition", "conditions");
    const message = `The text under ${under} is published, since only the site's generator can decide it: ${quoted(conditions[0])}.`;
    const hint = "Remove the condition, or the text that not everybody may see.";
    remarks.push(notice("template-condition", message, { line: lineOf(conditions[0]), hint }));
  }
  if (unclosed.length > 0) {
    const message = `${counted(unclosed, "1 tag is", "tags are")} never closed and shown as text: ${quoted(unclosed[0])}.`;
    const hint = "Close the tag, or write it as code, between backticks.";
    remarks.push(notice("template-unclosed", message, { line: lineOf(unclosed[0]), hint }));
  }
  if (comments.length > 0) {
    const message = `${counted(comments, "1 text was", "texts were")} left out as a comment: ${quoted(comments[0])}.`;
    const hint = "If it is not a comment, write its opening sign as code, between backticks.";
    remarks.push(notice("comment-dropped", message, { line: lineOf(comments[0]), hint }));
  }
  if (endless !== undefined) {
    const message = `A comment or condition is never closed, so nothing after it is published. It begins with ${quoted(endless.split("\n", 1)[0])}.`;
    remarks.push(notice("comment-unclosed", message, { line: lineOf(endless), hint: "Close it." }));
  }
  return remarks;
}

const STATEMENT = /^(?:import|export)\b/;

const counted = (all: readonly string[], one: string, many: string): string => (all.length === 1 ? one : `${all.length} ${many}`);
