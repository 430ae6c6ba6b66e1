import type { ServerResponse } from "node:http";
import { htmlText } from "../feeds/model/text.ts";

/** What keeps an article out, or site.yaml from being read: a place (`a.md:3`) and one or two sentences. */
export type LiveProblem = { readonly where: string; readonly message: string };

/** `turn`: of the files; `run`: of the newsroom, which changes even if no file does. */
type News = { readonly turn: number; readonly run: number; readonly problems: readonly LiveProblem[] };

/** Open pages of the preview, which hear of each publication. */
export type Live = {
  readonly listen: (response: ServerResponse) => void;
  /** Tells every open page. `changed`: the files are others, so that each page loads itself anew; pages of the desk do so after every run. */
  readonly tell: (changed: boolean, problems: readonly LiveProblem[]) => void;
  readonly close: () => void;
};

/** Where a page listens, and the script that does; both are of the preview alone. */
export const livePath = "/-/live";
export const liveScriptPath = "/-/live.js";

export function live(): Live {
  const pages = new Set<ServerResponse>();
  let news: News = { turn: 0, run: 0, problems: [] };
  const event = () => `data: ${JSON.stringify(news)}\n\n`;
  return {
    listen: (response) => {
      pages.add(response.on("close", () => pages.delete(response)));
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" }).write(event());
    },
    tell: (changed, problems) => {
      news = { turn: news.turn + (changed ? 1 : 0), run: news.run + 1, problems };
      for (const page of pages) page.write(event());
    },
    close: () => {
      for (const page of pages) page.end();
    },
  };
}

/** A way from a page to the desk. */
export type WayToDesk = { readonly address: string; readonly words: string };

/** A page with the script that listens, and above it the ways to the desk: no reader gets these bytes. */
export function withLiveScript(html: string, ways: readonly WayToDesk[]): string {
  const links = ways.map(({ address, words }) => `<a href="${htmlText(address)}">${htmlText(words)}</a>`).join(" ");
  const style = "display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-block-end:1.5rem;font-size:.9375rem";
  const nav = links === "" ? "" : `<nav aria-label="Desk" lang="en" dir="ltr" style="${style}">${links}</nav>\n`;
  return html
    .replace(/<body[^>]*>\n?/, (body) => `${body}${nav}`)
    .replace("</body>", () => `<script src="${liveScriptPath}" defer></script>\n</body>`);
}

/**
 * Loads the page anew after a publication, keeping the place to which it is scrolled, and shows what is broken in a box. The server may
 * have been started anew, with other turns: a page that cannot compare loads itself once.
 */
export const liveScript = `let turn;
const box = document.createElement("section");
box.setAttribute("aria-label", "Wireroom");
box.setAttribute("role", "status");
box.style.cssText = "position:fixed;inset-block-end:1rem;inset-inline:1rem;max-block-size:40vh;overflow:auto;padding:1rem;background:#7a1512;color:#fff;border-radius:.75rem;font:1rem/1.5 system-ui,sans-serif;direction:ltr;text-align:left;z-index:9";
new EventSource("${livePath}").onmessage = ({ data }) => {
  const news = JSON.parse(data);
  const now = location.pathname.startsWith("/-/") ? news.run : news.turn;
  if (turn !== undefined && now !== turn) return location.reload();
  turn = now;
  box.replaceChildren(...news.problems.map(({ where, message }) => {
    const line = document.createElement("p");
    const place = document.createElement("strong");
    line.style.cssText = "margin:0 0 .5rem;max-inline-size:none";
    place.textContent = where + "  ";
    line.append(place, message);
    return line;
  }));
  if (news.problems.length === 0) box.remove(); else document.body.append(box);
};
`;
