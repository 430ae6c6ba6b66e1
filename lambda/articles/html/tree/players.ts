import type { Element } from "hast";
import { defined } from "../../model/omit-undefined.ts";

/** A player that pages embed: which addresses are its own, and where the same is seen without a frame. */
type Player = {
  /** Tried on host, path and query: `www.youtube.com/embed/abc?start=5`. Its first group is the id. */
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

/** What a frame shows that feed readers do not: the address of its page, and a picture where that can be told from the id. */
export type Seen = { readonly page: string; readonly picture?: string };

/** Of the address of a frame; undefined where it is no known player. */
export function playerOf(address: string): Seen | undefined {
  if (!URL.canParse(address, "https://frame.invalid/")) return undefined;
  const url = new URL(address, "https://frame.invalid/");
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  const written = `${url.hostname}${url.pathname}${url.search}`.slice(0, LONGEST);
  for (const { form, page, picture } of PLAYERS) {
    const found = form.exec(written)?.[1];
    if (found === undefined) continue;
    // VK names owner and film apart, and its page joins them.
    const id = found.replace(/&(?:.*&)?id=/, "_").replaceAll("%2F", "/");
    return { page: page.replace("%", () => id), ...defined({ picture: picture?.replace("%", () => id) }) };
  }
  return undefined;
}

const LONGEST = 1000;

/** A link in a player's place: its picture, or its title, or the address itself. */
export function linkTo({ page, picture }: Seen, title: string | undefined): Element {
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
