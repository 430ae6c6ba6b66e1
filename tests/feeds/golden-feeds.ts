import type { FeedDocument } from "../../lambda/feeds/model/feed.ts";
import { aFeed, anEntry, anEntryNumbered } from "../support/a-feed.ts";

const at = (path: string): Required<FeedDocument["urls"]> => ({
  rss: `https://feeds.wire.example/${path}/rss.xml`,
  atom: `https://feeds.wire.example/${path}/atom.xml`,
  json: `https://feeds.wire.example/${path}/feed.json`,
});

const { url: _url, html: _html, ...bare } = anEntry();
const { language: _language, ...ofManyLanguages } = aFeed();

/** Everything that a window can express, in five languages. */
const window: FeedDocument = {
  ...ofManyLanguages,
  page: "https://feeds.wire.example/all/",
  description: "Central Asia & its neighbours",
  image: "https://wire.example/logo.png",
  icon: "https://wire.example/icon.png",
  copyright: "© 2026 The Wire",
  license: "https://creativecommons.org/licenses/by/4.0/",
  hub: "https://hub.example/",
  author: { name: "The Wire", email: "desk@wire.example", url: "https://wire.example/about/" },
  alternates: ["ru", "kk"].map((language) => ({ language, urls: at(`all/${language}`) })),
  previous: at("all/archive/2026-10"),
  tombstones: [{ uri: "tag:wire.example,2026:articles/gone", when: "2026-11-22T12:00:00.000Z" }],
  updated: "2026-11-23T09:00:00.000Z",
  entries: [
    anEntryNumbered(5, {
      title: "Каспий отступает: порт ищет глубину",
      summary: "Причалы Актау стоят в полукилометре от воды.",
      html: '<p><img src="https://wire.example/media/aktau.jpg" alt="Причал на сухом берегу"></p>\n<p>Причалы Актау стоят в полукилометре от воды.</p>',
      language: "ru",
      published: "2026-11-23T06:00:00.000Z",
      updated: "2026-11-23T09:00:00.000Z",
      authors: [{ name: "Айгуль Сеитова", url: "https://wire.example/people/seitova/" }, { name: "J. Brown & Sons" }],
      section: "economy",
      tags: ["Каспий", "R&D"],
      image: {
        url: "https://wire.example/media/aktau.jpg",
        type: "image/jpeg",
        bytes: 48_213,
        width: 1200,
        height: 800,
        alt: "Причал на сухом берегу",
      },
      translations: [
        { language: "kk", url: "https://wire.example/kk/economy/5/" },
        { language: "en", url: "https://wire.example/en/economy/5/" },
      ],
      comments: "https://wire.example/economy/5/#comments",
      via: { url: "https://agency.example/aktau?a=1&b=2", title: "Агентство «Берег» & Co" },
      license: "https://creativecommons.org/licenses/by-nd/4.0/",
    }),
    anEntryNumbered(4, {
      title: "Ұлытау: жол салынды",
      summary: "Жаңа жол екі аудан орталығын қосты.",
      html: "<p>Жаңа жол екі аудан орталығын қосты.</p>",
      language: "kk",
      published: "2026-11-22T06:00:00.000Z",
      updated: "2026-11-22T06:00:00.000Z",
    }),
    anEntryNumbered(3, {
      title: "中欧班列：十年之后",
      summary: "铁路口岸的早晨从编组开始。",
      html: "<p>铁路口岸的早晨从编组开始。</p>",
      language: "zh-Hans",
      published: "2026-11-21T06:00:00.000Z",
      updated: "2026-11-21T06:00:00.000Z",
      attachments: [
        { url: "https://wire.example/media/train.mp3", type: "audio/mpeg", bytes: 5_242_880, seconds: 327, title: "列车之声" },
        { url: "https://wire.example/media/map.pdf", type: "application/pdf", bytes: 90_112 },
      ],
    }),
    anEntryNumbered(2, {
      title: "بحر آرال: عودة الصيادين",
      summary: "عادت القوارب إلى الجزء الشمالي من البحر.",
      html: "<p>عادت القوارب إلى الجزء الشمالي من البحر.</p>",
      language: "ar",
      published: "2026-11-20T06:00:00.000Z",
      updated: "2026-11-20T06:00:00.000Z",
    }),
    { ...bare, published: "2026-11-19T06:00:00.000Z", updated: "2026-11-19T06:00:00.000Z" },
  ],
};

/** A finished month between two others. */
const archive = aFeed({
  kind: "archive",
  path: "all/archive/2026-10",
  urls: at("all/archive/2026-10"),
  current: at("all"),
  previous: at("all/archive/2026-09"),
  next: at("all/archive/2026-11"),
});

/** Texts that nobody should write and somebody will. */
const hostile = aFeed({
  path: "hostile",
  urls: at("hostile"),
  title: "R&D <b>news</b> ]]> &amp;amp;",
  entries: [
    anEntry({
      id: "  given by hand & kept to the letter é",
      uri: "urn:uuid:6ba7b811-9dad-51d1-80b4-00c04fd430c8",
      url: "https://пример.рф/путь?a=1&b=2",
      title: "The <script>alert(1)</script> tag\u0000, ]]>]]>]]> and &amp;amp; \u202Eright to left\u202C 👩🏽‍🚀\uD83D",
      summary: "inside:1 instead:2 ]]> <b>not bold</b>\u000B",
      html: '<p title="it&#x27;s">]]>]]>]]>]]>]]> &amp;amp; &lt;script&gt; 👩🏽‍🚀 \u0007</p>',
      authors: [{ name: 'Ann "Q" <b>' }],
      tags: ["]]>", "<b>"],
    }),
  ],
});

export const GOLDEN = { window, archive, hostile } as const;
