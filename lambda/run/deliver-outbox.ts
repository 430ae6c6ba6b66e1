import type { Instant } from "../articles/model/article.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import type { Announcement } from "../plan/manifest/manifest.ts";
import { inParallel } from "../stores/parallel.ts";

/**
 * Tells the world; resolves when it has been told, with the id under which it can be asked how far it is, where there is one. May be
 * called again for what was told already: at least once, never less.
 */
export type Announcer = (announcement: Announcement) => Promise<string | undefined>;

/** What became of one thing that was to be told; "waiting": its moment has not come, "failed": it is tried again in the next run. */
export type Announced = { readonly announcement: Announcement } & (
  | { readonly kind: "told"; readonly id?: string }
  | { readonly kind: "waiting" }
  | { readonly kind: "failed"; readonly why: string }
);

/** Whether it is to be told by now. */
export function isDue(announcement: Announcement, now: Instant): boolean {
  return announcement.kind === "invalidation" || announcement.due === undefined || announcement.due <= now;
}

/**
 * Tells what is due: to the edge first, then to hubs, so that no hub is sent where the old bytes still are. What fails keeps
 * nothing else from being told: an edge that cannot be reached lets go of feeds by itself, before any ping to them is due.
 */
export async function deliver(outbox: readonly Announcement[], announcer: Announcer, now: Instant): Promise<readonly Announced[]> {
  const tell = async (announcement: Announcement): Promise<Announced> => {
    if (!isDue(announcement, now)) return { kind: "waiting", announcement };
    try {
      return { kind: "told", announcement, ...omitUndefined({ id: await announcer(announcement) }) };
    } catch (error) {
      return { kind: "failed", announcement, why: error instanceof Error ? error.message : String(error) };
    }
  };
  const of = (kind: Announcement["kind"]) =>
    inParallel(
      outbox.filter((one) => one.kind === kind),
      tell,
    );
  return [...(await of("invalidation")), ...(await of("ping"))];
}

/** What stays in the outbox. */
export function undelivered(announced: readonly Announced[]): readonly Announcement[] {
  return announced.flatMap(({ kind, announcement }) => (kind === "told" ? [] : [announcement]));
}
