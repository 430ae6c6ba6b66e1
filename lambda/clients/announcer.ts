import type { Announcer } from "../run/deliver-outbox.ts";
import { cloudFrontClient } from "./cloudfront.ts";
import { hubClient } from "./hub.ts";
import type { Reach } from "./inner-address.ts";

/**
 * The announcer of one run: pings to hubs, invalidations to CloudFront. `left`: milliseconds that the run still has. `endpoint`:
 * of CloudFront, for tests. `reach`: where hubs may be.
 */
export function outboxAnnouncer(left: () => number, endpoint?: string, reach: Reach = "anywhere"): Announcer {
  const [ping, invalidate] = [hubClient({ left, reach }), cloudFrontClient(endpoint)];
  return async (announcement) => {
    switch (announcement.kind) {
      case "ping":
        await ping(announcement.hub, announcement.topic);
        return undefined;
      case "invalidation":
        return invalidate(announcement);
    }
  };
}
