import { describe, expect, test } from "vitest";
import { detect } from "../../lambda/articles/detect.ts";
import { canonicalTag, detectLanguage, languagePart } from "../../lambda/articles/language.ts";
import { aNewsroom, articleOf, codesOf } from "./a-newsroom.ts";
import { chance, paragraphs, SENTENCES, type Spoken, scattered } from "./sentences.ts";

describe("the detector", () => {
  test.each([
    ["ru", "Страны региона договорились о новых правилах перевозки зерна через границу."],
    ["ru", "Съезд объявил об итогах"],
    ["kk", "Қазақстан мен көршілес елдер астық тасымалының жаңа ережелері туралы келісті."],
    ["zh-Hans", "哈萨克斯坦与邻国就粮食运输的新规则达成协议，双方将继续发展贸易。"],
    ["zh-Hant", "哈薩克斯坦與鄰國就糧食運輸的新規則達成協議，雙方將繼續發展貿易。"],
    ["ar", "اتفقت دول المنطقة على قواعد جديدة لنقل الحبوب عبر الحدود في العام المقبل."],
    ["en", "The countries of the region have agreed on new rules for the transport of grain."],
    ["ru", "Компания Google объявила о новой версии Android для разработчиков"],
    ["zh-Hans", "Node.js 发布了新版本，开发者们可以从官方网站下载"],
  ])("knows %s: %s", (tag, text) => {
    expect(detect(text)).toBe(tag);
  });

  test.each([
    ["nothing", ""],
    ["figures", "2026 — 11.23 (100%)"],
    ["German", "Die Länder der Region haben sich auf neue Regeln für den Transport von Getreide geeinigt."],
    ["French", "Les pays de la région se sont mis d'accord sur de nouvelles règles pour le transport."],
    ["Uzbek", "Mintaqa davlatlari don tashish bo'yicha yangi qoidalar to'g'risida kelishib oldilar."],
    ["Ukrainian", "Країни регіону домовилися про нові правила перевезення зерна через кордон."],
    ["Kyrgyz", "Аймактын өлкөлөрү дан ташуунун жаңы эрежелери жөнүндө макулдашышты."],
    ["Tajik", "Кишварҳои минтақа дар бораи қоидаҳои нави интиқоли ғалла ба мувофиқа расиданд."],
    ["Japanese", "地域の国々は穀物輸送の新しい規則について合意しました。"],
    ["Persian", "کشورهای منطقه درباره قوانین جدید حمل غلات گفتگو می‌کنند."],
    ["Uyghur", "رايوندىكى دۆلەتلەر ئاشلىق توشۇشنىڭ يېڭى قائىدىلىرى توغرىسىدا كېلىشتى."],
    ["Hebrew", "מדינות האזור הסכימו על כללים חדשים להובלת תבואה."],
    ["Chinese that is of both scripts", "中山大小"],
  ])("does not know %s", (_, text) => {
    expect(detect(text)).toBeUndefined();
  });
});

// Mutation: in detect.ts, `0.12` of English words to `0.4`, or `0.03` of Kazakh letters to `0.15`: that language is then given up.
describe("of 200 paragraphs of 20 words (30 characters of Chinese) the detector", () => {
  test.each(Object.keys(SENTENCES) as Spoken[])(
    "mistakes fewer of %s than one in a hundred, and gives up on fewer than one in ten",
    (language) => {
      const random = chance(20261124);
      for (const texts of [paragraphs(language, 200, random), scattered(language, 200, random)]) {
        const answers = texts.map((text) => detectLanguage(text, aNewsroom()));
        expect(answers.filter((answer) => answer !== undefined && answer !== language).length / texts.length).toBeLessThan(0.01);
        expect(answers.filter((answer) => answer === undefined).length / texts.length).toBeLessThan(0.1);
      }
    },
  );
});

describe("the newsroom's own tags", () => {
  const chinese = "哈萨克斯坦与邻国就粮食运输的新规则达成协议，双方将继续发展贸易。";
  test.each([
    ["are what the detector answers", ["en", "zh-CN"], "zh-CN"],
    ["may be wider", ["zh"], "zh"],
    ["are all that it may answer", ["en", "ru"], undefined],
    ["of another script are another language", ["zh-Hant", "zh-TW"], undefined],
    ["are the six that it knows where none are named", [], "zh-Hans"],
  ])("%s", (_, languages, expected) => {
    expect(detectLanguage(chinese, { language: "en", languages })).toBe(expected);
  });

  test("of the site comes first where none are named", () => {
    expect(detectLanguage("The rules of the region are new for the transport.", { language: "en-GB", languages: [] })).toBe("en-GB");
  });
});

test.each([
  ["ru/story.md", "ru"],
  ["news/story.kk.md", "kk"],
  ["ru/story.en.md", "en"],
  ["ZH-hans/story.md", "zh-Hans"],
  ["de/story.md", undefined],
  ["zh/story.md", undefined],
  ["drum/story.md", undefined],
  ["en.md", undefined],
])("the path %s names %s", (key, expected) => {
  expect(languagePart(key, ["ru", "kk", "en", "zh-Hans"])?.tag).toBe(expected);
});

test.each([
  ["EN_us", "en-US"],
  ["zh-hans", "zh-Hans"],
  ["en_US.UTF-8", "en-US"],
  ["русский", undefined],
  ["", undefined],
])("the tag %s is %s", (written, expected) => {
  expect(canonicalTag(written)).toBe(expected);
});

describe("an article's language", () => {
  const russian = "Страны региона договорились о новых правилах перевозки зерна.";
  test("is what front matter says, else the path, else the text, else the site's", () => {
    expect(articleOf("kk/a.md", `---\ntitle: Т\nlang: ar\n---\n${russian}`).language).toBe("ar");
    expect(articleOf("kk/a.md", `---\ntitle: Т\n---\n${russian}`).language).toBe("kk");
    expect(articleOf("a.md", `---\ntitle: Т\n---\n${russian}`).language).toBe("ru");
    expect(articleOf("a.md", "---\ntitle: 5\n---\n5 + 5", aNewsroom({ language: "kk" })).language).toBe("kk");
  });

  test("of more than 35 characters is none: it would be a folder (RFC 5646, 4.4.1)", () => {
    const tag = `ru-x${"-abcdefgh".repeat(40)}`;
    expect(articleOf("a.md", `---\ntitle: Т\nlang: ${tag}\n---\n${russian}`).language).toBe("ru");
    expect(codesOf("a.md", `---\ntitle: Т\nlang: ${tag}\n---\n${russian}`)).toEqual(["language-invalid"]);
    expect(articleOf("a.md", `---\ntitle: Т\nlang: ${tag.slice(0, 31)}\n---\n${russian}`).language).toBe(tag.slice(0, 31));
  });

  test("that is no tag is a notice, and worked out", () => {
    expect(articleOf("a.md", `---\ntitle: Т\nlang: русский\n---\n${russian}`).language).toBe("ru");
    expect(codesOf("a.md", `---\ntitle: Т\nlang: русский\n---\n${russian}`)).toEqual(["language-invalid"]);
  });
});

test.each([
  ["news/story.ru.md", "news/story"],
  ["news/story.part.ru.md", "news/story.part"],
  ["ru/news/story.md", "*/news/story"],
  ["news/ru/story.html", "news/*/story"],
  ["kk/story.ru.md", "kk/story"],
])("what %s shares with its other languages is %s", (key, rest) => {
  expect(languagePart(key, ["ru", "kk"])?.rest).toBe(rest);
});
