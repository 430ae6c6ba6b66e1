import type { Key } from "../../stores/store.ts";
import { type DeskAnswer, type DeskQuery, deskPageAnswer, framedAnswer } from "./desk-answer.ts";
import type { DeskSetting, DeskShown } from "./desk-setting.ts";
import { gatheredArticle, gatheredFeed, gatheredPlan, publishedText } from "./gathered.ts";
import { articleView } from "./pages/article-view.ts";
import { articlesList } from "./pages/articles-list.ts";
import { command, type DeskPage, deskPath, renderDeskPage, safeText } from "./pages/desk-page.ts";
import { feedView } from "./pages/feed-view.ts";
import { feedsList } from "./pages/feeds-list.ts";
import { holdsList } from "./pages/holds-list.ts";
import { planView } from "./pages/plan-view.ts";
import { renderedEntry } from "./pages/rendered-entry.ts";
import { sourceView } from "./pages/source-view.ts";
import { proofPage } from "./proof-pages.ts";
import { articlesOf } from "./reading/article-states.ts";
import { asRead, entryOf } from "./reading/as-read.ts";
import { textsOf } from "./reading/file-text.ts";
import { publishCommand } from "./release-command.ts";

/** The page at an address of the desk. */
export async function pageAt(query: DeskQuery, shown: DeskShown, setting: DeskSetting): Promise<DeskAnswer> {
  const { view, isReal, why = "" } = shown;
  const { site, target } = view.settings;
  const { plan } = view.prepared.changes;
  const holds = isReal ? plan.holds : [];
  const held = new Set(holds.map(({ name }) => name));
  const { path, parameters, origin } = query;
  const page = (own: Pick<DeskPage, "title" | "section" | "body">, status?: number) =>
    deskPageAnswer(renderDeskPage({ ...own, site: site.title, holds: holds.length, scripts: setting.scripts ?? [] }), status);
  const none = (sentence: string) =>
    page({ title: "Not found", body: [`<p>${safeText(sentence)} <a href="${deskPath}">All articles</a></p>`] }, 404);
  const key = parameters.get("key") ?? "";
  switch (path) {
    case deskPath:
      return page({
        title: "Articles",
        section: "articles",
        body: articlesList({ articles: articlesOf(view.prepared), parameters, held }),
      });
    case "/-/article": {
      const found = await gatheredArticle(view, {
        of: parameters.has("page") ? { page: parameters.get("page") ?? "" } : { key },
        feed: parameters.get("feed") ?? undefined,
        held,
        isLocal: setting.local !== undefined,
      });
      if (found === undefined) return none(`No file of the content is called ${key || parameters.get("page")}.`);
      return page({ title: found.article.title ?? key, section: "articles", body: articleView(found) });
    }
    case "/-/rendered": {
      const file = parameters.get("file") ?? "";
      const entry = [...view.prepared.catalog.entries, ...view.prepared.catalog.dropped].find(({ meta }) => meta.key === key);
      const written = await textsOf(view).after(file as Key);
      const read = written === undefined ? undefined : asRead(written, `${site.feedUrl}${file}`);
      const own = entry === undefined || read === undefined ? undefined : entryOf(read, entry);
      if (entry === undefined || own === undefined) return none(`${file} does not show ${key}.`);
      return framedAnswer(renderedEntry(own, { language: entry.meta.language, origin, homes: [site.feedUrl, site.url] }), origin);
    }
    case "/-/plan": {
      if (!isReal)
        return page({
          title: "Next publish",
          section: "plan",
          body: [`<p>${safeText(why)} The next publish writes everything.</p>`, command(publishCommand(setting.flags))],
        });
      const allow = parameters.get("allow")?.split(" ").filter(Boolean) ?? [];
      const planned = allow.length === 0 ? view : await shown.released(allow);
      const gathered = await gatheredPlan(planned, Number.parseInt(parameters.get("from") ?? "0", 10) || 0);
      return page({
        title: "Next publish",
        section: "plan",
        body: planView({ ...gathered, allow, publish: publishCommand(setting.flags, allow) }),
      });
    }
    case "/-/feeds":
      return page({ title: "Feeds", section: "feeds", body: feedsList(view, isReal) });
    case "/-/feed": {
      const found = await gatheredFeed(view, parameters.get("path") ?? "", parameters.get("file") ?? undefined, holds);
      return found === undefined ? none("No feed is there.") : page({ title: found.path, section: "feeds", body: feedView(found) });
    }
    case "/-/holds": {
      const known = view.prepared.before.ledger.value.holds;
      const since = ({ name, hash }: { readonly name: string; readonly hash: string }) =>
        known[name]?.hash === hash ? known[name].since : undefined;
      const release = (name: string) => publishCommand(setting.flags, [name]);
      const body = isReal
        ? holdsList({ target: target.address, holds, since, release })
        : [`<p>${safeText(why)} So nothing can be held there.</p>`];
      return page({ title: "Holds", section: "holds", body });
    }
    case "/-/source": {
      const file = (parameters.get("path") ?? "").replace(/^\//, "");
      const found = await publishedText(setting.served, file);
      return found === undefined
        ? none(`Nothing that can be shown as text is published at /${file}.`)
        : page({ title: file, section: "feeds", body: sourceView(file, found.content, found.siblings) });
    }
    case "/-/fetched":
    case "/-/withdrawals":
    case "/-/subscribers":
      return page(await proofPage(path, query, shown, setting));
    default:
      return none("The desk has no page here.");
  }
}
