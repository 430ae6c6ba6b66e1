import type { Instant } from "../articles/model/article.ts";
import { omitUndefined } from "../articles/model/json-value.ts";
import type { Announcement } from "../plan/manifest/manifest.ts";
import { inParallel } from "../stores/parallel.ts";

/**
 * Delivers one announcement; resolves to an id for asking about its progress, if there is one. May be called again for the same
 * announcement: delivery is at least once.
 */
export type Announcer = (announcement: Announcement) => Promise<string | undefined>;

/** The outcome of one announcement. "waiting": it is not due yet. "failed": the next run tries again. */
export type Announced = { readonly announcement: Announcement } & (
  | { readonly kind: "told"; readonly id?: string }
  | { readonly kind: "waiting" }
  | { readonly kind: "failed"; readonly why: string }
);

/** Whether an announcement is due. */
export function isDue(announcement: Announcement, now: Instant): boolean {
  return announcement.kind === "invalidation" || announcement.due === undefined || announcement.due <= now;
}

/**
 * Sends what is due, to the edge first and then to hubs, so that no hub fetches the old bytes. A failure does not stop the other
 * announcements: even if the edge cannot be reached, its cached feeds expire before their pings are due.
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

/** The announcements that stay in the outbox. */
export function undelivered(announced: readonly Announced[]): readonly Announcement[] {
  return announced.flatMap(({ kind, announcement }) => (kind === "told" ? [] : [announcement]));
}
