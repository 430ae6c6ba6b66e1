import type { Site } from "../channels/site/site.ts";
import { partnerPath } from "./desired/partner-files.ts";
import type { Manifest } from "./manifest/manifest.ts";
import type { Made } from "./plan.ts";

type Judged = Pick<Manifest["files"][string], "judged">;

/** By a partner's name, the ids of articles that its profile leaves out of its files. */
export type LeftOut = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * What partners with a change log do not find in their files: a log names only what is there. A file that was not made in this run has what
 * was decided when it was made.
 */
export function leftOutOf({ desiredState, rendered }: Made, { files }: Manifest, site: Pick<Site, "partners">): LeftOut {
  return byPartner(site, (path) => {
    const own = desiredState.candidates.find((candidate) => candidate.path === path)?.files ?? [];
    return own.map(({ key }) => rendered.get(key) ?? files[key]);
  });
}

/** The same of the files that are live. */
export function leftOutBefore({ files }: Manifest, site: Pick<Site, "partners">): LeftOut {
  return byPartner(site, (path) => Object.values(files).filter(({ channel }) => channel === path));
}

function byPartner({ partners }: Pick<Site, "partners">, filesOf: (path: string) => readonly (Judged | undefined)[]): LeftOut {
  const all = partners
    .filter(({ changes }) => changes)
    .map((rule) => {
      const judged = filesOf(partnerPath({ rule })).flatMap((file) => file?.judged ?? []);
      return [rule.name, new Set(judged.flatMap(({ id, included }) => (included ? [] : [id])))] as const;
    });
  return new Map(all.filter(([, ids]) => ids.size > 0));
}

export function isSameLeftOut(a: LeftOut, b: LeftOut): boolean {
  return (
    a.size === b.size &&
    [...a].every(([name, ids]) => {
      const others = b.get(name);
      return others?.size === ids.size && [...ids].every((id) => others.has(id));
    })
  );
}
