/** Cyrillic letters of Russian, Kazakh and related languages in Latin letters, as newsrooms of the region write urls. */
const LATIN: Readonly<Record<string, string>> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  е: "e",
  ё: "yo",
  ж: "zh",
  з: "z",
  и: "i",
  й: "y",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "shch",
  ъ: "",
  ы: "y",
  ь: "",
  э: "e",
  ю: "yu",
  я: "ya",
  // Kazakh, Kyrgyz, Tatar, Tajik, Uzbek
  ә: "a",
  ғ: "g",
  қ: "q",
  ң: "ng",
  ө: "o",
  ұ: "u",
  ү: "u",
  һ: "h",
  і: "i",
  җ: "j",
  ҳ: "h",
  ҷ: "j",
  ӣ: "i",
  ӯ: "u",
  ў: "o",
  // Ukrainian, Serbian and Macedonian
  є: "ye",
  ї: "yi",
  ґ: "g",
  ђ: "dj",
  ј: "j",
  љ: "lj",
  њ: "nj",
  ћ: "c",
  џ: "dz",
  ѓ: "gj",
  ќ: "kj",
  ѕ: "dz",
  // Latin letters that do not decompose into a letter and a mark
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** Lower case: Cyrillic and accented Latin become plain Latin, every other script stays, in NFC. */
export function transliterate(text: string): string {
  return [
    ...text
      .normalize("NFC")
      .toLowerCase()
      .replace(/\u0307/g, ""),
  ]
    .map((letter) => LATIN[letter] ?? (/\p{Script=Latin}/u.test(letter) ? letter.normalize("NFKD").replace(/\P{ASCII}/gu, "") : letter))
    .join("");
}
