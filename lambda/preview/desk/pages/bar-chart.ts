import { safeText } from "./desk-page.ts";

/** The looks of bars: by colour and by pattern, so that nobody needs the colour. */
export type BarLook = "solid" | "striped" | "dotted" | "open";

/** One number a day. `total`: what the legend says; the sum if absent. */
export type Series = { readonly name: string; readonly look: BarLook; readonly values: readonly number[]; readonly total?: number };

export type Chart = {
  /** Of this page alone. */
  readonly id: string;
  readonly title: string;
  /** What there is to see, in a sentence. */
  readonly description: string;
  /** Days in a row, as `2026-11-28`. */
  readonly days: readonly string[];
  /** Piled up, the first at the bottom. */
  readonly series: readonly Series[];
  /** A line before the bar of a day. */
  readonly line?: { readonly day: number; readonly name: string };
};

const [width, height] = [400, 180];
const plot = { left: 34, right: 396, top: 16, bottom: 154 } as const;

/** The patterns of all charts of a page: once, before the first of them. */
export const chartPatterns = [
  '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>',
  '<pattern id="solid" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="solid" width="4" height="4"/></pattern>',
  '<pattern id="striped" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="paper" width="5" height="5"/><rect class="striped" width="2.5" height="5"/></pattern>',
  '<pattern id="dotted" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="paper" width="5" height="5"/><circle class="dotted" cx="2.5" cy="2.5" r="1.6"/></pattern>',
  '<pattern id="open" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="paper" width="4" height="4"/></pattern>',
  "</defs></svg>",
].join("");

/** A bar a day as plain SVG, with its legend. The numbers themselves belong into a table beside it. */
export function barChart({ id, title, description, days, series, line }: Chart): string {
  const top = niceTop(Math.max(...days.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0))));
  const slot = (plot.right - plot.left) / days.length;
  const bar = Math.min(26, slot * 0.76);
  const y = (value: number): number => plot.bottom - (value / top) * (plot.bottom - plot.top);
  const ticks = top % 2 === 0 ? [0, top / 2, top] : [0, top];
  const bars = days.map((day, index) => {
    const x = plot.left + index * slot + (slot - bar) / 2;
    let below = 0;
    const pieces = series.flatMap(({ look, values }) => {
      const value = values[index] ?? 0;
      below += value;
      return value === 0
        ? []
        : [
            `<rect class="bar ${look}" fill="url(#${look})" x="${short(x)}" y="${short(y(below))}" width="${short(bar)}" height="${short(y(below - value) - y(below))}"/>`,
          ];
    });
    const told = series.map(({ name, values }) => `${values[index] ?? 0} ${name}`).join(", ");
    return pieces.length === 0 ? "" : `<g><title>${safeText(`${day}: ${told}`)}</title>${pieces.join("")}</g>`;
  });
  const step = Math.max(1, Math.ceil(days.length / 5));
  const labels = days.flatMap((day, index) =>
    index % step === 0
      ? [`<text x="${short(plot.left + (index + 0.5) * slot)}" y="${plot.bottom + 16}" text-anchor="middle">${day.slice(5)}</text>`]
      : [],
  );
  return [
    '<figure class="chart">',
    `<svg viewBox="0 0 ${width} ${height}" role="img" direction="ltr" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${safeText(title)}</title>`,
    `<desc id="${id}-desc">${safeText(description)}</desc>`,
    ...ticks.map(
      (tick) =>
        `<path class="grid" d="M${plot.left} ${short(y(tick))}H${plot.right}"/><text x="${plot.left - 5}" y="${short(y(tick) + 4)}" text-anchor="end">${shortNumber(tick)}</text>`,
    ),
    ...bars,
    ...labels,
    ...(line === undefined ? [] : [lineAt(plot.left + line.day * slot, line.name)]),
    "</svg>",
    `<figcaption><ul class="row">${series.map(legend).join("")}</ul></figcaption>`,
    "</figure>",
  ].join("\n");
}

function lineAt(x: number, name: string): string {
  const isRight = x > (plot.left + plot.right) / 2;
  const [at, anchor] = isRight ? [x - 4, "end"] : [x + 4, "start"];
  return `<path class="mark" d="M${short(x)} ${plot.top - 12}V${plot.bottom}"/><text class="named" x="${short(at)}" y="${plot.top - 5}" text-anchor="${anchor}">${safeText(name)}</text>`;
}

function legend({ name, look, values, total = values.reduce((sum, value) => sum + value, 0) }: Series): string {
  return `<li><svg class="swatch" width="18" height="12" aria-hidden="true" focusable="false"><rect class="bar ${look}" fill="url(#${look})" x="1" y="1" width="16" height="10"/></svg> ${safeText(name)}: ${total}</li>`;
}

/** The least of 1, 2, 4, 5, 8, 10, 20, 40 … that is enough. */
function niceTop(value: number): number {
  let step = 1;
  for (;;) {
    for (const factor of [1, 2, 4, 5, 8]) if (factor * step >= value) return factor * step;
    step *= 10;
  }
}

const short = (value: number): string => String(Math.round(value * 100) / 100);
const shortNumber = (value: number): string =>
  value >= 1_000_000 ? `${short(value / 1_000_000)}M` : value >= 10_000 ? `${short(value / 1_000)}k` : String(value);
