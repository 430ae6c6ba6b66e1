import type { Progress } from "../reports/report.ts";

type Screen = { readonly isTTY?: boolean; readonly write: (text: string) => unknown };

/** Progress on one line that is overwritten, if a person is watching; otherwise silent. */
export function progress(screen: Screen): { readonly tell: (event: Progress) => void; readonly end: () => void } {
  if (screen.isTTY !== true) return { tell: () => {}, end: () => {} };
  let shown = "";
  const show = (text: string) => {
    if (text === shown) return;
    screen.write(`\r${text.padEnd(shown.length)}`);
    shown = text;
  };
  return {
    tell: (event) => show(event.kind === "waiting" ? event.reason : `${words[event.stage]} ${percent(event.done, event.of)}`),
    end: () => {
      if (shown !== "") screen.write(`\r${" ".repeat(shown.length)}\r`);
    },
  };
}

const words = { read: "reading", render: "rendering", write: "writing" } as const;

function percent(done: number, of: number): string {
  return `${of === 0 ? 100 : Math.floor((100 * done) / of)} %`;
}
