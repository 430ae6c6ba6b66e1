/** What a page says on its own. */
export type Words = {
  /** Beside the title of a feed: what this thing is. */
  readonly whatIsAFeed: string;
  readonly subscribe: string;
  readonly newest: string;
  readonly nothingYet: string;
  readonly feeds: string;
  /** Leads to the newsroom's own site. */
  readonly toTheSite: string;
  readonly otherLanguages: string;
  readonly allFeeds: string;
};

const WORDS = {
  en: {
    whatIsAFeed: "This is a feed. Copy one of the addresses into a feed reader, and new articles will come to you.",
    subscribe: "Subscribe",
    newest: "Newest articles",
    nothingYet: "There are no articles here yet.",
    feeds: "Feeds",
    toTheSite: "To the site",
    otherLanguages: "In other languages",
    allFeeds: "All feeds in one list (OPML)",
  },
  ru: {
    whatIsAFeed: "Это лента новостей. Скопируйте один из адресов в программу для чтения лент, и новые статьи будут приходить сами.",
    subscribe: "Подписаться",
    newest: "Новые статьи",
    nothingYet: "Статей здесь пока нет.",
    feeds: "Ленты",
    toTheSite: "На сайт",
    otherLanguages: "На других языках",
    allFeeds: "Все ленты одним списком (OPML)",
  },
  zh: {
    whatIsAFeed: "这是一个订阅源。把下面任意一个地址复制到订阅阅读器中，新文章就会自动送达。",
    subscribe: "订阅",
    newest: "最新文章",
    nothingYet: "这里还没有文章。",
    feeds: "订阅源",
    toTheSite: "前往网站",
    otherLanguages: "其他语言",
    allFeeds: "全部订阅源列表（OPML）",
  },
  kk: {
    whatIsAFeed: "Бұл — жаңалықтар таспасы. Мекенжайлардың бірін таспа оқитын бағдарламаға көшіріңіз, жаңа мақалалар өзі келіп тұрады.",
    subscribe: "Жазылу",
    newest: "Жаңа мақалалар",
    nothingYet: "Мұнда әзірге мақала жоқ.",
    feeds: "Таспалар",
    toTheSite: "Сайтқа өту",
    otherLanguages: "Басқа тілдерде",
    allFeeds: "Барлық таспалар бір тізімде (OPML)",
  },
  ar: {
    whatIsAFeed: "هذه خلاصة أخبار. انسخ أحد العناوين إلى قارئ الخلاصات لتصلك المقالات الجديدة تلقائيًا.",
    subscribe: "اشترك",
    newest: "أحدث المقالات",
    nothingYet: "لا توجد مقالات هنا بعد.",
    feeds: "الخلاصات",
    toTheSite: "إلى الموقع",
    otherLanguages: "بلغات أخرى",
    allFeeds: "كل الخلاصات في قائمة واحدة (OPML)",
  },
} as const satisfies Readonly<Record<string, Words>>;

type Spoken = keyof typeof WORDS;

const isSpoken = (language: string): language is Spoken => Object.hasOwn(WORDS, language);

/** The language of ours nearest to what is asked for: English where there is none, and with it the words. */
export const wordsIn = (language: string | undefined): { readonly language: string; readonly words: Words } => {
  const primary = (language ?? "").toLowerCase().split("-")[0] ?? "";
  return isSpoken(primary) ? { language: language ?? primary, words: WORDS[primary] } : { language: "en", words: WORDS.en };
};

const NAMES: Readonly<Record<string, string>> = { ar: "العربية", en: "English", kk: "Қазақша", ru: "Русский", zh: "中文" };

/** What a language calls itself; its tag where that is not known. */
export const nameOf = (language: string): string => NAMES[language.toLowerCase()] ?? language;
