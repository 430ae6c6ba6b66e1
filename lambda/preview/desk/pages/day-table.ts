import { safeText } from "./desk-page.ts";

/** The numbers of a chart, the latest day first. `columns`: a heading and a number for each day. */
export function dayTable(
  name: string,
  days: readonly string[],
  columns: readonly { readonly head: string; readonly values: readonly number[] }[],
): string {
  const rows = days.map((day, index) => {
    const cells = columns.map(({ values }) => `<td class="number">${values[index] ?? 0}</td>`);
    return `<tr><th scope="row"><time datetime="${day}">${day}</time></th>${cells.join("")}</tr>`;
  });
  return [
    `<div class="tablewrap days" tabindex="0" role="region" aria-label="${safeText(name)}">`,
    "<table>",
    `<thead><tr><th scope="col">Day (UTC)</th>${columns.map(({ head }) => `<th scope="col" class="number">${safeText(head)}</th>`).join("")}</tr></thead>`,
    `<tbody>${rows.toReversed().join("\n")}</tbody>`,
    "</table>",
    "</div>",
  ].join("\n");
}
