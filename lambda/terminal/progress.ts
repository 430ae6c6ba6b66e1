import type { Progress } from "../reports/report.ts";
import { cut, padded, width } from "./screen/width.ts";

/** Where a person watches. `columns` may change while a run goes on. */
export type Watched = { readonly isTTY?: boolean; readonly columns?: number; readonly write: (text: string) => unknown };

export type Bar = { readonly tell: (event: Progress) => void; readonly end: () => void };

/** In milliseconds: how often the line is drawn again, how long a rate is measured before anybody relies on it, and how far it looks back. */
const [pause, trial, memory] = [100, 1_000, 8_000];

/**
 * What a run is doing, on one line that is overwritten and erased at the end, if a person is watching; otherwise silent. `clock`: in
 * milliseconds.
 */
export function progress(screen: Watched, clock: () => number): Bar {
  if (screen.isTTY !== true) return { tell: () => {}, end: () => {} };
  let shown = "";
  let drawn = Number.NEGATIVE_INFINITY;
  let stage = "";
  /** When how many were done, the oldest first. */
  let marks: { readonly at: number; readonly done: number }[] = [];
  const show = (text: string) => {
    // The last column stays free: some terminals begin a new line after it.
    const fits = cut(text, (screen.columns || 80) - 1);
    if (fits !== shown) screen.write(`\r${padded(fits, width(shown))}${fits.length < shown.length ? `\r${fits}` : ""}`);
    shown = fits;
  };
  return {
    tell: (event) => {
      const now = clock();
      if (event.kind === "waiting") {
        stage = "";
        return show(event.reason);
      }
      const { done, of, unit } = event;
      if (stage !== event.stage) marks = [];
      else if (now - drawn < pause && done !== of) return;
      [stage, drawn] = [event.stage, now];
      marks = [...marks.filter(({ at }) => now - at <= memory), { at: now, done }];
      const first = marks[0] ?? { at: now, done };
      const measured = { count: done - first.done, milliseconds: now - first.at };
      show(lineOf(words[event.stage], { done, of, unit }, measured));
    },
    end: () => {
      if (shown !== "") screen.write(`\r${" ".repeat(width(shown))}\r`);
      shown = "";
    },
  };
}

const words = { read: "Reading", render: "Rendering", write: "Writing", fetch: "Fetching", ask: "Asking" } as const;
const cells = 20;

type Amount = { readonly done: number; readonly of: number | undefined; readonly unit: string | undefined };

/** `Reading    ██████████░░░░░░░░░░  10,240 of 20,000  1,520/s  6 s left`; without a bar where no end is known. `measured`: how many, and in what time. */
function lineOf(word: string, { done, of, unit }: Amount, measured: { readonly count: number; readonly milliseconds: number }): string {
  const per = (measured.count * 1000) / measured.milliseconds;
  const isMeasured = measured.milliseconds >= trial && measured.count > 0 && done !== of;
  const rate = isMeasured ? `  ${grouped(per)}${unit === undefined ? "" : ` ${unit}`}/s` : "";
  const counted = unit === undefined ? "" : ` ${unit}`;
  if (of === undefined) return `${word.padEnd(9)}  ${grouped(done)}${counted}${rate}`;
  const full = of === 0 ? cells : Math.floor((cells * Math.min(done, of)) / of);
  const bar = "█".repeat(full) + "░".repeat(cells - full);
  const left = isMeasured ? `  ${spanOf((of - done) / per)} left` : "";
  return `${word.padEnd(9)}  ${bar}  ${grouped(done)} of ${grouped(of)}${counted}${rate}${left}`;
}

/** Rounded; with a comma between thousands. Below ten, with one decimal. */
function grouped(number: number): string {
  if (number < 10 && !Number.isInteger(number)) return number.toFixed(1);
  return String(Math.round(number)).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ",");
}

function spanOf(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 90) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
