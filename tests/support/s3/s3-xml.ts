/** A small XML tree: a tag's name with its text, with its children, or with finished XML. */
export type Tag = readonly [name: string, content: string | number | boolean | readonly Tag[] | { readonly xml: string }];

export const document = (root: Tag): string => `<?xml version="1.0" encoding="UTF-8"?>\n${written(root)}`;

export const written = ([name, content]: Tag): string => `<${name}>${inside(content)}</${name}>`;

const inside = (content: Tag[1]): string => {
  if (typeof content !== "object") return escaped(String(content));
  return "xml" in content ? content.xml : content.map(written).join("");
};

const escaped = (text: string): string =>
  /[&<>"\r]/.test(text)
    ? text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("\r", "&#13;")
    : text;
