import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aFile } from "../tests/support/a-newsroom.ts";

const hour = 3_600_000;

/** The site of short articles of the harness's own: one an hour, in eight sections. */
export const shortSite = `title: The Wire
url: https://wire.example/
permalink: /{slug}/
ids: { authority: wire.example, since: 2020-01-01 }
languages: [en]
channels: [{ name: all, archive: monthly }, { by: section }]
`;

export function shortArticle(number: number): string {
  const date = new Date(Date.UTC(1900, 0, 1) + number * hour).toISOString();
  return aFile({ title: `Story ${number}`, date, section: `desk ${number % 8}` }, `The words of ${number}. `.repeat(25));
}

/** A key in a folder of a thousand. */
export function shortKey(number: number): string {
  return `articles/${String(Math.floor(number / 1000)).padStart(4, "0")}/${String(number).padStart(7, "0")}.md`;
}

/** Writes a newsroom of this many articles, without archives, into a folder. */
export function makeShortNewsroom(folder: string, articles: number): void {
  for (let number = 0; number < articles; number += 1) writeShortArticle(folder, number);
  writeFileSync(join(folder, "site.yaml"), shortSite.replace(", archive: monthly", ""));
}

export function writeShortArticle(folder: string, number: number): void {
  mkdirSync(join(folder, shortKey(number), ".."), { recursive: true });
  writeFileSync(join(folder, shortKey(number)), shortArticle(number));
}
