import { rm } from "node:fs/promises";
import { Fault } from "../fault.ts";
import { type RunRequest, run } from "../operator/run.ts";
import type { RunReport } from "../reports/report.ts";
import type { Settings } from "../settings.ts";
import type { LiveProblem } from "./live.ts";
import { localSite } from "./local-site.ts";

export type DeskPublication = {
  /** Absent if site.yaml or the content cannot be read. */
  readonly report?: RunReport;
  readonly problems: readonly LiveProblem[];
};

/** `address`: of the preview, with its slash; `settings`: those of the desk's own target and state. */
type Desk = { readonly address: string; readonly settings: () => Promise<Settings> };

/**
 * Publishes at the desk's own place. What a reader would have to release is released at once, and what belongs to another site or another
 * port is made anew: nothing here is precious. A mistake in site.yaml is a problem, and the last pages stay.
 */
export async function publishAtDesk(
  { address, settings }: Desk,
  order: Pick<RunRequest, "time" | "tell" | "workers">,
): Promise<DeskPublication> {
  try {
    const real = await settings();
    const here = { ...real, site: localSite(real.site, address), cloud: { endpoints: {} } };
    const publish = (allow: readonly string[]) => run({ ...order, command: "publish", allow }, here);
    const first = await publish([]).catch(async (error: unknown) => {
      if (!(error instanceof Fault) || error.kind !== "usage") throw error;
      for (const { address: place } of [real.target, real.state]) await rm(place, { recursive: true, force: true });
      return publish([]);
    });
    const releases = first.holds.flatMap(({ name, hash, defective }) => (defective ? [] : [`${name}@${hash}`]));
    const report = releases.length === 0 ? first : await publish(releases);
    return { report, problems: problemsOf(report) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const [, where = "site.yaml", message = error.message] = /^(\S+\.yaml:\d+) {2}(.*)$/s.exec(error.message) ?? [];
    return { problems: [{ where, message }] };
  }
}

function problemsOf({ findings, holds }: RunReport): readonly LiveProblem[] {
  const broken = findings.filter(({ kind }) => kind === "problem");
  return [
    ...broken.map(({ key, line, message, hint = "" }) => ({
      where: line === undefined ? key : `${key}:${line}`,
      message: `${message} ${hint}`.trim(),
    })),
    ...holds.flatMap(({ name, reasons }) => reasons.map((message) => ({ where: name, message }))),
  ];
}
