import type { Finding } from "../../../articles/model/article.ts";
import { nameOf } from "../../../feeds/model/words.ts";
import { type ArticleState, type DeskArticle, stateWords } from "../reading/article-states.ts";
import { deskLink, deskPath, inLanguage, moment, safeText } from "./desk-page.ts";

/** How many articles one page shows. */
const aPage = 200;

/** `held`: paths of held feeds. */
type Listing = { readonly articles: readonly DeskArticle[]; readonly parameters: URLSearchParams; readonly held: ReadonlySet<string> };

/** All articles, or those that the parameters `state`, `language`, `feed` and `q` leave; `from` counts from 0. */
export function articlesList({ articles, parameters, held }: Listing): readonly string[] {
  const wanted = {
    state: parameters.get("state") ?? "",
    language: parameters.get("language") ?? "",
    feed: parameters.get("feed") ?? "",
    q: parameters.get("q") ?? "",
  };
  const found = articles.filter((article) => isWanted(article, wanted));
  const from = Math.max(0, Number.parseInt(parameters.get("from") ?? "0", 10) || 0);
  const shown = found.slice(from, from + aPage);
  const way = (at: number, words: string) => `<a href="${deskLink(deskPath, { ...wanted, from: String(at) })}">${words}</a>`;
  const ways = [
    ...(from > 0 ? [way(Math.max(0, from - aPage), `Newer ${aPage}`)] : []),
    ...(from + aPage < found.length ? [way(from + aPage, `Next ${Math.min(aPage, found.length - from - aPage)}`)] : []),
  ];
  return [
    ...filter(articles, wanted),
    `<p class="where" role="status">${countWords(found.length, articles.length, from, shown.length)}</p>`,
    shown.length === 0 ? "<p>No article matches. Choose another state, or clear the filter.</p>" : '<ol class="rows">',
    ...shown.map((article) => row(article, held)),
    ...(shown.length === 0 ? [] : ["</ol>"]),
    ...(ways.length === 0 ? [] : [`<nav aria-label="More articles"><p class="row">${ways.join(" ")}</p></nav>`]),
  ];
}

type Wanted = Readonly<Record<"state" | "language" | "feed" | "q", string>>;

function isWanted({ key, title = "", state, language, feeds }: DeskArticle, wanted: Wanted): boolean {
  const words = wanted.q.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
  const own = `${title}\n${key}`.normalize("NFC").toLowerCase();
  return (
    (wanted.state === "" || wanted.state === state) &&
    (wanted.language === "" || wanted.language === language) &&
    (wanted.feed === "" || feeds.includes(wanted.feed)) &&
    words.every((word) => own.includes(word))
  );
}

function countWords(found: number, all: number, from: number, shown: number): string {
  const of = found === all ? `${all} articles` : `${found} of ${all} articles`;
  return shown === found || shown === 0 ? of : `${of}, ${from + 1} to ${from + shown}`;
}

function filter(articles: readonly DeskArticle[], wanted: Wanted): readonly string[] {
  const states = Map.groupBy(articles, ({ state }) => state);
  const languages = [...new Set(articles.flatMap(({ language }) => language ?? []))].sort();
  const stateOptions = (Object.keys(stateWords) as ArticleState[]).flatMap((state) => {
    const count = states.get(state)?.length ?? 0;
    return count === 0 && wanted.state !== state ? [] : [option(state, `${stateWords[state]} (${count})`, wanted.state)];
  });
  const hidden = wanted.feed === "" ? "" : `<input type="hidden" name="feed" value="${safeText(wanted.feed)}">`;
  const clear = Object.values(wanted).every((value) => value === "") ? "" : `<p><a href="${deskPath}">Clear the filter</a></p>`;
  return [
    `<form class="filter" action="${deskPath}" role="search">`,
    `<label>Title or file <input type="search" name="q" value="${safeText(wanted.q)}"></label>`,
    `<label>State <select name="state">${option("", "any", wanted.state)}${stateOptions.join("")}</select></label>`,
    `<label>Language <select name="language">${option("", "any", wanted.language)}${languages.map((tag) => option(tag, `${nameOf(tag)} (${tag})`, wanted.language)).join("")}</select></label>`,
    `${hidden}<button>Filter</button>${clear}`,
    "</form>",
  ];
}

const option = (value: string, words: string, chosen: string): string =>
  `<option value="${safeText(value)}"${value === chosen ? " selected" : ""}>${safeText(words)}</option>`;

function row(article: DeskArticle, held: ReadonlySet<string>): string {
  const { key, title = key, language, findings } = article;
  const problems = findings.filter(({ kind }) => kind === "problem");
  const notices = findings.length - problems.length;
  return [
    "<li>",
    inLanguage("h2", language, `<a href="${deskLink("/-/article", { key })}">${safeText(title)}</a>`),
    `<p class="where">${stateBadge(article)} ${feedsLine(article, held)}</p>`,
    `<p class="where"><code>${safeText(key)}</code>${article.published === undefined ? "" : ` · ${moment(article.published)}`}${language === undefined ? "" : ` · ${safeText(language)}`}${notices === 0 ? "" : ` · ${notices} ${notices === 1 ? "notice" : "notices"}`}</p>`,
    ...problems.map(findingLine),
    "</li>",
  ].join("\n");
}

const times: Readonly<Partial<Record<ArticleState, string>>> = {
  canceled: "since",
  dropped: "since",
  embargoed: "until",
  scheduled: "until",
  expired: "since",
};

/** The state in a word, with its moment or reason. */
export function stateBadge({ state, at, reason }: DeskArticle): string {
  const word = times[state];
  const when = at === undefined ? "" : ` ${word === undefined ? "" : `${word} `}${moment(at)}`;
  return `<span class="state ${state}">${stateWords[state]}</span>${when}${reason === undefined ? "" : ` ${safeText(reason)}`}`;
}

function feedsLine({ state, feeds }: DeskArticle, held: ReadonlySet<string>): string {
  if (feeds.length === 0) return state === "live" || state === "kept" ? "in no feed's window or archive" : "";
  const few = feeds.slice(0, 6).map((path) => feedName(path, held));
  return `in ${few.join(", ")}${feeds.length > few.length ? ` and ${feeds.length - few.length} more` : ""}`;
}

/** A link to a feed as a reader shows it, which says whether it is held. */
export function feedName(path: string, held: ReadonlySet<string>): string {
  const name = `<a href="${deskLink("/-/feed", { path })}">${safeText(path)}</a>`;
  return held.has(path) ? `${name} <a class="held" href="/-/holds">(held)</a>` : name;
}

/** A finding with its file and line, which leads to that line. */
export function findingLine({ kind, key, line, message, hint }: Finding): string {
  const place = line === undefined ? key : `${key}:${line}`;
  const address = `${deskLink("/-/article", { key })}#${line === undefined ? "file" : `L${line}`}`;
  return `<p class="finding ${kind}"><a href="${address}"><code>${safeText(place)}</code></a> ${safeText(message)}${hint === undefined ? "" : ` ${safeText(hint)}`}</p>`;
}
