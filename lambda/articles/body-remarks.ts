import type { Body } from "./body.ts";
import type { FrontMatter } from "./front-matter/front-matter.ts";
import type { Dropped } from "./links/addresses.ts";
import { templateRemarks } from "./markdown/templates/template-remarks.ts";
import { notice, quoted, type Remark } from "./model/remark.ts";
import { lineAt } from "./model/xml-text.ts";

type Source = Pick<FrontMatter, "body" | "bodyLine">;

/** The line where `found` first appears; undefined if the source spells it differently (an address with character references). */
function lineOf(found: string | undefined, { body, bodyLine }: Source): number | undefined {
  const at = found === undefined || found === "" ? -1 : body.indexOf(found);
  return at === -1 ? undefined : bodyLine + lineAt(body, at) - 1;
}

/** Notices on what was repaired in a body or left out of it. `html` is `written` without the characters that no feed can carry. */
export function bodyRemarks(
  source: Source,
  written: string,
  html: string,
  { cut, frames, choices, losses }: Body,
  { links, files, inlineImages }: Dropped,
): readonly Remark[] {
  const remarks: Remark[] = [];
  if (written === "")
    remarks.push(notice("body-empty", "The article has a title but no text.", { hint: "Write the text below the front matter." }));
  if (written !== html) {
    remarks.push(notice("character-forbidden", "The text refers to characters (&#…;) that no feed can carry; they were removed."));
  }
  if (cut)
    remarks.push(
      notice("nesting-cut", "Elements were nested too deep or left open too often; the text was kept and the tags were repaired."),
    );
  remarks.push(...templateRemarks(losses, (found) => lineOf(found, source)));
  if (frames.length > 0) remarks.push(framesDropped(frames, source));
  if (choices.length > 0) {
    const what = choices.length === 1 ? "A list of choices was" : `${choices.length} lists of choices were`;
    const message = `${what} left out, since nobody can choose in a feed: ${quoted(choices[0])}.`;
    remarks.push(notice("choices-dropped", message, { line: lineOf("<select", source), hint: "Write the choices as a list." }));
  }
  if (links.length > 0)
    remarks.push(
      notice("link-dropped", linksDropped(links), {
        line: lineOf(links[0], source),
        hint: "Use an http:, https:, mailto: or tel: address.",
      }),
    );
  if (files.length > 0)
    remarks.push(
      notice("file-dropped", filesDropped(files), {
        line: lineOf(files[0], source),
        hint: "Use an http: or https: address.",
      }),
    );
  if (inlineImages > 0) {
    const what = inlineImages === 1 ? "1 picture embedded in the text was" : `${inlineImages} pictures embedded in the text were`;
    const message = `${what} left out: feeds carry no data: addresses.`;
    remarks.push(notice("image-inline", message, { line: lineOf("data:", source), hint: "Save it as a file and refer to the file." }));
  }
  return remarks;
}

function framesDropped(frames: readonly string[], source: Source): Remark {
  const what = frames.length === 1 ? "1 embedded page was" : `${frames.length} embedded pages were`;
  return notice("frame-dropped", `${what} left out, since feed readers show none (${found(frames)}).`, {
    line: lineOf(frames[0], source),
    hint: "Link to the page instead.",
  });
}

function linksDropped(links: readonly string[]): string {
  return links.length === 1
    ? `1 link had no address; its text was kept (${found(links)}).`
    : `${links.length} links had no address; their text was kept (${found(links)}).`;
}

function filesDropped(files: readonly string[]): string {
  return files.length === 1
    ? `1 picture or sound had no address and was left out (${found(files)}).`
    : `${files.length} pictures or sounds had no address and were left out (${found(files)}).`;
}

/** What the author wrote, or the first of several. */
const found = (written: readonly string[]): string => `${written.length === 1 ? "got" : "the first was"} ${quoted(written[0])}`;
