import { type Medium, mediumKey } from "../../channels/media/media.ts";
import { copiesIn } from "../../plan/changes/copies.ts";
import type { Manifest } from "../../plan/manifest/manifest.ts";
import type { Key, Listed, Store } from "../../stores/store.ts";
import { measure } from "./measure.ts";

/** The copies of media in the target, and what was found out about them. */
export type LiveCopies = {
  /** By the key at which everybody would find each: where it is. */
  readonly copies: ReadonlyMap<Key, Key>;
  /**
   * Whether a medium, whose file may be gone, has its copy. A copy with another version than the manifest names is read: somebody may have
   * restored the target, or replaced the picture.
   */
  readonly isLive: (medium: Medium) => Promise<boolean>;
  /** Those that were read, and have the right bytes. */
  readonly same: ReadonlySet<Key>;
};

export function liveCopies(target: Store, listing: readonly Listed[], { files }: Manifest): LiveCopies {
  const listed = new Map(listing.map((one) => [one.key, one]));
  const copies = copiesIn(listed.keys());
  const same = new Set<Key>();
  const isLive = async (medium: Medium): Promise<boolean> => {
    const key = copies.get(mediumKey(medium)) ?? "";
    const copy = listed.get(key);
    if (copy === undefined || copy.size !== medium.bytes) return false;
    if (!Object.hasOwn(files, key) || files[key]?.version === copy.version) return true;
    if ((await measure(target, copy))?.hash !== medium.hash) return false;
    same.add(key);
    return true;
  };
  return { copies, isLive, same };
}
