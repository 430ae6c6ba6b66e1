import type { Element } from "hast";
import { omitUndefined } from "../../model/json-value.ts";

/** An embeddable player: which addresses belong to it, and where its content is seen without a frame. */
type Player = {
  /** Matches host, path and query: `www.youtube.com/embed/abc?start=5`. The first group is the id. */
  readonly form: RegExp;
  /** "%" stands for the id. */
  readonly page: string;
  readonly picture?: string;
};

const PLAYERS: readonly Player[] = [
  {
    form: /^(?:(?:www|m)\.)?youtube(?:-nocookie)?\.com\/(?:(?:embed|v|shorts|live)\/|watch\?(?:.*&)?v=)([\w-]{11})(?![\w-])/,
    page: "https://www.youtube.com/watch?v=%",
    picture: "https://i.ytimg.com/vi/%/hqdefault.jpg",
  },
  {
    form: /^(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/videoseries\?(?:.*&)?list=([\w-]+)/,
    page: "https://www.youtube.com/playlist?list=%",
  },
  {
    form: /^youtu\.be\/([\w-]{11})(?![\w-])/,
    page: "https://www.youtube.com/watch?v=%",
    picture: "https://i.ytimg.com/vi/%/hqdefault.jpg",
  },
  { form: /^player\.vimeo\.com\/video\/(\d+)/, page: "https://vimeo.com/%" },
  {
    form: /^(?:www\.dailymotion\.com\/embed\/video\/|geo\.dailymotion\.com\/player(?:\/\w+)?\.html\?(?:.*&)?video=)(\w+)/,
    page: "https://www.dailymotion.com/video/%",
    picture: "https://www.dailymotion.com/thumbnail/video/%",
  },
  { form: /^rutube\.ru\/(?:play\/)?embed\/(\w+)/, page: "https://rutube.ru/video/%/" },
  { form: /^(?:vk\.com|vk\.ru|vkvideo\.ru)\/video_ext\.php\?(?:.*&)?oid=(-?\d+&(?:.*&)?id=\d+)/, page: "https://vk.com/video%" },
  { form: /^ok\.ru\/videoembed\/(\d+)/, page: "https://ok.ru/video/%" },
  { form: /^player\.bilibili\.com\/player\.html\?(?:.*&)?bvid=(BV\w+)/, page: "https://www.bilibili.com/video/%/" },
  { form: /^player\.youku\.com\/embed\/(\w+={0,2})/, page: "https://v.youku.com/v_show/id_%.html" },
  { form: /^v\.qq\.com\/(?:txp\/)?iframe\/player\.html\?(?:.*&)?vid=(\w+)/, page: "https://v.qq.com/x/page/%.html" },
  { form: /^player\.twitch\.tv\/\?(?:.*&)?video=v?(\d+)/, page: "https://www.twitch.tv/videos/%" },
  { form: /^open\.spotify\.com\/embed(?:-podcast)?\/((?:episode|show|track|album|playlist)\/\w+)/, page: "https://open.spotify.com/%" },
  { form: /^embed\.podcasts\.apple\.com\/([\w/%.-]+\/id\d+(?:\?i=\d+)?)/, page: "https://podcasts.apple.com/%" },
  {
    form: /^w\.soundcloud\.com\/player\/\?(?:.*&)?url=https?(?:%3A|:)(?:%2F|\/){2}soundcloud\.com(?:%2F|\/)([\w%/-]+)/i,
    page: "https://soundcloud.com/%",
  },
  { form: /^(?:www\.)?instagram\.com\/((?:p|reel)\/[\w-]+)\/embed/, page: "https://www.instagram.com/%/" },
  { form: /^platform\.twitter\.com\/embed\/Tweet\.html\?(?:.*&)?id=(\d+)/, page: "https://x.com/i/status/%" },
  { form: /^(?:www\.)?slideshare\.net\/slideshow\/embed_code\/((?:key\/)?\w+)/, page: "https://www.slideshare.net/slideshow/embed_code/%" },
  { form: /^t\.me\/(\w+\/\d+)\?(?:.*&)?embed=/, page: "https://t.me/%" },
];

/** What replaces a frame in a feed: the address of its page, and a picture if the id reveals one. */
export type PlayerPage = { readonly page: string; readonly picture?: string };

/** The player behind a frame's address; undefined if unknown. */
export function playerOf(address: string): PlayerPage | undefined {
  if (!URL.canParse(address, "https://frame.invalid/")) return undefined;
  const url = new URL(address, "https://frame.invalid/");
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  const written = `${url.hostname}${url.pathname}${url.search}`.slice(0, LONGEST);
  for (const { form, page, picture } of PLAYERS) {
    const found = form.exec(written)?.[1];
    if (found === undefined) continue;
    // VK's frame has two ids, owner and video; its page joins them.
    const id = found.replace(/&(?:.*&)?id=/, "_").replaceAll("%2F", "/");
    return { page: page.replace("%", () => id), ...omitUndefined({ picture: picture?.replace("%", () => id) }) };
  }
  return undefined;
}

const LONGEST = 1000;

/** The link that replaces a player, with its picture, its title or the address as content. */
export function linkTo({ page, picture }: PlayerPage, title: string | undefined): Element {
  const name = title?.trim() || page.replace(/^https:\/\/(?:www\.)?/, "");
  return {
    type: "element",
    tagName: "a",
    properties: { href: page },
    children: [
      picture === undefined
        ? { type: "text", value: name }
        : { type: "element", tagName: "img", properties: { src: picture, alt: name }, children: [] },
    ],
  };
}
