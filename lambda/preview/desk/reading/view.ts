import { hashOfValue } from "../../../articles/model/json-value.ts";
import { portsOf, type RunRequest } from "../../../operator/run.ts";
import { untilNotOvertaken } from "../../../run/overtaken.ts";
import type { Prepared } from "../../../run/prepared.ts";
import { look } from "../../../run/unchanged.ts";
import type { Settings } from "../../../settings.ts";

/** One newsroom as the next publish would leave it: nothing of it has happened. */
export type View = {
  readonly settings: Settings;
  readonly prepared: Prepared;
  /** Something was published at this target before. */
  readonly isPublished: boolean;
};

/** `allow`: holds to release in this view, each as `name@hash`. */
export type Viewer = (allow?: readonly string[]) => Promise<View>;

/** How long a file is too young for its version to prove that its bytes stay, in milliseconds (`Listed.settled`). */
const young = 2_000;

/**
 * Plans as `wireroom plan` does, and plans again only if content, settings, state or target differ, or a moment has come at which something
 * changes by itself. Writes nothing.
 */
export function viewer(settingsNow: () => Promise<Settings>, order: Pick<RunRequest, "time" | "tell" | "workers">): Viewer {
  const known = new Map<string, { readonly mark: string; readonly view: Promise<View> }>();
  return async (allow = []) => {
    const settings = await settingsNow();
    const name = allow.join(" ");
    const mark = await markOf(settings);
    const last = known.get(name);
    if (last?.mark === mark) {
      const view = await last.view;
      if (!(String(view.prepared.catalog.next) <= settings.now)) return view;
    }
    const view = viewNow(settings, order, allow);
    if (name !== "" && !known.has(name)) known.delete([...known.keys()].find((one) => one !== "") ?? "");
    known.set(name, { mark, view });
    view.catch(() => known.delete(name));
    return view;
  };
}

async function viewNow(settings: Settings, order: Pick<RunRequest, "time" | "tell" | "workers">, allow: readonly string[]): Promise<View> {
  const ports = await portsOf(order, settings);
  const { prepare } = await import("../../../run/pipeline.ts");
  const prepared = await untilNotOvertaken(ports, () => prepare(ports, settings.site, allow));
  const { files } = prepared.before.manifest.value;
  return { settings, prepared, isPublished: Object.keys(files).length > 0 };
}

/** Names all that a plan follows from, but the time. */
async function markOf(settings: Settings): Promise<string> {
  const { head, sources, files } = await look(settings);
  const items = await Promise.all(
    [sources, files].map(async ({ digest, listing }) => digest ?? (await listing()).map(({ key, version, size }) => [key, version, size])),
  );
  const moving = sources.digest === undefined || files.digest === undefined;
  return hashOfValue([settings.site, settings.places, head.version, items, moving ? Math.floor(Date.now() / young) : 0], 32);
}

/** Whether anything was ever published there; reads only the head of state. */
export async function wasPublished({ state }: Settings): Promise<boolean> {
  const { loadHead, loadState } = await import("../../../state/state.ts");
  const head = await loadHead(state);
  return head.none !== true || Object.keys((await loadState(state, head)).manifest.value.files).length > 0;
}
