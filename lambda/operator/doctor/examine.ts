import { setTimeout as sleep } from "node:timers/promises";
import { type Asked, type Client, politeClient } from "../web/ask.ts";
import { feedText } from "../web/feed-text.ts";
import { type FeedReading, readFeed } from "./feed-facts.ts";
import { doctorAgent, readers } from "./readers.ts";

/** Everything that was seen of a feed. A part is absent if it was not asked: there was no validator, or no feed. */
export type Examined = {
  readonly url: string;
  readonly first: Asked;
  readonly reading: FeedReading;
  /** The same request some seconds later. */
  readonly again?: { readonly asked: Asked; readonly reading: FeedReading };
  readonly head?: Asked;
  /** Conditional requests (RFC 9110, 13.1), each with one validator of the first answer. */
  readonly byEtag?: Asked;
  readonly byDate?: Asked;
  readonly asReaders: readonly { readonly name: string; readonly asked: Asked }[];
  /** The pages of the newest entries. */
  readonly pages: readonly { readonly url: string; readonly asked: Asked }[];
  readonly requests: number;
};

/** How many of the newest entries' pages are asked for. */
const mostPages = 5;
/** How much of a body shows whether a reader gets the feed or a page that asks whether it is human, in bytes. */
const enough = 4_096;

/** How long to wait before the second fetch, and between two requests, in milliseconds. */
export type Pace = { readonly between: number; readonly pause: number };
export const calmly: Pace = { between: 2_000, pause: 200 };

/** The requests for a feed with both validators, and entries enough: see `examine`. */
export const usualRequests = 1 + readers.length + 1 + 2 + mostPages + 1;

/**
 * Asks for a feed as readers do: at most some 30 requests, one after the other. `heard`: how many were made, after each.
 * @throws never: what fails is part of the result.
 */
export async function examine(
  url: string,
  { between, pause }: Pace = calmly,
  heard: (asked: number) => void = () => undefined,
): Promise<Examined> {
  const polite = politeClient({ pause });
  const client: Client = {
    ...polite,
    ask: async (...question) => {
      const asked = await polite.ask(...question);
      heard(polite.asked());
      return asked;
    },
  };
  const first = await client.ask(url, { agent: doctorAgent });
  const reading = readingOf(first);
  if (first.kind === "failed") return { url, first, reading, asReaders: [], pages: [], requests: client.asked() };
  const at = first.last.url;
  const { etag, "last-modified": modified } = first.last.headers;
  const asReaders = [];
  for (const { name, agent } of readers) asReaders.push({ name, asked: await client.ask(url, { agent, most: enough }) });
  const head = await client.ask(at, { agent: doctorAgent, method: "HEAD" });
  const conditional = (headers: Readonly<Record<string, string>>) => client.ask(at, { agent: doctorAgent, headers });
  const byEtag = etag === undefined ? undefined : await conditional({ "if-none-match": etag });
  const byDate = modified === undefined ? undefined : await conditional({ "if-modified-since": modified });
  const pages = reading.kind === "feed" ? await pagesOf(reading, client) : [];
  await sleep(between);
  const asked = await client.ask(url, { agent: doctorAgent });
  return {
    url,
    first,
    reading,
    again: { asked, reading: readingOf(asked) },
    head,
    ...(byEtag === undefined ? {} : { byEtag }),
    ...(byDate === undefined ? {} : { byDate }),
    asReaders,
    pages,
    requests: client.asked(),
  };
}

function readingOf(asked: Asked): FeedReading {
  if (asked.kind === "failed") return { kind: "none", why: "There was no answer." };
  const { last } = asked;
  if (last.unreadable !== undefined) return { kind: "none", why: `The body was not read: ${last.unreadable}.` };
  if (last.status !== 200) return { kind: "none", why: `The status is ${last.status}.` };
  return readFeed(feedText(last.body, last.headers["content-type"]), last.url);
}

async function pagesOf({ facts }: Extract<FeedReading, { kind: "feed" }>, client: Client): Promise<Examined["pages"]> {
  const links = facts.entries.flatMap(({ link }) => (link !== undefined && /^https?:/.test(link) ? [link] : []));
  const pages = [];
  for (const url of [...new Set(links)].slice(0, mostPages)) {
    const head = await client.ask(url, { agent: doctorAgent, method: "HEAD" });
    // Some servers answer HEAD only for files: what counts is what a person gets.
    const isRefused = head.kind === "answered" && head.last.status >= 400;
    pages.push({ url, asked: isRefused ? await client.ask(url, { agent: doctorAgent, most: enough }) : head });
  }
  return pages;
}
