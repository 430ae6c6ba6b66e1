import type { Body } from "./body.ts";
import type { FrontMatter } from "./front-matter/front-matter.ts";
import type { Dropped } from "./links/addresses.ts";
import { templateRemarks } from "./markdown/templates/template-remarks.ts";
import { notice, quoted, type Remark } from "./model/remark.ts";
import { lineAt } from "./model/xml-text.ts";

type Source = Pick<FrontMatter, "body" | "bodyLine">;

/** The line on which something was first written; undefined where it is written otherwise (an address with references in it). */
function lineOf(found: string | undefined, { body, bodyLine }: Source): number | undefined {
  const at = found === undefined || found === "" ? -1 : body.indexOf(found);
  return at === -1 ? undefined : bodyLine + lineAt(body, at) - 1;
}

/** What was mended in a body or left out of it. `html`: the body as `written`, without what no feed can carry. */
export function bodyRemarks(
  source: Source,
  written: string,
  html: string,
  { cut, frames, choices, losses }: Body,
  { links, files, inlineImages }: Dropped,
): readonly Remark[] {
  const remarks: Remark[] = [];
  if (written === "")
    remarks.push(notice("body-empty", "The article has a title and no text.", { hint: "Write the text below the front matter." }));
  if (written !== html) {
    remarks.push(notice("character-forbidden", "The text has characters, written as references, that no feed can carry; taken out."));
  }
  if (cut)
    remarks.push(
      notice("nesting-cut", "Elements were nested or left open beyond any use; the text was kept, their tags were set in order."),
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
      notice("link-dropped", lead("link", links), { line: lineOf(links[0], source), hint: "Links are http:, https:, mailto: or tel:." }),
    );
  if (files.length > 0)
    remarks.push(
      notice("file-dropped", lead("picture or sound", files), {
        line: lineOf(files[0], source),
        hint: "Files are at http: or https: addresses.",
      }),
    );
  if (inlineImages > 0) {
    const message = `${inlineImages === 1 ? "A picture" : `${inlineImages} pictures`} written into the text itself (data:) cannot go into a feed, and was left out.`;
    remarks.push(notice("image-inline", message, { line: lineOf("data:", source), hint: "Save it as a file and refer to that." }));
  }
  return remarks;
}

function framesDropped(frames: readonly string[], source: Source): Remark {
  const what = frames.length === 1 ? "An embedded page was" : `${frames.length} embedded pages were`;
  return notice("frame-dropped", `${what} left out, which no feed reader shows: ${quoted(frames[0])}.`, {
    line: lineOf(frames[0], source),
    hint: "Link to the page instead.",
  });
}

function lead(what: string, addresses: readonly string[]): string {
  const count = addresses.length === 1 ? `A ${what} has` : `${addresses.length} addresses of a ${what} have`;
  return `${count} an address that leads nowhere, taken off: ${quoted(addresses[0])}.`;
}
