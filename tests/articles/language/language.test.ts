import { describe, expect, test } from "vitest";
import { guessLanguage } from "../../../lambda/articles/language/detect.ts";
import { directionOf } from "../../../lambda/articles/language/direction.ts";
import { canonicalTag, languageOfText, languagePart } from "../../../lambda/articles/language/language.ts";
import { aNewsroom, articleOf, codesOf } from "../a-newsroom.ts";
import { chance, paragraphs, SENTENCES, type Spoken, scattered } from "../sentences.ts";

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
    expect(guessLanguage(text).tag).toBe(tag);
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
    ["Chinese that fits both scripts", "中山大小"],
  ])("does not know %s", (_, text) => {
    expect(guessLanguage(text).tag).toBeUndefined();
  });
});

// Mutation: in detect.ts, `0.12` of English words to `0.4`, or `0.03` of Kazakh letters to `0.15`: that language is then not detected.
describe("of 200 paragraphs of 20 words (30 characters of Chinese) the detector", () => {
  test.each(Object.keys(SENTENCES) as Spoken[])(
    "mistakes fewer of %s than one in a hundred, and gives up on fewer than one in ten",
    (language) => {
      const random = chance(20261124);
      for (const texts of [paragraphs(language, 200, random), scattered(language, 200, random)]) {
        const answers = texts.map((text) => guessLanguage(text).tag);
        expect(answers.filter((answer) => answer !== undefined && answer !== language).length / texts.length).toBeLessThan(0.01);
        expect(answers.filter((answer) => answer === undefined).length / texts.length).toBeLessThan(0.1);
      }
    },
  );
});

describe("the newsroom's tags", () => {
  const chinese = "哈萨克斯坦与邻国就粮食运输的新规则达成协议，双方将继续发展贸易。";
  test.each([
    ["are what the detector returns", ["en", "zh-CN"], "zh-CN"],
    ["may be wider", ["zh"], "zh"],
    ["are all that it may return", ["en", "ru"], "und-Hans"],
    ["with another script are another language", ["zh-Hant", "zh-TW"], "und-Hans"],
    ["are the six known ones if none are named", [], "zh-Hans"],
  ])("%s", (_, languages, expected) => {
    expect(languageOfText(chinese, { language: "en", languages })).toBe(expected);
  });

  test("of the site comes first if none are named", () => {
    expect(languageOfText("The rules of the region are new for the transport.", { language: "en-GB", languages: [] })).toBe("en-GB");
  });
});

describe("in a source, these are no words of its language:", () => {
  const chinese = "哈萨克斯坦与邻国就粮食运输的新规则达成协议，双方将继续发展贸易。";
  test.each([
    [
      "modules of MDX",
      `import Card from '~/components/landing/Card.astro'\nimport {\n  CardGrid,\n  Steps,\n} from "@astrojs/starlight/components";\n\n${chinese}`,
    ],
    ["the name of a tag in a sentence", `The \`<script>\` tag.\n\n${chinese}`],
  ])("%s", (_, source) => {
    expect(articleOf("a.mdx", `---\ntitle: Astro\n---\n${source}`).language).toBe("zh-Hans");
  });
});

/** The first article of the Universal Declaration of Human Rights. */
const RIGHTS: Readonly<Record<string, string>> = {
  ar: "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميرًا وعليهم أن يعامل بعضهم بعضًا بروح الإخاء.",
  fa: "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند. همه دارای عقل و وجدان می‌باشند و باید نسبت به یکدیگر با روح برادری رفتار کنند.",
  ur: "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ انہیں ضمیر اور عقل ودیعت ہوئی ہے۔ اس لیے انہیں ایک دوسرے کے ساتھ بھائی چارے کا سلوک کرنا چاہیے۔",
  ps: "د بشر ټول افراد آزاد نړۍ ته راځي او د حيثيت او د حقوقو له پلوه سره برابر دي. ټول د عقل او وجدان خاوندان دي او يو له بل سره د ورورۍ په روحيې سره بايد چلند کړي.",
  ckb: "هەموو مرۆڤەکان بە ئازادی و بە کەرامەت و مافی یەکسانەوە لەدایک دەبن. خاوەنی ئاوەز و ویژدانن و پێویستە بە گیانی برایانە مامەڵە لەگەڵ یەکتر بکەن.",
  he: "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה.",
  yi: "יעדער מענטש װערט געבױרן פֿרײַ און גלײַך אין כּבֿוד און רעכט. יעדער װערט באַשאָנקן מיט פֿאַרשטאַנד און געװיסן.",
  uk: "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства.",
  bg: "Всички хора се раждат свободни и равни по достойнство и права. Те са надарени с разум и съвест и следва да се отнасят помежду си в дух на братство.",
  sr: "Сва људска бића рађају се слободна и једнака у достојанству и правима. Она су обдарена разумом и свешћу и треба једни према другима да поступају у духу братства.",
  mn: "Хүн бүр төрж мэндлэхэд эрх чөлөөтэй, адилхан нэр төртэй, ижил эрхтэй байдаг. Оюун ухаан, нандин чанар заяасан хүн гэгч өөр хоорондоо ахан дүүгийн үзэл санаагаар харьцах учиртай.",
  ky: "Бардык адамдар өз беделинде жана укуктарында эркин жана тең укуктуу болуп жаралат. Алардын аң-сезими менен абийири бар жана бири-бирине бир туугандык мамиле кылууга тийиш.",
  tg: "Тамоми одамон озод ба дунё меоянд ва аз лиҳози манзилату ҳуқуқ бо ҳам баробаранд. Ҳама соҳиби ақлу виҷдонанд, бояд нисбат ба якдигар бародарвор муносабат намоянд.",
  de: "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.",
  fr: "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.",
  es: "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.",
  tr: "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.",
  vi: "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. Mọi con người đều được tạo hoá ban cho lý trí và lương tâm và cần phải đối xử với nhau trong tình bằng hữu.",
  uz: "Barcha odamlar erkin, qadr-qimmat va huquqlarda teng bo'lib tug'iladilar. Ular aql va vijdon sohibidirlar va bir-birlari ila birodarlarcha muomala qilishlari zarur.",
  id: "Semua orang dilahirkan merdeka dan mempunyai martabat dan hak-hak yang sama. Mereka dikaruniai akal dan hati nurani dan hendaknya bergaul satu sama lain dalam semangat persaudaraan.",
  sw: "Watu wote wamezaliwa huru, hadhi na haki zao ni sawa. Wote wamejaliwa akili na dhamiri, hivyo yapasa watendeane kindugu.",
  el: "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση.",
  ka: "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით. მათ მინიჭებული აქვთ გონება და სინდისი.",
  hy: "Բոլոր մարդիկ ծնվում են ազատ ու հավասար՝ իրենց արժանապատվությամբ և իրավունքներով։ Նրանք օժտված են բանականությամբ ու խղճով։",
  hi: "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है।",
  th: "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ",
  ko: "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다.",
  ja: "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。",
  am: "የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው።",
  dv: "ހުރިހާ އިންސާނުން ވެސް އުފަންވަނީ މިނިވަންކަމުގައި، ހަމަހަމަ ޙައްޤުތަކެއް ލިބިގެންވާ ބައެއްގެ ގޮތުގައެވެ.",
};

