import { isDotted } from "../articles/source.ts";
import type { Prepared } from "../run/prepared.ts";
import type { RunReport } from "./report.ts";

/** How many endings are named, the most frequent first. */
const most = 8;

/** Endings of files that can be articles as they are. */
const readable = /^\.(?:md|markdown|mdx|html?|txt)$/;

/** Why no feed has an entry, what was seen instead, and what to do; undefined if one has. */
export function nothingPublished(
  { articles, channels }: Pick<RunReport, "articles" | "channels">,
  { sources, intake }: Pick<Prepared, "sources" | "intake">,
  content: string,
): RunReport["nothing"] {
  if (articles.published + articles.canceled > 0 || channels.some(({ entries }) => entries > 0)) return undefined;
  const seen = byEnding(sources.map(({ key }) => key).filter((key) => !isDotted(key) && key !== "site.yaml"));
  return { content, seen, why: whyOf(articles, seen, intake.notTaken.length) };
}

function whyOf(
  { quarantined, withheld, passedOver }: RunReport["articles"],
  seen: Readonly<Record<string, number>>,
  notTaken: number,
): string {
  if (quarantined > 0) return "Correct the problems above; wireroom check shows each with its file and line.";
  if (withheld > 0) return "All are withheld (draft, embargoed, scheduled or expired); wireroom check says until when.";
  if (notTaken > 0) {
    return Object.keys(passedOver).some((ending) => readable.test(ending))
      ? 'None of them is taken by "articles" and "ignore" of site.yaml; wireroom check names each and why.'
      : "Wireroom reads Markdown, HTML and plain text: save the articles in one of these forms.";
  }
  return Object.keys(seen).length === 0
    ? "Nothing is there. Write an article, run wireroom init to start with two, or name another folder with --content."
    : "None of them looks like an article. Name the folder of the articles with --content, or write one in Markdown, HTML or plain text.";
}

function byEnding(keys: readonly string[]): Readonly<Record<string, number>> {
  const groups = Map.groupBy(keys, (key) => (/(?<=[^/])\.[^./]+$/.exec(key)?.[0] ?? "without an ending").toLowerCase());
  const counts = [...groups].map(([ending, { length }]) => [ending, length] as const);
  const inOrder = counts.sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1));
  const rest = inOrder.slice(most).reduce((sum, [, count]) => sum + count, 0);
  return Object.fromEntries([...inOrder.slice(0, most), ...(rest > 0 ? [["others", rest] as const] : [])]);
}
