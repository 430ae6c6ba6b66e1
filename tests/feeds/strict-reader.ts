import { SaxesParser } from "saxes";

/** An element by its namespace and name: `{http://www.w3.org/2005/Atom}title`, or `title` without a namespace. */
export type Node = { readonly name: string; readonly attributes: Record<string, string>; readonly nodes: Node[]; text: string };

/** A reader without tolerance: throws at the first error in XML or its namespaces. */
export const strictly = (xml: string): Node => {
  const root: Node = { name: "", attributes: {}, nodes: [], text: "" };
  const open: Node[] = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    const named = Object.values(attributes).map((attribute) => [nameOf(attribute.uri, attribute.local), attribute.value]);
    const node: Node = { name: nameOf(uri, local), attributes: Object.fromEntries(named), nodes: [], text: "" };
    open.at(-1)!.nodes.push(node);
    open.push(node);
  });
  parser.on("closetag", () => open.pop());
  for (const event of ["text", "cdata"] as const)
    parser.on(event, (text) => {
      open.at(-1)!.text += text;
    });
  parser.write(xml).close();
  return root.nodes[0]!;
};

const nameOf = (uri: string, local: string): string => (uri === "" ? local : `{${uri}}${local}`);

export const ATOM = "{http://www.w3.org/2005/Atom}";
export const DC = "{http://purl.org/dc/elements/1.1/}";
export const MEDIA = "{http://search.yahoo.com/mrss/}";
export const CONTENT = "{http://purl.org/rss/1.0/modules/content/}";
export const HISTORY = "{http://purl.org/syndication/history/1.0}";
export const LANG = "{http://www.w3.org/XML/1998/namespace}lang";

export const all = (node: Node, name: string): readonly Node[] => node.nodes.filter((inner) => inner.name === name);
export const texts = (node: Node, name: string): readonly string[] => all(node, name).map(({ text }) => text);
export const textOf = (node: Node, name: string): string | undefined => all(node, name)[0]?.text;

/** The links with one relation. */
export const hrefs = (node: Node, rel: string): readonly (string | undefined)[] =>
  all(node, `${ATOM}link`)
    .filter(({ attributes }) => attributes.rel === rel)
    .map(({ attributes }) => attributes.href);

export const channelOf = (rss: string): Node => strictly(rss).nodes[0]!;
export const itemsOf = (rss: string): readonly Node[] => all(channelOf(rss), "item");
export const entriesOf = (atom: string): readonly Node[] => all(strictly(atom), `${ATOM}entry`);
