import { Fault } from "../fault.ts";

/**
 * Finished XML for the skeleton that `feed` writes. The library gets a token for every text and address; when it is done,
 * one pass puts the XML in their places. So the library can neither damage a text nor let one become markup (it decodes
 * `&amp;`, mends one `]]>` only, leaves `<` in attributes: reference B1 to B7, V20), and as it never sees a text, and what
 * has been put in is not read again, no text can pass for a token. Tokens look like a URI because the library parses some.
 */
export type Slots = {
  /** A token to be replaced by this XML, with the CDATA section around it. */
  readonly inside: (xml: string) => string;
  /** A token to be replaced by these elements, with the element around it, each on a line of its own. */
  readonly instead: (elements: readonly string[]) => string;
  /** The skeleton with everything in its place; a Fault if a token is lost or doubled (the library has changed). */
  readonly fill: (skeleton: string) => string;
};

const TOKEN = new RegExp(
  [
    String.raw`(\n *)<([\w:]+)[^<>]*>(?:<!\[CDATA\[)?instead:(\d+)(?:\]\]>)?</\2>`,
    String.raw`(\n *)<[\w:]+ [^<>]*"instead:(\d+)"[^<>]*/>`,
    String.raw`(?:<!\[CDATA\[)?inside:(\d+)(?:\]\]>)?`,
  ].join("|"),
  "g",
);

export const openSlots = (): Slots => {
  const held: (string | readonly string[])[] = [];
  const hold = (kind: string, content: string | readonly string[]): string => `${kind}:${held.push(content) - 1}`;
  return {
    inside: (xml) => hold("inside", xml),
    instead: (elements) => hold("instead", elements),
    fill: (skeleton) => {
      const times = held.map(() => 0);
      const place = (index: number): string | readonly string[] => {
        times[index] = (times[index] ?? 0) + 1;
        return held[index] ?? "";
      };
      const filled = skeleton.replace(TOKEN, (_, indent, _name, around, indentOfEmpty, empty, inside) => {
        if (inside !== undefined) return String(place(Number(inside)));
        const lines = place(Number(around ?? empty));
        const margin = indent ?? indentOfEmpty;
        return typeof lines === "string" ? margin + lines : lines.map((line) => margin + line).join("");
      });
      if (times.some((count) => count !== 1))
        throw new Fault("The feed library lost or doubled a part of a feed: it writes otherwise than it did.");
      return filled;
    },
  };
};
