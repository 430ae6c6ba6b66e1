import { Fault } from "../../fault.ts";
import { COPY_SCRIPT } from "../../feeds/pages/copy-script.ts";
import { type DeskAnswer, type DeskQuery, deskFileAnswer, deskPageAnswer } from "./desk-answer.ts";
import { pageAt } from "./desk-pages.ts";
import type { DeskSetting, DeskShown } from "./desk-setting.ts";
import { deskScript, deskStyle } from "./desk-style.ts";
import { renderDeskPage, safeText } from "./pages/desk-page.ts";
import { type Viewer, viewer, wasPublished } from "./reading/view.ts";

export type { DeskAnswer };

/** The desk's pages: what a newsroom's editors see of their articles and feeds, and no reader. */
export type Desk = { readonly answer: (query: DeskQuery) => Promise<DeskAnswer> };

export function desk(setting: DeskSetting): Desk {
  const [real, local] = [viewer(setting.real, setting.order), viewer(setting.local ?? setting.real, setting.order)];
  return {
    answer: async (query) => {
      if (query.path === "/-/desk.css") return deskFileAnswer("text/css; charset=utf-8", deskStyle);
      if (query.path === "/-/desk.js") return deskFileAnswer("text/javascript; charset=utf-8", `${deskScript}${COPY_SCRIPT}\n`);
      try {
        return await pageAt(query, await shownNow(setting, real, local), setting);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        return deskPageAnswer(
          renderDeskPage({
            title: "The newsroom cannot be read",
            site: "Wireroom",
            body: [`<p>${safeText(error.message)}</p>`],
            scripts: setting.scripts ?? [],
          }),
          500,
        );
      }
    },
  };
}

async function shownNow({ real: settings, local: own }: DeskSetting, real: Viewer, local: Viewer): Promise<DeskShown> {
  try {
    const target = await settings();
    if (own === undefined || (await wasPublished(target))) return { view: await real(), isReal: true, released: real };
    return { view: await local(), isReal: false, released: local, why: `Nothing was ever published to ${target.target.address}.` };
  } catch (error) {
    if (!(error instanceof Fault) || own === undefined) throw error;
    return { view: await local(), isReal: false, released: local, why: error.message };
  }
}
