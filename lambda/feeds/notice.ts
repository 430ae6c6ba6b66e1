import type { Metadata } from "../channels/record.ts";
import type { Entry } from "./feed.ts";
import { htmlText } from "./text.ts";

type Words = {
  /** Stands before the title of a withdrawn article. */
  readonly withdrawn: string;
  readonly isWithdrawn: string;
  /** Stands before a note of correction. */
  readonly correction: string;
};

const ENGLISH: Words = { withdrawn: "Withdrawn: ", isWithdrawn: "This article has been withdrawn.", correction: "Correction: " };
const WORDS: Readonly<Record<string, Words>> = {
  ru: { withdrawn: "Отозвано: ", isWithdrawn: "Эта статья отозвана.", correction: "Исправление: " },
  kk: { withdrawn: "Кері қайтарылды: ", isWithdrawn: "Бұл мақала кері қайтарылды.", correction: "Түзету: " },
  zh: { withdrawn: "已撤回：", isWithdrawn: "本文已撤回。", correction: "更正：" },
  ar: { withdrawn: "سُحبت: ", isWithdrawn: "سُحبت هذه المقالة.", correction: "تصحيح: " },
};

/** In the article's own language, where we speak it. */
const wordsFor = (language: string): Words => WORDS[language.toLowerCase().split("-")[0] ?? ""] ?? ENGLISH;

/** What an entry says beside what its article says, and finished HTML of the same for the place of the body, or before it. */
export type Said = Pick<Entry, "title" | "summary"> & { readonly note?: string };

/** In the place of a withdrawn article: that it is withdrawn, and why. Nothing of its text. */
export const withdrawalOf = ({ title, language, canceled }: Metadata): Required<Said> => {
  const { withdrawn, isWithdrawn } = wordsFor(language);
  const reason = canceled?.reason === undefined ? [] : [canceled.reason];
  return {
    title: withdrawn + title,
    summary: [isWithdrawn, ...reason].join(" "),
    note: [isWithdrawn, ...reason].map((text) => `<p>${htmlText(text)}</p>`).join("\n"),
  };
};

/** Before a corrected article, what was corrected; in its summary too where that is all that is shown of it (`full` is false). */
export const correctionOf = ({ title, summary, language, correction }: Metadata, full: boolean): Said => {
  if (correction === undefined) return { title, summary };
  const { correction: label } = wordsFor(language);
  if (!full) return { title, summary: `${label}${correction} ${summary}`.trim() };
  return { title, summary, note: `<p><strong>${htmlText(label.trim())}</strong> ${htmlText(correction)}</p>` };
};
