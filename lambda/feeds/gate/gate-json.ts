import { type SafeBodies, unsafe } from "./gate-body.ts";
import type { Checked } from "./gate-rss.ts";
import { type FeedPlace, quotedValue, repeatedIds } from "./gate-rules.ts";
import { isLanguage, isMediaType, isRfc3339, isUri, isWebAddress } from "./gate-values.ts";

type Json = Readonly<Record<string, unknown>>;
type Check = (value: unknown, where: FeedPlace, safe: SafeBodies) => readonly string[];
type Fields = Readonly<Record<string, Check>>;

/** Checks JSON Feed 1.1 to the letter: every field has the right type, and no field is unknown unless its name begins with "_". */
export const checkJson = (text: string, self: string | undefined, safe: SafeBodies): Checked => {
  const feed = parsed(text);
  if (!isObject(feed)) return { reasons: ["It is not a JSON object."] };
  const items = Array.isArray(feed.items) ? feed.items : [];
  const ids = items.map((item) => (isObject(item) && typeof item.id === "string" ? item.id : ""));
  return {
    ids,
    reasons: [
      ...object(FEED, ["version", "title", "home_page_url", "feed_url", "items"])(feed, "The feed", safe),
      ...(feed.next_url !== undefined && feed.next_url === feed.feed_url ? ["Its next_url is its own address."] : []),
      ...(self === undefined || feed.feed_url === self
        ? []
        : [`Its feed_url is ${quotedValue(String(feed.feed_url))} but must be ${quotedValue(self)}.`]),
      ...misarchivedJson(feed),
      ...repeatedIds(ids),
    ],
  };
};

/** The rules for archives, as in the other formats; JSON Feed states them in our extension. */
const misarchivedJson = ({ feed_url, _wireroom: said }: Json): readonly string[] => {
  if (!isObject(said) || said.archive !== true) return [];
  if (typeof said.current !== "string") return ["It is an archive but does not name its current feed."];
  return [
    ...(said.current === feed_url ? ["It is an archive but calls itself the current feed."] : []),
    ...(said.next === feed_url ? ["It names itself as the archive before or after it."] : []),
  ];
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** A string that passes the test. */
const text =
  (isRight: (text: string) => boolean, what: string): Check =>
  (value, where) =>
    typeof value === "string" && isRight(value) ? [] : [`${where} is not ${what}: ${quotedValue(String(JSON.stringify(value)))}.`];

const words = text(() => true, "text");
const something = text((value) => value.trim() !== "", "text that is not empty");
const address = text(isUri, "an absolute address");
const webAddress = text(isWebAddress, "an absolute web address");
const date = text(isRfc3339, "an RFC 3339 date");
const language = text(isLanguage, "a language");
const quantity: Check = (value, where) => (typeof value === "number" && value >= 0 ? [] : [`${where} is not a number.`]);
const flag: Check = (value, where) => (typeof value === "boolean" ? [] : [`${where} is neither true nor false.`]);

const list =
  (check: Check): Check =>
  (value, where, safe) =>
    Array.isArray(value) ? value.flatMap((one, index) => check(one, `${where} ${index + 1}`, safe)) : [`${where} is not a list.`];

const object =
  (fields: Fields, required: readonly string[], further: Check = () => []): Check =>
  (value, where, safe) => {
    if (!isObject(value)) return [`${where} is not an object.`];
    return [
      ...required.filter((name) => value[name] === undefined).map((name) => `${where} has no ${name}.`),
      ...Object.entries(value).flatMap(([name, inner]) => field(fields, name, inner, `${where}: ${name}`, safe)),
      ...further(value, where, safe),
    ];
  };

/** An extension is an object whose name begins with "_" and a letter and has no full stop. */
const field = (fields: Fields, name: string, value: unknown, where: FeedPlace, safe: SafeBodies): readonly string[] => {
  if (/^_[a-z][^.]+$/i.test(name)) return isObject(value) ? [] : [`${where} is not an object.`];
  const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return check === undefined ? [`${where} is not a field of JSON Feed 1.1.`] : check(value, where, safe);
};

const author = object({ name: something, url: address, avatar: address }, [], (value, where) =>
  Object.keys(value as Json).length === 0 ? [`${where} is empty.`] : [],
);

const ITEM: Fields = {
  id: something,
  url: webAddress,
  external_url: webAddress,
  title: something,
  content_html: (value, where, safe) => [
    ...words(value, where, safe),
    ...unsafe(where, typeof value === "string" ? value : undefined, safe),
  ],
  content_text: words,
  summary: words,
  image: webAddress,
  banner_image: webAddress,
  date_published: date,
  date_modified: date,
  authors: list(author),
  author,
  tags: (value, where, safe) => [
    ...list(something)(value, where, safe),
    ...(Array.isArray(value) && new Set(value).size < value.length ? [`${where} has a duplicate.`] : []),
  ],
  language,
  attachments: list(
    object(
      {
        url: webAddress,
        mime_type: text(isMediaType, "a media type"),
        title: words,
        size_in_bytes: quantity,
        duration_in_seconds: quantity,
      },
      ["url", "mime_type"],
    ),
  ),
};

const item = object(ITEM, ["id", "date_published"], (value, where) =>
  (value as Json).content_html === undefined && (value as Json).content_text === undefined ? [`${where} has no content.`] : [],
);

const FEED: Fields = {
  version: text((value) => value === "https://jsonfeed.org/version/1.1", "the version of JSON Feed 1.1"),
  title: something,
  home_page_url: webAddress,
  feed_url: webAddress,
  description: words,
  user_comment: words,
  next_url: webAddress,
  icon: webAddress,
  favicon: webAddress,
  authors: list(author),
  author,
  language,
  expired: flag,
  hubs: list(object({ type: something, url: webAddress }, ["type", "url"])),
  items: (value, where, safe) => list(item)(value, where, safe).map((reason) => reason.replace("The feed: items ", "Entry ")),
};
