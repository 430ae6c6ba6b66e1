import type { Announcer } from "../publish/announce.ts";
import { cloudFrontClient } from "./cloudfront.ts";
import { hubClient } from "./hub.ts";

/** The announcer of one run: pings to hubs, invalidations to CloudFront. `left`: milliseconds that the run still has. `endpoint`: of CloudFront, for tests. */
export function worldAnnouncer(left: () => number, endpoint?: string): Announcer {
  const [ping, invalidate] = [hubClient({ left }), cloudFrontClient(endpoint)];
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
