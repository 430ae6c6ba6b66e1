import { notice, quoted, type Remark } from "../../model/remark.ts";
import type { Losses } from "./templates.ts";

type LineOf = (found: string | undefined) => number | undefined;

/** What was left out of a text, or is published though nobody here can know whether it should be. */
export function templateRemarks({ dropped, loops, conditions, unclosed, comments, endless }: Losses, lineOf: LineOf): readonly Remark[] {
  const remarks: Remark[] = [];
  const statements = dropped.filter((written) => STATEMENT.test(written));
  const tags = dropped.filter((written) => !STATEMENT.test(written));
  if (tags.length > 0) {
    const [loop] = loops;
    const from = loop?.tag === tags[0] ? "" : ` from ${quoted(loop?.tag)}`;
    const along = loop === undefined ? "" : ` and the text${from} up to ${quoted(loop.end)}`;
    const message = `${counted(tags, "A template tag", "template tags")} cannot run in a feed, left out: ${quoted(tags[0])}${along}.`;
    const hint = "Write what it shows in Markdown or HTML.";
    remarks.push(notice("template-dropped", message, { line: lineOf(tags[0]), hint }));
  }
  if (statements.length > 0) {
    const message = `${counted(statements, "A JavaScript import or export", "JavaScript imports and exports")} cannot run in a feed, left out: ${quoted(statements[0]?.trim())}.`;
    const hint = "Take it out, or end the file's name in .mdx, where imports are expected.";
    remarks.push(notice("template-dropped", message, { line: lineOf(statements[0]), hint }));
  }
  if (conditions.length > 0) {
    const under = counted(conditions, "a condition", "conditions");
    const message = `What stands under ${under} is published, since only the site's generator knows whether it holds: ${quoted(conditions[0])}.`;
    const hint = "Take away the condition, or the text that is not for everybody.";
    remarks.push(notice("template-condition", message, { line: lineOf(conditions[0]), hint }));
  }
  if (unclosed.length > 0) {
    const message = `${counted(unclosed, "A sign of a tag has", "signs of tags have")} no end, shown as text: ${quoted(unclosed[0])}.`;
    const hint = "Close the tag, or write the sign as code, between backticks.";
    remarks.push(notice("template-unclosed", message, { line: lineOf(unclosed[0]), hint }));
  }
  if (comments.length > 0) {
    const message = `${counted(comments, "A text was", "texts were")} taken for a comment, left out: ${quoted(comments[0])}.`;
    const hint = "Write the sign before it as code, between backticks, where it opens no comment.";
    remarks.push(notice("comment-dropped", message, { line: lineOf(comments[0]), hint }));
  }
  if (endless !== undefined) {
    const message = `A comment has no end: nothing behind it is published. It begins with ${quoted(endless.split("\n", 1)[0])}.`;
    remarks.push(notice("comment-unclosed", message, { line: lineOf(endless), hint: "Close it where it ends." }));
  }
  return remarks;
}

const STATEMENT = /^(?:import|export)\b/;

const counted = (all: readonly string[], one: string, many: string): string => (all.length === 1 ? one : `${all.length} ${many}`);
