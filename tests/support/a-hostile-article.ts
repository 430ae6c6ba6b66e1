/** Text that nobody should write and somebody will, for every field that a feed shows. */
const HOSTILE = [
  "<script>alert(1)</script>",
  "]]>]]>]]>]]>]]>",
  "&amp;amp; &lt;b&gt; &#0;",
  "a\u0000b\u0001c\u000Bd\u001Be\u0085f\uFFFE\uFFFF",
  "half \uD83D and other half \uDE00 of a pair",
  "\u200Fמימין\u200E \u202Eלשמאל\u202C \u2066عربي\u2069",
  "👩🏽‍🚀 👨‍👩‍👧‍👦 🇰🇿 𠮷 ❤️‍🔥",
  "inside:0 instead:1 $& $1 undefined",
] as const;

/** The same text on one line, without the characters that no feed can hold. */
export const SURVIVES = [
  "<script>alert(1)</script>",
  "]]>]]>]]>]]>]]>",
  "&amp;amp; &lt;b&gt; &#0;",
  "abcdef",
  "half and other half of a pair",
  "\u200Fמימין\u200E \u202Eלשמאל\u202C \u2066عربي\u2069",
  "👩🏽‍🚀 👨‍👩‍👧‍👦 🇰🇿 𠮷 ❤️‍🔥",
  "inside:0 instead:1 $& $1 undefined",
] as const;

export const LONG = `200 KB ${"длинно ".repeat(15_500)}`.trim();

/** An article with all of them: a title of 200 KB, a url in Cyrillic, a body of Markdown, HTML and raw control characters. */
export const hostileArticle = (): string => {
  const hostile = HOSTILE.join(" ");
  const fields: Readonly<Record<string, unknown>> = {
    title: `${hostile} ${LONG}`,
    date: "2026-11-20T09:00:00Z",
    summary: hostile,
    url: "https://пример.рф/путь/к статье?имя=значение&b=2#место",
    authors: [{ name: 'Ann "Q" <b> & Co ]]>', url: "https://пример.рф/автор" }, { name: "محمد \u202E" }],
    tags: ["]]>", "<b>", 'R&D "x"', "\u0001tag"],
    section: "a<b & c",
    image: { url: "https://пример.рф/картинка один.jpg?a=1&b=2", alt: 'The <script> tag, "]]>" & \u0007' },
    comments: "https://пример.рф/обсуждение?a=1&b=<2>#речь",
    source: { url: "https://пример.рф/источник", title: 'Q&A <b> "x" ]]>' },
    license: "https://пример.рф/лицензия",
    correction: "It was <b>not</b> ]]> & so \u0001",
    audio: { url: "https://пример.рф/звук.mp3", type: "audio/mpeg", bytes: 7, seconds: 61.5, title: 'Q&A <live> "x"' },
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const body = [
    '`]]>]]>]]>]]>]]>` &amp;amp; \u0001\u000B\u001B <b title="a &quot;]]>&quot; <i>">bold</b>',
    '<script>alert(1)</script><img src="/rel.png" alt="]]>" onerror="alert(1)"><a href="javascript:alert(1)">no</a>',
    "[link](https://пример.рф/путь) ![The <script> tag](https://wire.example/a.png) &#1; &#xD800; &#x1F680;",
    "\u200Fעברית \u202E 👩🏽‍🚀",
  ];
  return `---\n${lines.join("\n")}\n---\n\n${body.join("\n\n")}\n`;
};
