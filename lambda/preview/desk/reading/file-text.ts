import { gunzipSync } from "node:zlib";
import type { Key } from "../../../stores/store.ts";
import type { View } from "./view.ts";

/** The text of published files: as they are live, and as the next publish would leave them. Each is read once. */
export type Texts = {
  /** Undefined if nothing is live there. */
  readonly before: (key: Key) => Promise<string | undefined>;
  /** Undefined if nothing will be there. */
  readonly after: (key: Key) => Promise<string | undefined>;
};

export function textsOf({ settings: { target }, prepared: { changes } }: View): Texts {
  const { plan, makeAgain } = changes;
  const writes = new Map(plan.writes.map((write) => [write.key, write]));
  const removed = new Set(plan.removes.map(({ key }) => key));
  const before = once(async (key) => {
    const found = await target.read(key);
    return found === undefined ? undefined : Buffer.from(found.bytes).toString("utf8");
  });
  const after = once(async (key) => {
    if (removed.has(key)) return undefined;
    if (!writes.has(key)) return before(key);
    const gzip = writes.get(key)?.gzip ?? (await makeAgain?.(key))?.gzip;
    return gzip === undefined ? undefined : gunzipSync(gzip).toString("utf8");
  });
  return { before, after };
}

function once(read: (key: Key) => Promise<string | undefined>): (key: Key) => Promise<string | undefined> {
  const known = new Map<Key, Promise<string | undefined>>();
  return (key) => {
    const found = known.get(key) ?? read(key);
    known.set(key, found);
    return found;
  };
}
