import type { Root } from "hast";
import type { Key } from "../stores/store.ts";
import { bodyOf, sourceFormatOf } from "./body.ts";
import { bodyRemarks } from "./body-remarks.ts";
import { boundedTitle, withinBounds } from "./bounds.ts";
import { dateOfPath } from "./dates/path-date.ts";
import { decode } from "./encoding/decode.ts";
import { lookup } from "./front-matter/fields/field-names.ts";
import { type Facts, factsOf, withFallback } from "./front-matter/fields/fields.ts";
import { frontMatter } from "./front-matter/front-matter.ts";
import { chooseTitle, hasContent } from "./headline.ts";
import { NOTES, plainText } from "./html/plain-text.ts";
import { markDirections, runsOneWay } from "./html/quotations.ts";
import { serialize } from "./html/serialize.ts";
import { LENGTH_EXCEEDED, PARTS_EXCEEDED, sizeLimitOf } from "./html/tree/size-limit.ts";
import { directionOf } from "./language/direction.ts";
import { languageOfText, languagePart } from "./language/language.ts";
import { makeAbsolute } from "./links/addresses.ts";
import { factAddresses } from "./links/fact-addresses.ts";
import { withoutSigns, withoutTemplateTags } from "./markdown/template-text.ts";
import { templateRemarks } from "./markdown/templates/template-remarks.ts";
import type { Article, Newsroom, Parsed, WrittenDate } from "./model/article.ts";
import { omitUndefined } from "./model/json-value.ts";
import { problem, type Remark } from "./model/remark.ts";
import { withoutForbidden } from "./model/xml-text.ts";
import { isIndex } from "./source.ts";
import { givenSlug, slugOf } from "./title/slug.ts";
import { summarize } from "./title/summary.ts";
import { mendTitle } from "./title/title.ts";

export type Source = { readonly key: Key; readonly bytes: Uint8Array };

/** Known only from the listing: whether this is the only article in its folder. */
export type Hints = { readonly soleInFolder: boolean };

/** Parses one file to its outcome. Never throws because of its content. */
export function parse(source: Source, newsroom: Newsroom, hints: Hints): Parsed {
  try {
    return read(source, newsroom, hints);
  } catch (error) {
    // Something is nested too deep for the call stack, and none of our bounds caught it.
    if (error instanceof RangeError && error.message.includes("call stack")) return quarantined(source.key, [PARTS_EXCEEDED]);
    throw error;
  }
}

function read({ key, bytes }: Source, newsroom: Newsroom, { soleInFolder }: Hints): Parsed {
  if (isIndex(key) && !soleInFolder) return passedOver(key, "It is the index page of a folder with other articles.");
  const decoded = decode(bytes);
  if (decoded.kind === "damaged") return quarantined(key, decoded.remarks);
  const header = frontMatter(decoded.text);
  const { facts: given, remarks: ofFields } = factsOf(header.fields, key, newsroom.timezone);
  const ofHeader = [...decoded.remarks, ...header.remarks, ...ofFields];
  if (given.lifecycle.draft) {
    return {
      kind: "withheld",
      key,
      reason: "draft",
      findings: withKey(
        key,
        ofHeader.filter(({ kind }) => kind === "notice"),
      ),
    };
  }
  if (ofHeader.some(isProblem)) return quarantined(key, ofHeader);

  const body = bodyOf(sourceFormatOf(key), header.body);
  if (body.refusal !== undefined) return quarantined(key, [...ofHeader, body.refusal]);
  const found = lookup(header.fields);
  const all = withFallback(given, factsOf(body.fields, key, newsroom.timezone).facts);
  const { facts, remarks: ofBounds } = withinBounds(all, (fact) => found.one(fact)?.line);
  if (ofBounds.some(isProblem)) return quarantined(key, [...ofHeader, ...ofBounds]);
  const published = facts.published ?? dateOfPath(facts.url?.text ?? "", newsroom.timezone) ?? dateOfPath(key, newsroom.timezone);
  if (isIndex(key) && published === undefined && plainText(body.tree, LEAST_OF_INDEX + 1).length <= LEAST_OF_INDEX) {
    return passedOver(key, `It is an index page without a date and with at most ${LEAST_OF_INDEX} characters.`);
  }
  if (published === undefined && facts.lifecycle.undated !== undefined) return quarantined(key, [...ofHeader, facts.lifecycle.undated]);
  if (facts.title === undefined && !hasContent(body.tree)) return quarantined(key, [...ofHeader, NOTHING_THERE]);

  const [givenTitle, summary] = [facts.title, facts.summary].map((text) => (text === undefined ? undefined : withoutTemplateTags(text)));
  const title = chooseTitle(givenTitle?.text || undefined, body, key);
  const titleLine = title.fromBody
    ? header.bodyLine + blankLines(header.body)
    : header.fields.find(({ name }) => /^title$/i.test(name))?.line;
  const chosen = boundedTitle(title, body.tree, titleLine);
  const mended = mendTitle(withoutSigns(chosen.title) || chosen.title, decoded.text, titleLine);
  const addresses = factAddresses(facts, newsroom.url, key);
  const most = sizeLimitOf(header.body);
  const dropped = makeAbsolute(chosen.tree, { base: addresses.url ?? newsroom.url, own: addresses.url !== undefined, key }, most);
  if (dropped.exceedsLimit) return quarantined(key, [...ofHeader, LENGTH_EXCEEDED]);
  const language = languageOf(key, facts, `${mended.title}\n${plainText(chosen.tree, 4000, CODE)}`, newsroom);
  const own = directionOf(language);
  if (!runsOneWay(header.body, own)) markDirections(chosen.tree, own);
  const written = serialize(chosen.tree, most)?.trim();
  if (written === undefined) return quarantined(key, [...ofHeader, LENGTH_EXCEEDED]);
  const html = withoutForbidden(written);
  const article = compose({
    key,
    facts: { ...facts, summary: summary?.text || undefined },
    published,
    title: mended.title,
    tree: chosen.tree,
    html,
    addresses,
    language,
  });
  const lineOfField = (found: string | undefined): number | undefined =>
    header.fields.find(({ value }) => String(value).includes(found ?? ""))?.line;
  const remarks = [
    ...ofHeader,
    ...ofBounds,
    ...[givenTitle, summary].flatMap((text) => (text === undefined ? [] : templateRemarks(text.losses, lineOfField))),
    ...chosen.remarks,
    ...mended.remarks,
    ...addresses.remarks,
    ...bodyRemarks(header, written, html, body, dropped),
  ];
  return { kind: "article", article, findings: withKey(key, remarks), ...omitUndefined({ idLine: found.one("id")?.line }) };
}

