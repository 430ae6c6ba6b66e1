import type { Reported } from "../reports/report.ts";
import type { Line } from "./screen/screen.ts";
import { padded } from "./screen/width.ts";

/** Findings under their files, in the order of lines. A hint that many share appears once, at the first of them. */
export function findingsByFile(findings: readonly Reported[]): readonly Line[] {
  const told = new Set<string>();
  return [...Map.groupBy(findings, ({ key }) => key)].flatMap(([key, group]): readonly Line[] => {
    const places = Math.max(...group.map(({ line }) => (line === undefined ? 0 : String(line).length)));
    const inOrder = group.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    return [[{ text: `  ${key}`, style: "bold" }], ...inOrder.flatMap((finding) => findingLines(finding, places, told))];
  });
}

function findingLines({ line, kind, code, message, hint }: Reported, places: number, told: Set<string>): readonly Line[] {
  const place = places === 0 ? "    " : `    ${padded(line === undefined ? "" : String(line), places, true)}  `;
  const isNew = hint !== undefined && !told.has(hint);
  if (isNew) told.add(hint);
  return [
    [{ text: place, style: kind === "problem" ? "red" : "yellow" }, `${message}  `, { text: code, style: "dim" }],
    ...(isNew ? [`${" ".repeat(place.length)}→ ${hint}`] : []),
  ];
}
