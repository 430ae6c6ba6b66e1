import { directionOf } from "../../../articles/language/direction.ts";
import { nameOf } from "../../../feeds/model/words.ts";
import type { View } from "../reading/view.ts";
import { deskLink, inLanguage, moment, safeText } from "./desk-page.ts";

/** Every feed: what it is, and what the next publish does with it. */
export function feedsList({ prepared: { selections, changes } }: View, isReal: boolean): readonly string[] {
  const plans = new Map(changes.plan.channels.map((channel) => [channel.path, channel]));
  const rows = selections.map(({ channel, documents }) => {
    const { path, title, language, members, ended } = channel;
    const { entries = 0, bytes = 0, outcome = "kept" } = plans.get(path) ?? {};
    const [newest] = members;
    const happens =
      outcome === "held" ? '<a class="held" href="/-/holds">holds it</a>' : outcome === "written" ? "changes it" : "leaves it as it is";
    return [
      "<tr>",
      `<th scope="row"><a href="${deskLink("/-/feed", { path })}">${safeText(path)}</a></th>`,
      `<td>${inLanguage("span", language, safeText(title))}${ended === true ? " (no longer in site.yaml)" : ""}</td>`,
      `<td>${language === undefined ? "several" : `${safeText(nameOf(language))}${directionOf(language) === "rtl" ? ", right to left" : ""}`}</td>`,
      `<td class="number">${entries}${members.length > entries ? ` of ${members.length}` : ""}${documents.length > 1 ? `, ${documents.length - 1} archived` : ""}</td>`,
      `<td class="number">${Math.ceil(bytes / 1000)} KB</td>`,
      `<td>${newest === undefined ? "" : moment(newest.published)}</td>`,
      `<td>${isReal ? happens : "publishes it"}</td>`,
      "</tr>",
    ].join("");
  });
  if (rows.length === 0) return ["<p>There is no feed. Describe channels in site.yaml.</p>"];
  const heads = ["Feed", "Title", "Language", "Entries", "Size", "Newest", "Next publish"];
  return [
    '<div class="tablewrap" tabindex="0" role="region" aria-label="Feeds">',
    "<table>",
    `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>`,
    `<tbody>${rows.join("\n")}</tbody>`,
    "</table>",
    "</div>",
  ];
}
