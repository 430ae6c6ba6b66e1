/** The words that pages and entries add on their own. */
export type Words = {
  /** Beside the title of a feed: what a feed is. */
  readonly whatIsAFeed: string;
  readonly subscribe: string;
  readonly newest: string;
  readonly nothingYet: string;
  readonly feeds: string;
  /** The link to the newsroom's own site. */
  readonly toTheSite: string;
  readonly otherLanguages: string;
  readonly allFeeds: string;
  /** Above the lines that a newsroom pastes into its own pages, and what they do there. */
  readonly forYourSite: string;
  readonly pasteThis: string;
  /** Before a date. */
  readonly updated: string;
  readonly tags: string;
  readonly license: string;
  /** For a withdrawn article: before its title, and in place of its text. */
  readonly withdrawn: string;
  readonly isWithdrawn: string;
  /** Before a note of correction. */
  readonly correction: string;
  /** The button that copies an address, before and after. */
  readonly copy: string;
  readonly copied: string;
  /** Before links to readers; the first of them opens a program on the visitor's own device. */
  readonly subscribeWith: string;
  readonly readerHere: string;
  /** The title and the text of the page for addresses without a page. */
  readonly notFound: string;
  readonly notFoundText: string;
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
    forYourSite: "For your own site",
    pasteThis: "Put these lines into the head of your pages: browsers and feed readers will then find the feeds on their own.",
    updated: "Updated",
    tags: "Tags",
    license: "Licence",
    withdrawn: "Withdrawn: ",
    isWithdrawn: "This article has been withdrawn.",
    correction: "Correction: ",
    copy: "Copy",
    copied: "Copied",
    subscribeWith: "Or subscribe with:",
    readerHere: "a program on this device",
    notFound: "Nothing here",
    notFoundText: "There is no page at this address. It may have moved, or the address has a typing error.",
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
    forYourSite: "Для вашего сайта",
    pasteThis: "Вставьте эти строки в head ваших страниц: браузеры и программы для чтения лент найдут ленты сами.",
    updated: "Обновлено",
    tags: "Темы",
    license: "Лицензия",
    withdrawn: "Отозвано: ",
    isWithdrawn: "Эта статья отозвана.",
    correction: "Исправление: ",
    copy: "Копировать",
    copied: "Скопировано",
    subscribeWith: "Или подпишитесь в программе:",
    readerHere: "на этом устройстве",
    notFound: "Страница не найдена",
    notFoundText: "По этому адресу ничего нет. Возможно, страница переехала или в адресе опечатка.",
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
    forYourSite: "用于您自己的网站",
    pasteThis: "把这几行放入网页的 head 中，浏览器和订阅阅读器就能自动发现订阅源。",
    updated: "更新于",
    tags: "标签",
    license: "许可协议",
    withdrawn: "已撤回：",
    isWithdrawn: "本文已撤回。",
    correction: "更正：",
    copy: "复制",
    copied: "已复制",
    subscribeWith: "也可以在这些阅读器中订阅：",
    readerHere: "本机程序",
    notFound: "找不到页面",
    notFoundText: "这个地址没有页面。页面可能已移走，或者地址有误。",
  },
  "zh-Hant": {
    whatIsAFeed: "這是一個訂閱源。把下面任意一個網址複製到訂閱閱讀器中，新文章就會自動送達。",
    subscribe: "訂閱",
    newest: "最新文章",
    nothingYet: "這裡還沒有文章。",
    feeds: "訂閱源",
    toTheSite: "前往網站",
    otherLanguages: "其他語言",
    allFeeds: "全部訂閱源清單（OPML）",
    forYourSite: "用於您自己的網站",
    pasteThis: "把這幾行放入網頁的 head 中，瀏覽器和訂閱閱讀器就能自動發現訂閱源。",
    updated: "更新於",
    tags: "標籤",
    license: "授權條款",
    withdrawn: "已撤回：",
    isWithdrawn: "本文已撤回。",
    correction: "更正：",
    copy: "複製",
    copied: "已複製",
    subscribeWith: "也可以在這些閱讀器中訂閱：",
    readerHere: "本機程式",
    notFound: "找不到頁面",
    notFoundText: "這個網址沒有頁面。頁面可能已移走，或者網址有誤。",
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
    forYourSite: "Өз сайтыңыз үшін",
    pasteThis: "Осы жолдарды беттеріңіздің head бөлігіне қойыңыз: браузерлер мен таспа оқитын бағдарламалар таспаларды өздері табады.",
    updated: "Жаңартылды",
    tags: "Тақырыптар",
    license: "Лицензия",
    withdrawn: "Кері қайтарылды: ",
    isWithdrawn: "Бұл мақала кері қайтарылды.",
    correction: "Түзету: ",
    copy: "Көшіру",
    copied: "Көшірілді",
    subscribeWith: "Немесе мына бағдарламада жазылыңыз:",
    readerHere: "осы құрылғыда",
    notFound: "Бет табылмады",
    notFoundText: "Бұл мекенжайда ештеңе жоқ. Бет көшірілген немесе мекенжайда қате болуы мүмкін.",
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
    forYourSite: "لموقعك",
    pasteThis: "ضع هذه الأسطر في رأس صفحاتك (head) لتجد المتصفحات وقارئات الخلاصات هذه الخلاصات تلقائيًا.",
    updated: "حُدِّث في",
    tags: "الوسوم",
    license: "الترخيص",
    withdrawn: "سُحبت: ",
    isWithdrawn: "سُحبت هذه المقالة.",
    correction: "تصحيح: ",
    copy: "نسخ",
    copied: "نُسخ",
    subscribeWith: "أو اشترك عبر:",
    readerHere: "برنامج على هذا الجهاز",
    notFound: "لا شيء هنا",
    notFoundText: "لا توجد صفحة في هذا العنوان. ربما نُقلت، أو في العنوان خطأ.",
  },
} as const satisfies Readonly<Record<string, Words>>;

type Spoken = keyof typeof WORDS;

const isSpoken = (language: string): language is Spoken => Object.hasOwn(WORDS, language);

/** The scripts in which our words for a language are written; they do not fit another script of it (`kk-Arab`). */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  en: ["latn"],
  ru: ["cyrl"],
  zh: ["hans", "hant"],
  kk: ["cyrl"],
  ar: ["arab"],
};
const TRADITIONAL = new Set(["hant", "tw", "hk", "mo"]);

/** Our language nearest to the requested one, with its words; English if none fits. */
export const wordsIn = (language: string | undefined): { readonly language: string; readonly words: Words } => {
  const [primary = "", ...others] = (language ?? "").toLowerCase().split("-");
  if (language === undefined || !isSpoken(primary)) return { language: "en", words: WORDS.en };
  const script = others.find((part) => /^[a-z]{4}$/.test(part));
  if (script !== undefined && !SCRIPTS[primary]?.includes(script)) return { language: primary, words: WORDS[primary] };
  const traditional = primary === "zh" && script !== "hans" && others.some((part) => TRADITIONAL.has(part));
  return { language, words: traditional ? WORDS["zh-Hant"] : WORDS[primary] };
};

const NAMES: Readonly<Record<string, string>> = {
  ar: "العربية",
  en: "English",
  kk: "Қазақша",
  ru: "Русский",
  zh: "中文",
  "zh-hans": "简体中文",
  "zh-hant": "繁體中文",
};

/** The name of a language in that language; its tag if the name is not known. */
export const nameOf = (language: string): string => NAMES[language.toLowerCase()] ?? language;
