import type { Site } from "../channels/site/site.ts";
import { partnerPath } from "./desired/partner-files.ts";
import type { Manifest } from "./manifest/manifest.ts";
import type { Made } from "./plan.ts";

/** By a partner's name, the ids of articles that its profile leaves out of its files. */
export type LeftOut = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What partners with a change log do not find in their files: a log names only what is there. A file that was not made in this run has what
 * was decided when it was made.
 */
export function leftOutOf({ desiredState, rendered }: Made, { files }: Manifest, { partners }: Pick<Site, "partners">): LeftOut {
  const all = partners
    .filter(({ changes }) => changes)
    .map((rule) => {
      const path = partnerPath({ rule });
      const own = desiredState.candidates.find((candidate) => candidate.path === path)?.files ?? [];
      const judged = own.flatMap(({ key }) => (rendered.get(key) ?? files[key])?.judged ?? []);
      return [rule.name, new Set(judged.flatMap(({ id, included }) => (included ? [] : [id])))] as const;
    });
  return new Map(all.filter(([, ids]) => ids.size > 0));
}
