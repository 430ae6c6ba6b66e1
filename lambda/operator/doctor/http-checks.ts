import type { Result } from "../../reports/diagnosis.ts";
import type { Asked, FeedAnswer } from "../web/ask.ts";
import { charsetOf, declaredCharset } from "../web/feed-text.ts";
import type { Examined } from "./examine.ts";
import { advice, faulty, fine, listed, sizeOf } from "./result.ts";

/** What HTTP shows of a feed that answered. `last`: the first request's last answer. */
export function httpResults(examined: Examined, last: FeedAnswer): readonly Result[] {
  return [
    ...redirects(examined.first),
    ...refusals(examined, last),
    headRequest(examined.head, last),
    mediaType(examined, last),
    compression(last),
    ...conditional(examined, last),
    ...caching(last),
    size(examined, last),
  ];
}

function redirects({ hops }: Asked): readonly Result[] {
  const moved = hops.slice(0, -1);
  if (moved.length === 0) return [fine("redirects", "The address answers itself.")];
  const to = hops.at(-1)?.url ?? "";
  const lost = hops.some(({ url }, index) => index > 0 && url.startsWith("http:") && hops[index - 1]?.url.startsWith("https:") === true);
  if (lost)
    return [
      faulty("redirects", `The way leads from https to http (${to}).`, "Redirect to https: many readers refuse the way back to http."),
    ];
  if (moved.length > 3) return [faulty("redirects", `${moved.length} redirects lead to ${to}.`, "Redirect once, to the last address.")];
  const passing = moved.filter(({ status }) => status !== 301 && status !== 308);
  return passing.length > 0
    ? [
        advice(
          "redirects",
          `A temporary redirect (${listed(passing.map(({ status }) => String(status)))}) leads to ${to}: readers ask the old address for ever.`,
          "If the feed has moved for good, answer 301 or 308.",
        ),
      ]
    : [fine("redirects", `A permanent redirect leads to ${to}, and readers will remember that.`)];
}

