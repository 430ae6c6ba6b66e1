import type { Root } from "hast";
import { type Beginning, beginningsOf } from "./beginning.ts";
import { bodyOf, sourceFormatOf } from "./body.ts";
import { bodyRemarks } from "./body-remarks.ts";
import { boundedTitle } from "./bounds.ts";
import { chooseTitle, titleOfBeginning } from "./headline.ts";
import { NOTES, plainText } from "./html/plain-text.ts";
import { markDirections, runsOneWay } from "./html/quotations.ts";
import { serialize } from "./html/serialize.ts";
import { LENGTH_EXCEEDED, sizeLimitOf } from "./html/tree/size-limit.ts";
import { directionOf } from "./language/direction.ts";
import { makeAbsolute } from "./links/addresses.ts";
import type { ArticleReference } from "./links/article-link.ts";
import { type MediaReference, referencesOf } from "./links/media-mark.ts";
import { mayHoldSigns, withoutSigns, withoutTemplateTags } from "./markdown/template-text.ts";
import type { Finding, Newsroom } from "./model/article.ts";
import type { Remark } from "./model/remark.ts";
import { withoutForbidden } from "./model/xml-text.ts";
import { type Source, type Text, withKey, writtenTextOf } from "./opened.ts";
import type { Head } from "./parse-head.ts";
import { decidesSummary, summarize } from "./title/summary.ts";

/** The text of an article, as documents show it. */
export type ParsedBody = {
  /** Safe anywhere, with marks for addresses that only the catalog knows. Absent: it swells beyond the limits. */
  readonly html?: string;
  /** Made from the beginning of the text; empty if it has no words. */
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** The files that it shows and that may be in the content. */
  readonly media: readonly MediaReference[];
  /** The articles that it links to. */
  readonly links: readonly ArticleReference[];
};

/**
 * Parses the text of the article that has this head. Undefined if the file holds no text. Never throws because of its content, and never
 * refuses it.
 */
export function parseBody(source: Source, newsroom: Newsroom, head: Head): ParsedBody | undefined {
  const file = writtenTextOf(source, newsroom);
  if (file === undefined) return undefined;
  const { key, header } = file;
  const body = bodyOf(sourceFormatOf(key), header.body);
  if (body.refusal !== undefined) return withoutText(file, head, body.refusal);
  const chosen = boundedTitle(chooseTitle(titleOf(file), body, key), body.tree, undefined);
  const { tree } = chosen;
  const most = sizeLimitOf(header.body);
  const dropped = makeAbsolute(tree, { base: head.url ?? newsroom.url, own: head.url !== undefined, key }, most);
  const own = directionOf(head.language);
  if (!dropped.exceedsLimit && !runsOneWay(header.body, own)) markDirections(tree, own);
  const written = dropped.exceedsLimit ? undefined : serialize(tree, most)?.trim();
  if (written === undefined) return withoutText(file, head, LENGTH_EXCEEDED);
  const html = withoutForbidden(written);
  return {
    html,
    summary: summaryIn(tree),
    findings: withKey(key, bodyRemarks(header, written, html, body, dropped)),
    media: referencesOf({ ...head, html }),
    links: dropped.articles,
  };
}

/** The summary alone, from as little of the text as decides it. Undefined if the file holds no text. */
export function parseSummary(source: Source, newsroom: Newsroom): string | undefined {
  const file = writtenTextOf(source, newsroom);
  return file === undefined ? undefined : summaryOf(file);
}

function withoutText(file: Text, head: Head, refusal: Remark): ParsedBody {
  return { summary: summaryOf(file), findings: withKey(file.key, [refusal]), media: referencesOf({ ...head, html: "" }), links: [] };
}

const titleOf = ({ title }: Text): string | undefined => (title === undefined ? undefined : withoutTemplateTags(title).text || undefined);

/** Elements that read badly in one paragraph; used only if nothing else is left. */
const NO_PROSE: ReadonlySet<string> = new Set(["pre", "table", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "dl", NOTES]);

/** The summary from the beginning of the prose, if that decides it. */
function summaryIn(tree: Root): string {
  const beginning = plainText(tree, BEGINNING, NO_PROSE);
  if (!mayHoldSigns(beginning) && decidesSummary(beginning)) return summarize(beginning);
  return summarize(withoutSigns(plainText(tree, 4000, NO_PROSE) || plainText(tree, 4000)));
}

/** Characters, somewhat more than a summary has. */
const BEGINNING = 600;

function summaryOf(file: Text): string {
  const form = sourceFormatOf(file.key);
  let last: Beginning | undefined;
  for (const beginning of beginningsOf(form, file.header.body)) {
    // If the whole text is refused, its beginning serves.
    const { body, rest } = beginning.body.refusal === undefined ? beginning : { ...(last ?? beginning), rest: "" };
    const title = titleOfBeginning(titleOf(file), { body, rest }, form, file.key);
    last = beginning;
    if (title === undefined) continue;
    const { tree } = boundedTitle(title, body.tree, undefined);
    const prose = plainText(tree, 4000, NO_PROSE);
    if (rest === "") return summarize(withoutSigns(prose || plainText(tree, 4000)));
    if (!mayHoldSigns(prose) && decidesSummary(prose)) return summarize(prose);
  }
  return "";
}
