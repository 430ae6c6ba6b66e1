import { nearest } from "../../articles/model/nearest.ts";

type Mistake = { readonly path: readonly PropertyKey[]; readonly message: string };

type Written = {
  readonly channels?: readonly { readonly name?: string | undefined; readonly by?: string | undefined }[] | undefined;
  readonly partners?: readonly { readonly name: string; readonly channel?: string | undefined }[] | undefined;
};

/** What is wrong with partners beside the rest of site.yaml: two of one name, and a channel that nobody makes. */
export function mistakesInPartners({ channels = [{ name: "all" }], partners = [] }: Written): readonly Mistake[] {
  const names = channels.flatMap(({ name }) => name ?? []);
  const values = channels.flatMap(({ by }) => by ?? []);
  return partners.flatMap(({ name, channel }, index): readonly Mistake[] => [
    ...(partners.findIndex((other) => other.name === name) < index
      ? [{ path: ["partners", index, "name"], message: "is the name of two partners; each needs its own folder" }]
      : []),
    ...(channel === undefined || isChannel(channel, names, values)
      ? []
      : [{ path: ["partners", index, "channel"], message: notAChannel(channel, names) }]),
  ]);
}

/** "world", one of its languages ("world/ru"), or one value of a `by` rule ("section/world"). */
function isChannel(path: string, names: readonly string[], values: readonly string[]): boolean {
  const [first = "", rest] = path.split(/\/(.*)/s);
  return names.includes(first) || (values.includes(first) && rest !== undefined && rest !== "");
}

function notAChannel(written: string, names: readonly string[]): string {
  const near = nearest(written, names);
  return `is not a channel of this site.yaml${near === undefined ? "" : ` (did you mean "${near}"?)`}`;
}
