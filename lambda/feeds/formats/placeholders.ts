import { Fault } from "../../fault.ts";

/**
 * Finished XML for the skeleton that `feed` writes. The library gets a token for every text and address; at the end, one pass
 * replaces the tokens with the XML. So the library cannot damage a text or turn it into markup (it decodes `&amp;`, splits only
 * the first `]]>`, leaves `<` in attributes: reference B1 to B7, V20). No text can pass for a token, because the library never
 * sees a text and the pass does not read what it inserts. Tokens look like a URI, because the library parses some of them.
 */
export type Placeholders = {
  /** A token that this XML replaces; the CDATA section around it goes too. */
  readonly inside: (xml: string) => string;
  /** A token that these elements replace, each on its own line; the element around it goes too. */
  readonly instead: (elements: readonly string[]) => string;
  /** The skeleton with every token replaced; a Fault if a token is lost or doubled (the library has changed). */
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

export const openPlaceholders = (): Placeholders => {
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
      if (times.some((count) => count !== 1)) throw new Fault("The feed library lost or doubled a part of a feed: its output has changed.");
      return filled;
    },
  };
};
