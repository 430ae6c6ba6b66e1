import { join, resolve } from "node:path";
import { Fault } from "../fault.ts";
import type { RunRequest } from "../operator/run.ts";
import { mustBeOwnTarget } from "../operator/status.ts";
import { desk } from "../preview/desk/desk.ts";
import { accessLogs, type LogsNow } from "../preview/desk/reading/access-logs.ts";
import { type DeskPublication, publishAtDesk } from "../preview/desk-publication.ts";
import { live, liveScriptPath } from "../preview/live.ts";
import { localSite } from "../preview/local-site.ts";
import { preview } from "../preview/preview.ts";
import { watchContent } from "../preview/watch.ts";
import { exitCode, exitCodes, type RunReport } from "../reports/report.ts";
import { contentOf, type Flags, settingsOf } from "../settings.ts";
import { openStore } from "../stores/open/open.ts";
import { remark } from "./output.ts";

/** `logs`: where CloudFront's access logs are. */
type StartFlags = Flags & { readonly port: number; readonly once?: boolean; readonly logs?: string };

/**
 * `wireroom start`: publishes into a place of its own with the addresses of this machine, serves it, and publishes again when content or
 * site.yaml changes. `shown` prints a report. The target and ledger of the newsroom are never touched.
 */
export async function beginDesk(
  { port, once = false, logs, ...flags }: StartFlags,
  order: Pick<RunRequest, "time" | "tell" | "workers">,
  shown: (report: RunReport) => Promise<void>,
): Promise<number> {
  const content = await contentOf(flags);
  const places = deskPlaces(content);
  const settings = () => settingsOf({ ...flags, ...places, content }, () => new Date());
  const first = await settings();
  const pages = live();
  let own = "";
  const seen = desk({
    real: () => settingsOf({ ...flags, content }, () => new Date()),
    local: async () => {
      const here = await settings();
      return { ...here, site: localSite(here.site, own), cloud: { endpoints: {} } };
    },
    served: first.target,
    flags,
    order,
    scripts: [liveScriptPath],
    ...logsAt(logs),
  });
  const server = once ? undefined : await preview(first.target, first.site, port, { pages, desk: seen });
  const address = `${server?.address ?? `http://127.0.0.1:${port}`}/`;
  own = address;
  let before: RunReport | undefined;
  const publish = async (): Promise<DeskPublication> => {
    const done = await publishAtDesk({ address, settings }, order);
    if (done.report !== undefined && (before === undefined || done.report.outcome !== "unchanged")) await shown(done.report);
    const changed = done.report !== undefined && before !== undefined && done.report.outcome !== "unchanged";
    before = done.report ?? before;
    pages.tell(changed, done.problems);
    return done;
  };
  const { report, problems } = await publish();
  if (server === undefined) {
    if (report !== undefined) return exitCode(report);
    throw new Fault(problems.map(({ where, message }) => `${where}  ${message}`).join("\n"), { kind: "usage" });
  }
  await remark([`${first.site.title} is at ${address} and its desk at ${address}-/ (stop with Ctrl+C)`]);
  if (!content.startsWith("s3://")) await watchContent(resolve(content), oneAfterAnother(publish));
  return exitCodes.fine;
}

/**
 * `wireroom preview`: serves the published files as they are, and a desk beside them. Writes nothing. `served`: hears of the address.
 * @throws Fault (usage) if the state belongs to another site.
 */
export async function servePublished(
  { port, logs, ...flags }: StartFlags,
  order: Pick<RunRequest, "time" | "tell" | "workers">,
  served: (place: { readonly site: string; readonly target: string; readonly address: string }) => void,
): Promise<void> {
  const settings = () => settingsOf(flags, () => new Date());
  const first = await settings();
  await mustBeOwnTarget(first);
  const { target, site } = first;
  const { address } = await preview(target, site, port, { desk: desk({ real: settings, served: target, flags, order, ...logsAt(logs) }) });
  served({ site: site.title, target: target.address, address: `${address}/` });
  await remark([`${site.title} is at ${address}/ and its desk at ${address}/-/ (stop with Ctrl+C)`]);
}

function logsAt(place: string | undefined): { readonly logs?: () => Promise<LogsNow> } {
  return place === undefined ? {} : { logs: accessLogs(openStore(place)) };
}

/** The desk's own place in the content folder; for the folder content, beside it. */
function deskPlaces(content: string): { readonly to: string; readonly state: string } {
  const folder = content.startsWith("s3://") || resolve(content) === resolve("content") ? "." : content;
  return { to: join(folder, ".wireroom/preview"), state: join(folder, ".wireroom/preview.state") };
}

/** Never two at once; a change during one leads to exactly one more. */
function oneAfterAnother(work: () => Promise<unknown>): () => void {
  let [isRunning, isWanted] = [false, false];
  const next = (): void => {
    if (isRunning) {
      isWanted = true;
      return;
    }
    isRunning = true;
    void work()
      .catch((error: unknown) => remark([String(error)]))
      .finally(() => {
        isRunning = false;
        if (isWanted) {
          isWanted = false;
          next();
        }
      });
  };
  return next;
}