describe("a text in an unknown language", () => {
  const strange = Object.keys(RIGHTS).filter((language) => language !== "ar");
  const scriptOf = (language: string) => new Intl.Locale(language).maximize().script;

  test.each(strange)("%s is tagged with its script only, whatever the site's language", (language) => {
    for (const site of ["en", "ru", "kk", "ar", "zh-Hans"]) {
      const newsroom = { language: site, languages: [] };
      expect([site, languageOfText(RIGHTS[language] ?? "", newsroom)]).toEqual([site, `und-${scriptOf(language)}`]);
    }
  });

  test.each(strange)("%s is the site's language if that matches, or its only language in that script", (language) => {
    const text = RIGHTS[language] ?? "";
    expect(languageOfText(text, { language, languages: [] })).toBe(language);
    expect(languageOfText(text, { language, languages: ["en", "ru"] })).toBe(language);
    expect(languageOfText(text, { language: "en", languages: ["en", "ru", "ar", language] })).toBe(language);
  });

  test("is never a language that the newsroom does not name", () => {
    expect(languageOfText(RIGHTS["ar"] ?? "", { language: "fa", languages: ["fa", "en"] })).toBe("und-Arab");
    expect(languageOfText("The rules of the region are new for the transport.", { language: "de", languages: ["de"] })).toBe("und-Latn");
  });

  test.each([
    ["a name", "Toyota Corolla Hybrid"],
    ["figures", "2026: 100, 200"],
    ["nothing", ""],
  ])("%s alone has the site's language", (_, text) => {
    expect(languageOfText(text, { language: "ru", languages: [] })).toBe("ru");
  });

  test("one foreign word, however often it stands there, is no foreign text", () => {
    expect(languageOfText("Para one. Para two. Para three.", { language: "en", languages: [] })).toBe("en");
  });

  test("a few Russian words without a telltale letter have the site's language, if it fits", () => {
    expect(languageOfText("Нова победа на отбора", { language: "bg", languages: [] })).toBe("bg");
    expect(languageOfText("Новая победа сборной", { language: "en", languages: [] })).toBe("ru");
  });

  test("runs in the direction of its script", () => {
    expect(directionOf("und-Arab")).toBe("rtl");
    expect(directionOf("und-Hebr")).toBe("rtl");
    expect(directionOf("und-Thaa")).toBe("rtl");
    expect(directionOf("und-Geor")).toBe("ltr");
    expect(directionOf("und")).toBe("ltr");
    expect(articleOf("he.md", `---\ntitle: שלום\n---\n${RIGHTS["he"]}\n\n> The rule is in English.`).language).toBe("und-Hebr");
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
  test("comes from front matter, else the path, else the text, else the site", () => {
    expect(articleOf("kk/a.md", `---\ntitle: Т\nlang: ar\n---\n${russian}`).language).toBe("ar");
    expect(articleOf("kk/a.md", `---\ntitle: Т\n---\n${russian}`).language).toBe("kk");
    expect(articleOf("a.md", `---\ntitle: Т\n---\n${russian}`).language).toBe("ru");
    expect(articleOf("a.md", "---\ntitle: 5\n---\n5 + 5", aNewsroom({ language: "kk" })).language).toBe("kk");
  });

  test("is ignored beyond 35 characters, since it names a folder (RFC 5646, 4.4.1)", () => {
    const tag = `ru-x${"-abcdefgh".repeat(40)}`;
    expect(articleOf("a.md", `---\ntitle: Т\nlang: ${tag}\n---\n${russian}`).language).toBe("ru");
    expect(codesOf("a.md", `---\ntitle: Т\nlang: ${tag}\n---\n${russian}`)).toEqual(["language-invalid"]);
    expect(articleOf("a.md", `---\ntitle: Т\nlang: ${tag.slice(0, 31)}\n---\n${russian}`).language).toBe(tag.slice(0, 31));
  });

  test("is detected, with a notice, if the tag is invalid", () => {
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
])("%s shares %s with its other languages", (key, rest) => {
  expect(languagePart(key, ["ru", "kk"])?.rest).toBe(rest);
});
