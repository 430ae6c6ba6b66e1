import { sortedRecord } from "../../articles/model/json-value.ts";
import type { Encoding } from "../../channels/site/site.ts";
import type { Key, Version } from "../../stores/store.ts";
import { type DesiredFile, orders, type Rendered, rendered } from "../manifest/file.ts";
import type { Manifest, ManifestFile } from "../manifest/manifest.ts";
import { hasVariants, liveOf, type Target, variantsOf } from "../manifest/target.ts";
import { variantKey } from "../manifest/variants.ts";

/** A file to write, with the version in the target's listing (absent if there was none). */
export type Write = Rendered & {
  readonly why: "new" | "changed" | "restored";
  readonly over?: Version;
  /** The variants to write before it, and their versions in the listing. */
  readonly encodings: readonly Encoding[];
  readonly variantsOver: Readonly<Partial<Record<Encoding, Version>>>;
  /** Readers must no longer get the earlier bytes: CloudFront must drop them at once. */
  readonly recalls?: true;
};

/**
 * A file's manifest entry, and the write if other bytes are live. `unrecorded`: the bytes are live but the manifest did not have them,
 * because the run that wrote them was cut before it announced them.
 */
export type FileDiff = { readonly key: Key; readonly known: ManifestFile; readonly write?: Write; readonly unrecorded?: Write };

type Input = {
  /** The rendered files, by key. */
  readonly rendered: ReadonlyMap<Key, Rendered>;
  readonly manifest: Manifest;
  readonly target: Target;
};

/** Decides whether a file is written or kept. */
export function diff(file: DesiredFile, input: Input): FileDiff {
  const { key, fingerprint, entries, channel, article } = file;
  const live = liveOf(key, input.manifest, input.target);
  const fresh = input.rendered.get(key);
  const before = input.manifest.files[key];
  const variants = Object.fromEntries(variantsOf(key, input.target));
  if (fresh === undefined && before !== undefined)
    return { key, known: { ...before, version: live?.version ?? before.version, ...vouching(variants) } };
  if (fresh === undefined) throw new Error(`${key} is neither live nor rendered`);
  const { judged = [], ofFile = [] } = fresh;
  const decided = { ...(judged.length === 0 ? {} : { judged }), ...(ofFile.length === 0 ? {} : { ofFile }) };
  const page = { ...(article === undefined ? {} : { article }), ...decided };
  const known = { hash: fresh.hash, fingerprint, size: fresh.size, entries, channel, ...page };
  const write = (why: Write["why"]): Write => ({
    ...fresh,
    why,
    encodings: input.target.encodings,
    variantsOver: Object.fromEntries(
      input.target.encodings.flatMap((encoding) => {
        const version = input.target.listing.get(variantKey(key, encoding));
        return version === undefined ? [] : [[encoding, version]];
      }),
    ),
    ...(live === undefined ? {} : { over: live.version }),
  });
  if (live?.hash === fresh.hash && hasVariants(key, input.target)) {
    const unrecorded = before?.hash === fresh.hash ? {} : { unrecorded: write(before === undefined ? "new" : "changed") };
    return { key, known: { ...known, version: live.version, ...vouching(variants) }, ...unrecorded };
  }
  const meant = before?.hash === fresh.hash || live?.hash === fresh.hash;
  const why = meant ? "restored" : live === undefined && before === undefined ? "new" : "changed";
  return { key, known: { ...known, version: "" }, write: write(why) };
}

type Growing = {
  readonly writes: readonly Write[];
  readonly unrecorded: readonly Write[];
  readonly keeps: number;
  readonly manifest: Manifest;
};

/** Adds a file that is made from the plan itself; it is written if other bytes are live. */
export function addFile<Plan extends Growing>(plan: Plan, file: DesiredFile, text: string, live: Pick<Input, "manifest" | "target">): Plan {
  const { key, known, write, unrecorded } = diff(file, { ...live, rendered: new Map([[file.key, rendered(file, text, [])]]) });
  return {
    ...plan,
    writes: write === undefined ? plan.writes : [...plan.writes, write].sort(byOrder),
    unrecorded: unrecorded === undefined ? plan.unrecorded : [...plan.unrecorded, unrecorded],
    keeps: plan.keeps + (write === undefined ? 1 : 0),
    manifest: { ...plan.manifest, files: sortedRecord({ ...plan.manifest.files, [key]: known }) },
  };
}

/** The manifest's record of variants; nothing for a file without any. */
function vouching(variants: ManifestFile["variants"]): Pick<ManifestFile, "variants"> {
  return variants === undefined || Object.keys(variants).length === 0 ? {} : { variants };
}

/** Link targets are written before the files that link to them. */
export function byOrder(a: Write, b: Write): number {
  return orders.indexOf(a.order) - orders.indexOf(b.order) || (a.key < b.key ? -1 : 1);
}
