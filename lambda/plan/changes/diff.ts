import { sortedRecord } from "../../articles/model/json-value.ts";
import type { Encoding } from "../../channels/site/site.ts";
import type { Key, Version } from "../../stores/store.ts";
import { orders, type Rendered, rendered, type Wanted } from "../manifest/file.ts";
import type { Manifest, ManifestFile } from "../manifest/manifest.ts";
import { hasVariants, liveOf, type Target, variantsOf } from "../manifest/target.ts";
import { variantKey } from "../manifest/variants.ts";

/** One file to write, with the version that the target's listing showed (absent: it held nothing). */
export type Write = Rendered & {
  readonly why: "new" | "changed" | "restored";
  readonly over?: Version;
  /** Variants to write before it, each with the version that the listing showed of it. */
  readonly encodings: readonly Encoding[];
  readonly variantsOver: Readonly<Partial<Record<Encoding, Version>>>;
  /** Readers must not be handed the earlier bytes any longer: the edge lets go of them at once. */
  readonly recalls?: true;
};

/**
 * What the manifest is to know of a file, and the write, where what is live is another one. `unrecorded`: it is live already, and the
 * manifest did not know; the run that wrote it did not live to tell anybody.
 */
export type Decision = { readonly key: Key; readonly known: ManifestFile; readonly write?: Write; readonly unrecorded?: Write };

type Input = {
  /** What had to be rendered, by key. */
  readonly rendered: ReadonlyMap<Key, Rendered>;
  readonly manifest: Manifest;
  readonly target: Target;
};

/** Whether a file is written or kept. */
export function decide(file: Wanted, input: Input): Decision {
  const { key, fingerprint, entries, channel, article } = file;
  const live = liveOf(key, input.manifest, input.target);
  const fresh = input.rendered.get(key);
  const before = input.manifest.files[key];
  const variants = Object.fromEntries(variantsOf(key, input.target));
  if (fresh === undefined && before !== undefined)
    return { key, known: { ...before, version: live?.version ?? before.version, ...vouching(variants) } };
  if (fresh === undefined) throw new Error(`${key} is neither live nor rendered`);
  const page = article === undefined ? {} : { article };
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

type Growing = { readonly writes: readonly Write[]; readonly keeps: number; readonly manifest: Manifest };

/** The plan with one more file, which is made from the plan itself: written where what is live is another one. */
export function addFile<Plan extends Growing>(plan: Plan, file: Wanted, text: string, live: Pick<Input, "manifest" | "target">): Plan {
  const { key, known, write } = decide(file, { ...live, rendered: new Map([[file.key, rendered(file, text, [])]]) });
  return {
    ...plan,
    writes: write === undefined ? plan.writes : [...plan.writes, write].sort(byOrder),
    keeps: plan.keeps + (write === undefined ? 1 : 0),
    manifest: { ...plan.manifest, files: sortedRecord({ ...plan.manifest.files, [key]: known }) },
  };
}

/** What the manifest says of variants; nothing of a file that has none. */
function vouching(variants: ManifestFile["variants"]): Pick<ManifestFile, "variants"> {
  return variants === undefined || Object.keys(variants).length === 0 ? {} : { variants };
}

/** What is led to before what leads there. */
export function byOrder(a: Write, b: Write): number {
  return orders.indexOf(a.order) - orders.indexOf(b.order) || (a.key < b.key ? -1 : 1);
}