/** Readers that get something else than our own request did. */
function refusals({ asReaders }: Examined, last: FeedAnswer): readonly Result[] {
  const kindOf = ({ headers }: FeedAnswer) => (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const said = ({ name, asked }: Examined["asReaders"][number]): readonly string[] => {
    if (asked.kind === "failed") return [`${name} (${asked.why})`];
    const { status } = asked.last;
    if (status !== last.status) return [`${name} (${status})`];
    return kindOf(asked.last) === kindOf(last) ? [] : [`${name} (${kindOf(asked.last) || "no type"} instead)`];
  };
  const refused = asReaders.flatMap(said);
  if (refused.length === 0) return [fine("readers", `All ${asReaders.length} names get the feed (ten readers and a browser).`)];
  const hint = "Let programs that fetch feeds pass the bot filter, whatever name they send.";
  return [faulty("readers", `Refused: ${listed(refused, 11)}.`, hint)];
}

function headRequest(head: Asked | undefined, last: FeedAnswer): Result {
  const status = head?.kind === "answered" ? head.last.status : 0;
  if (status === last.status) return fine("head", "HEAD answers like GET.");
  const got = head?.kind === "failed" ? head.why : `status ${status}`;
  return advice("head", `HEAD does not answer like GET (${got}).`, "FeedAnswer HEAD with the status and headers of GET (RFC 9110, 9.3.2).");
}

const types = {
  rss: ["application/rss+xml", "application/xml", "text/xml"],
  atom: ["application/atom+xml", "application/xml", "text/xml"],
  json: ["application/feed+json", "application/json"],
} as const;

function mediaType({ reading }: Examined, { headers, body }: FeedAnswer): Result {
  const written = headers["content-type"] ?? "";
  const type = written.split(";")[0]?.trim().toLowerCase() ?? "";
  if (reading.kind === "none")
    return type === ""
      ? advice("type", "There is no Content-Type.", "Send the type of the feed.")
      : fine("type", `The type is ${written}.`);
  const meant: readonly string[] = types[reading.facts.format];
  const [best = ""] = meant;
  if (!meant.includes(type))
    return faulty("type", `The type is ${type || "missing"}, but the body is ${best}.`, `Send Content-Type: ${best}; charset=utf-8.`);
  const [said, declared] = [charsetOf(written), declaredCharset(body)];
  if (said !== undefined && declared !== undefined && said !== declared)
    return faulty("type", `The header says ${said}, the XML says ${declared}.`, "Write UTF-8 and say so in both places.");
  if (said === undefined && type.startsWith("text/"))
    return advice("type", `${type} without a charset: some readers take US-ASCII.`, `Send Content-Type: ${best}; charset=utf-8.`);
  return type === best
    ? fine("type", `The type is ${written}.`)
    : advice("type", `The type is ${type}, which does not say what the file is.`, `Send Content-Type: ${best}; charset=utf-8.`);
}

function compression({ headers, body, transferred }: FeedAnswer): Result {
  const encoding = headers["content-encoding"];
  const sizes = `${sizeOf(transferred)} on the way, ${sizeOf(body.length)} unpacked`;
  if (encoding !== undefined) return fine("compression", `Compressed with ${encoding}: ${sizes}.`);
  if (body.length < 10_000) return fine("compression", `Not compressed, and small (${sizeOf(body.length)}).`);
  return advice(
    "compression",
    `Not compressed (${sizeOf(body.length)}), although the request allows gzip and br.`,
    "Compress the feed: text shrinks to about a fifth.",
  );
}

function conditional({ byEtag, byDate }: Examined, { body }: FeedAnswer): readonly Result[] {
  if (byEtag === undefined && byDate === undefined) {
    const message = `No ETag and no Last-Modified: every visit of every reader fetches all ${sizeOf(body.length)}.`;
    return [faulty("conditional", message, "Send both, and answer 304 while the feed is unchanged (RFC 9110, 13).")];
  }
  const ignored = [
    ...(byEtag?.kind === "answered" && byEtag.last.status !== 304 ? ["If-None-Match (ETag)"] : []),
    ...(byDate?.kind === "answered" && byDate.last.status !== 304 ? ["If-Modified-Since (Last-Modified)"] : []),
  ];
  if (ignored.length > 0)
    return [
      faulty(
        "conditional",
        `${listed(ignored)} gets the whole feed again, not 304.`,
        "FeedAnswer 304 while the feed is unchanged (RFC 9110, 13).",
      ),
    ];
  if (byDate === undefined)
    return [
      advice(
        "conditional",
        "ETag works; there is no Last-Modified, the only validator that Thunderbird sends.",
        "Send Last-Modified, too.",
      ),
    ];
  return [fine("conditional", byEtag === undefined ? "Last-Modified works (304)." : "ETag and Last-Modified both work (304).")];
}

function caching({ headers }: FeedAnswer): readonly Result[] {
  const control = headers["cache-control"] ?? "";
  const most = Number(/(?:^|[\s,])max-age=(\d+)/i.exec(control)?.[1] ?? Number.NaN);
  const personal = headers["set-cookie"] === undefined ? [] : ["a Set-Cookie"];
  if (/no-store/i.test(control) || headers.expires === "0")
    return [
      faulty(
        "caching",
        `Caching is forbidden (${control || "Expires: 0"}): some readers then ignore 304, too.`,
        "Send Cache-Control: public, max-age=300.",
      ),
    ];
  if (personal.length > 0)
    return [advice("caching", "The answer sets a cookie, so caches on the way may not keep it.", "Set no cookie for a feed.")];
  if (control === "")
    return [advice("caching", "There is no Cache-Control: each cache guesses.", "Send Cache-Control: public, max-age=300.")];
  if (most > 86_400) return [advice("caching", `Caches may keep it for ${Math.round(most / 3600)} hours.`, "Send max-age=300 to 3600.")];
  return [fine("caching", `Cache-Control: ${control}.`)];
}

/** Limits: the W3C validator stops at 5,000,000 bytes; Inoreader blocks feeds of more than 3,000 entries. */
function size({ reading }: Examined, { body }: FeedAnswer): Result {
  const entries = reading.kind === "feed" ? reading.facts.entries.length : 0;
  const what = `${sizeOf(body.length)}, ${entries} ${entries === 1 ? "entry" : "entries"}`;
  if (body.length > 5_000_000 || entries > 3_000)
    return faulty(
      "size",
      `${what}: validators and readers stop at 5 MB or 3,000 entries.`,
      "Show fewer entries, and put the rest into archives (RFC 5005).",
    );
  return body.length > 1_000_000
    ? advice("size", `${what}: phones fetch this again with each change.`, "Keep the feed below 1 MB.")
    : fine("size", `${what}.`);
}
