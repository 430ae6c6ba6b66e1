import { readXml, type XmlElement } from "../../feeds/gate/gate-xml.ts";

/** The largest file that any partner takes, in bytes (Google: 50 MiB). */
const most = 52_428_800;

/** Why a partner's file must not be published, whatever its dialect: its form, two articles of one id, addresses that lead nowhere. */
export function gatePartnerText(text: string, contentType: string): readonly string[] {
  if (Buffer.byteLength(text) > most) return [`It has more than ${most} bytes.`];
  if (!text.isWellFormed()) return ["It has half of a surrogate pair, which UTF-8 cannot write."];
  if (/[/+]json\b/.test(contentType)) return jsonDefects(text);
  if (!/[/+]xml\b/.test(contentType)) return [];
  const read = readXml(text);
  return read.kind === "read" ? xmlDefects(read.root) : [read.reason];
}

function jsonDefects(text: string): readonly string[] {
  try {
    return wireDefects(JSON.parse(text) as WireFile | null);
  } catch {
    return ["It is not JSON."];
  }
}

/** What is read of an agency's document (`uri`), or of the manifest of such documents (`items`). */
type WireFile = { readonly uri?: unknown; readonly items?: readonly { readonly uri?: unknown; readonly href?: unknown }[] };

function wireDefects(file: WireFile | null): readonly string[] {
  if (!Array.isArray(file?.items)) return isId(file?.uri) ? [] : ["Its uri is no absolute URI."];
  const { items } = file;
  return [
    ...(items.every(({ uri }) => isId(uri)) ? [] : ["The uri of one of its items is no absolute URI."]),
    ...(["uri", "href"] as const).flatMap((name) =>
      new Set(items.map((item) => item[name])).size === items.length ? [] : [`Two of its items have the same ${name}.`],
    ),
  ];
}

/** An id may have any scheme: tag, urn, https, and those of others. */
const isId = (value: unknown): boolean => typeof value === "string" && /^[a-z][a-z\d+.-]*:\S+$/i.test(value);

const addresses: ReadonlySet<string> = new Set(["link", "loc", "url", "pdalink"]);

/** Of RSS items and sitemap entries; what else a dialect says is checked against its own rules. */
function xmlDefects(root: XmlElement): readonly string[] {
  const defects = new Set<string>();
  const open: XmlElement[] = [root];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    const { name, text, attributes, children } = element;
    if (addresses.has(name) && children.length === 0 && text.trim() !== "" && !isAbsolute(text.trim()))
      defects.add(`${name} holds no absolute address.`);
    for (const attribute of ["url", "href", "src"]) {
      const value = attributes[attribute];
      if (value !== undefined && !isAbsolute(value)) defects.add(`${attribute} of ${name} is no absolute address.`);
    }
    open.push(...children);
  }
  if (root.name.endsWith("}newsItem") && !isId(root.attributes["guid"])) defects.add("Its guid is no absolute URI.");
  return [...defects, ...twins(root)];
}

function twins(root: XmlElement): readonly string[] {
  const ids = root.children.flatMap(({ children }) =>
    children.filter(({ name }) => name === "item").map((item) => item.children.find(({ name }) => name === "guid")?.text ?? ""),
  );
  return new Set(ids).size === ids.length ? [] : ["Two of its items have the same guid."];
}

function isAbsolute(address: string): boolean {
  return /^(?:https?|tag|urn|mailto):/i.test(address) && URL.canParse(address);
}
