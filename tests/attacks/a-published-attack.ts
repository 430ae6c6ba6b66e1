import { aNewsroom, type Newsroom } from "../support/a-newsroom.ts";
import { type Attack, inHtmlAndMarkdown, inMarkdownAlone } from "./attacks.ts";

/** One attack as one article: its key, and what it is. */
export type Attacker = { readonly key: string; readonly what: string; readonly file: string };

const MARK = "<p>Words behind it.</p>";
const filesOf = (attacks: readonly Attack[], ending: "html" | "md"): readonly Attacker[] =>
  attacks.map(([what, written], index) => {
    const key = `${ending}-${String(index).padStart(3, "0")}.${ending}`;
    return { key, what: `${what} (${ending})`, file: `---\ntitle: T ${key}\ndate: 2026-11-01T09:00:00Z\n---\n${written}\n\n${MARK}\n` };
  });

/** In every field of front matter that a feed or a page shows. */
const inFields: readonly Attacker[] = [
  `</title><script>hit=1</script>`,
  `" onmouseover="hit=1`,
  "]]><script>hit=1</script><!--",
  "javascript:hit=1",
].map((text, index) => {
  const said = JSON.stringify(`${text} ${index}`);
  const lines = [
    ...["title", "summary", "author", "section", "correction", "slug", "lang", "id"].map((name) => `${name}: ${said}`),
    ...["image", "url", "canonical", "comments", "via", "license", "audio"].map((name) => `${name}: ${said}`),
    `tags: [${said}]`,
    `authors: [{ name: ${said}, url: ${said}, email: ${said} }]`,
    `imageAlt: ${said}`,
    `enclosure: { url: "https://x.example/a.mp3", type: ${said}, title: ${said} }`,
    `translationOf: ${said}`,
    "date: 2026-11-01T09:00:00Z",
  ];
  return { key: `field-${index}.md`, what: `${text} in every field`, file: `---\n${lines.join("\n")}\n---\nWords.\n` };
});

export const ATTACKERS: readonly Attacker[] = [
  ...filesOf(inHtmlAndMarkdown, "html"),
  ...filesOf(inHtmlAndMarkdown, "md"),
  ...filesOf(inMarkdownAlone, "md").map((one) => ({
    ...one,
    key: `only-${one.key}`,
    file: one.file.replace("title: T ", "title: T only-"),
  })),
  ...inFields,
];

export const SITE =
  "title: The Wire\nurl: https://wire.example/\npermalink: /{slug}/\npages: true\nids: { authority: wire.example, since: 2026-01-01 }\nlanguages: [ru, en]\n" +
  "guard: { quarantined: 1 }\nchannels: [{ name: all, limit: 1000, bytes: 4MB }]\n";

/** All of them, published once. */
export async function publishedAttacks(): Promise<Newsroom> {
  const newsroom = await aNewsroom(Object.fromEntries(ATTACKERS.map(({ key, file }) => [key, file])));
  await newsroom.publish("2026-11-20T12:00:00Z", { site: SITE });
  return newsroom;
}
