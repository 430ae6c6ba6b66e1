import { isImageAddress, tagWords } from "./template-words.ts";

/** Other tags show no picture, even if they hold the address of one. */
const PICTURE = /im(?:g|age)|fig(?:ure)?|pict|photo|thumb|screenshot|lightbox|gallery|asset/;
const PLAYERS: Readonly<Record<string, string>> = {
  youtube: "https://www.youtube.com/embed/",
  vimeo: "https://player.vimeo.com/video/",
};
const SOUND = /^[^<>\s]+\.(?:mp3|m4a|aac|og[ga]|opus|wav|flac)$/i;
const EMBED = /^(?:embed|tweet|twitter|x|instagram|mastodon|bluesky|codepen|spotify|soundcloud|video|linkpreview|link_preview|bookmark)$/;

/** What a single tag shows, as HTML; undefined if only the site's generator knows. `inLine`: text precedes it on its line. */
export function shownByTag(written: string, inLine: boolean): string | undefined {
  const { name, named, placed } = tagWords(written);
  const player = Object.keys(PLAYERS).find((one) => name.replace(/[_-]/g, "").startsWith(one));
  const first = placed[0]?.text;
  if (player !== undefined) {
    const id = named("id", "videoid", "video_id", "video", "v", "key", "url", "src") ?? first;
    if (id === undefined || id === "") return undefined;
    return /^https?:/.test(id) ? link(id) : `<iframe src="${PLAYERS[player]}${encodeURIComponent(id)}"></iframe>`;
  }
  if (name === "link_to" && placed[0]?.isQuoted === true) {
    const shown = escaped(placed[0].text);
    return placed[1]?.isQuoted === true ? `<a href="${escaped(placed[1].text)}">${shown}</a>` : shown;
  }
  if (name === "gist") return gist(named("user", "username"), named("id") ?? first, placed[1]?.text);
  if (name === "audio") {
    const sound = named("src", "url", "file") ?? first;
    return sound !== undefined && SOUND.test(sound) ? `<audio controls src="${escaped(sound)}"></audio>` : undefined;
  }
  if (EMBED.test(name)) {
    const address = [first, named("url", "src", "href")].find((text) => text !== undefined && /^https?:\/\/\S+$/.test(text));
    return address === undefined ? undefined : link(address);
  }
  if (!PICTURE.test(name)) return undefined;
  const byName = named("src", "url", "path", "image", "image_path", "image_url", "file", "filename", "img");
  const at = placed.findIndex(({ text, isQuoted }) => isImageAddress(text) || (isQuoted && /^(?:https?:)?\/\S+$/.test(text)));
  const byWord = placed.findIndex(({ text }) => text !== "");
  const source = byName ?? placed[at === -1 && /^(?:asset_img|figure)$/.test(name) ? byWord : at]?.text;
  if (source === undefined || source === "") return undefined;
  const alt = named("alt", "alt_text", "alttext") ?? (byName === undefined ? altAmong(placed.slice(at + 1)) : undefined);
  return picture({ source, alt: alt ?? "", caption: named("caption", "title", "description", "desc", "cap") ?? "" }, inLine);
}

/** The first quoted text after the address; `(min-width: 30em) 50vw` and `300px` are sizes. */
const altAmong = (placed: readonly { readonly text: string; readonly isQuoted: boolean }[]): string | undefined =>
  placed.find(({ text, isQuoted }) => isQuoted && !/^\(|\d(?:vw|px)\b|^\d*$/.test(text))?.text;

function gist(user: string | undefined, first: string | undefined, second: string | undefined): string | undefined {
  const path = [user, first, user === undefined && /^[\da-f]{6,}$/.test(second ?? "") ? second : undefined].filter(
    (part) => part !== undefined,
  );
  return first !== undefined && /^[\w/.-]+$/.test(path.join("/")) ? link(`https://gist.github.com/${path.join("/")}`) : undefined;
}

export const link = (address: string): string => `<a href="${escaped(address)}">${escaped(address)}</a>`;

type Picture = { readonly source: string; readonly alt: string; readonly caption: string };

/** A figure; inside a line, the picture and its caption as text. */
export function picture({ source, alt, caption }: Picture, inLine: boolean): string {
  const shown = `<img src="${escaped(source)}" alt="${escaped(alt)}">`;
  if (inLine) return caption === "" || caption === alt ? shown : `${shown} ${escaped(caption)}`;
  return `<figure>${shown}${caption === "" ? "" : `<figcaption>${escaped(caption)}</figcaption>`}</figure>`;
}

/** Escapes for HTML and for the Markdown around it: braces begin no tag. */
export const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("{", "&#123;")
    .replace(/\s+/g, " ");
