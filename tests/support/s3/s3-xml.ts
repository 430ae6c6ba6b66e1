/** A small XML tree: a tag's name with its text, or with its children. */
export type Tag = readonly [name: string, content: string | number | boolean | readonly Tag[]];

export const document = (root: Tag): string => `<?xml version="1.0" encoding="UTF-8"?>\n${written(root)}`;

const written = ([name, content]: Tag): string => {
  const inside = typeof content === "object" ? content.map(written).join("") : escaped(String(content));
  return `<${name}>${inside}</${name}>`;
};

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("\r", "&#13;");