const LEAST_OF_INDEX = 200;

const NOTHING_THERE = problem("article-empty", "The article has neither title nor text.", {
  hint: 'Write title: "…" and text below it.',
});

const isProblem = ({ kind }: Remark): boolean => kind === "problem";
const withKey = (key: Key, remarks: readonly Remark[]) => remarks.map((remark) => ({ ...remark, key }));
const quarantined = (key: Key, remarks: readonly Remark[]): Parsed => ({ kind: "quarantined", key, findings: withKey(key, remarks) });
const passedOver = (key: Key, reason: string): Parsed => ({ kind: "passed-over", key, reason });
const blankLines = (text: string): number => /^\s*\n/.exec(text)?.[0].match(/\n/g)?.length ?? 0;

type Parts = {
  readonly key: Key;
  readonly facts: Facts;
  readonly published: WrittenDate | undefined;
  readonly title: string;
  readonly tree: Root;
  readonly html: string;
  readonly addresses: ReturnType<typeof factAddresses>;
  readonly language: string;
};

const languageOf = (key: Key, facts: Facts, text: string, newsroom: Newsroom): string =>
  facts.language ?? languagePart(key, newsroom.languages)?.tag ?? languageOfText(text, newsroom);

function compose({ key, facts, published, title, tree, html, addresses, language }: Parts): Article {
  return {
    key,
    title,
    html,
    summary: facts.summary === undefined ? summaryOfTree(tree) : plainSummary(facts.summary),
    language,
    authors: addresses.authors,
    tags: facts.tags,
    slug: givenSlug(facts.slug ?? "") || slugOf(key, title),
    attachments: addresses.attachments,
    ...omitUndefined({
      published,
      updated: facts.updated,
      embargo: facts.embargo,
      expires: facts.expires,
      section: facts.section,
      url: addresses.url,
      id: facts.id,
      image: addresses.image,
      translationOf: facts.translationOf,
      comments: addresses.comments,
      via: addresses.via,
      license: addresses.license,
      correction: facts.correction,
      canceled: facts.lifecycle.canceled,
    }),
  };
}

const CODE: ReadonlySet<string> = new Set(["pre", "code", "table"]);
/** Elements that read badly in one paragraph; used only if nothing else is left. */
const NO_PROSE: ReadonlySet<string> = new Set(["pre", "table", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "dl", NOTES]);

const summaryOfTree = (tree: Root): string => summarize(withoutSigns(plainText(tree, 4000, NO_PROSE) || plainText(tree, 4000)));

/** Some programs write summaries as HTML. */
function plainSummary(written: string): string {
  return /^<.*>$/s.test(written) ? plainText(bodyOf("html", written).tree) : written;
}
