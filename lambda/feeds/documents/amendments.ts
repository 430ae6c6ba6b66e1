import { type Metadata, shownSummary } from "../../channels/catalog/ledger/record.ts";
import type { Entry } from "../model/feed.ts";
import { htmlText } from "../model/text.ts";
import { wordsIn } from "../model/words.ts";
import { languageAttributesWithin } from "../pages/page-frame.ts";

/** What an entry says in addition to its article, and the same as finished HTML that replaces the body or comes before it. */
export type AmendedText = Pick<Entry, "title" | "summary"> & { readonly note?: string };

/** The replacement for a withdrawn article: that it is withdrawn, and why. It holds nothing of the article's text. */
export const withdrawnText = ({ title, language, canceled }: Metadata): Required<AmendedText> => {
  const { words, language: ours } = wordsIn(language);
  const { withdrawn, isWithdrawn } = words;
  const reason = canceled?.reason === undefined ? [] : [canceled.reason];
  return {
    title: withdrawn + title,
    summary: [isWithdrawn, ...reason].join(" "),
    note: [`<p${languageAttributesWithin(language, ours)}>${isWithdrawn}</p>`, ...reason.map((text) => `<p>${htmlText(text)}</p>`)].join(
      "\n",
    ),
  };
};

/** What was corrected, before a corrected article; in the summary too if the feed shows only summaries (`full` is false). */
export const correctedText = (meta: Metadata, full: boolean): AmendedText => {
  const { title, language, correction } = meta;
  const summary = shownSummary(meta);
  if (correction === undefined) return { title, summary };
  const { words, language: ours } = wordsIn(language);
  const label = words.correction;
  if (!full) return { title, summary: `${label}${correction} ${summary}`.trim() };
  return {
    title,
    summary,
    note: `<p><strong${languageAttributesWithin(language, ours)}>${htmlText(label.trim())}</strong> ${htmlText(correction)}</p>`,
  };
};
