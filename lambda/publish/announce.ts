import type { Announcement } from "./manifest.ts";

/** Tells the world; resolves when it has been told. May be called again for what was told already: at least once, never less. */
export type Announcer = (announcement: Announcement) => Promise<void>;

/** Announces everything in the outbox and gives back what could not be told: it stays for the next run. */
export async function announce(outbox: readonly Announcement[], announcer: Announcer): Promise<readonly Announcement[]> {
  const left: Announcement[] = [];
  for (const announcement of outbox) {
    try {
      await announcer(announcement);
    } catch {
      left.push(announcement);
    }
  }
  return left;
}
