import { createHash } from "node:crypto";
import type { NotTaken } from "../../reports/imported.ts";
import type { Key, Store } from "../../stores/store.ts";
import type { Client } from "../web/ask.ts";
import type { ImportedArticle } from "./model/imported.ts";

/** Pictures of the old site, fetched into the content. */
export type MediaFetched = {
  /** The article with the addresses of its fetched pictures as paths of the content. */
  readonly inArticle: (article: ImportedArticle) => Promise<ImportedArticle>;
  readonly count: () => number;
  readonly notTaken: () => readonly NotTaken[];
};

/** The most pictures, and the most bytes of all of them. */
const most = { files: 5_000, bytes: 2_000_000_000 } as const;

/** Our own name, so that an operator who reads the log knows who asked. */
export const importAgent = "Wireroom-Import (reads a feed and its archives once, when a person asks)";

const pictures = /\.(jpe?g|png|gif|webp|avif|svg)$/i;
/** What a server says of a picture. SVG counts by its name alone. */
const types = /^image\/(?:jpeg|png|gif|webp|avif|svg\+xml)\b/i;

/** Without a client no picture is fetched: its address stays. `site`: only pictures of this host are fetched. */
export function mediaOf(client: Client | undefined, site: string, content: Store): MediaFetched {
  const keys = new Map<string, Key | undefined>();
  const notTaken: NotTaken[] = [];
  let [count, bytes] = [0, 0];
  const { hostname } = new URL(site);

  const fetched = async (url: string, where: string): Promise<Key | undefined> => {
    if (client === undefined) return undefined;
    if (keys.has(url)) return keys.get(url);
    const got = count >= most.files || bytes >= most.bytes ? { why: "The limit for pictures is reached" } : await picture(client, url);
    if ("why" in got) notTaken.push({ where: `${url} in ${where}`, reason: `${got.why}: a picture keeps its old address.` });
    else {
      count += 1;
      bytes += got.bytes.length;
      await content.write(got.key, got.bytes, {}, { ifAbsent: true });
    }
    const key = "why" in got ? undefined : got.key;
    keys.set(url, key);
    return key;
  };

  const inArticle = async (article: ImportedArticle): Promise<ImportedArticle> => {
    if (client === undefined) return article;
    const own = (address: string) => {
      const url = URL.parse(address.replaceAll("&amp;", "&"), article.url ?? site);
      return url !== null && /^https?:$/.test(url.protocol) && url.hostname === hostname && pictures.test(url.pathname)
        ? url.href
        : undefined;
    };
    let { html } = article;
    for (const written of new Set(
      [...html.matchAll(/<img\b[^<>]*?\ssrc\s*=\s*(["'])([^"'<>]*)\1/gi)].map(([, , address = ""]) => address),
    )) {
      const url = own(written.trim());
      const key = url === undefined ? undefined : await fetched(url, article.where);
      if (key !== undefined) html = html.replaceAll(`"${written}"`, `"/${key}"`).replaceAll(`'${written}'`, `'/${key}'`);
    }
    const lead = article.image === undefined ? undefined : own(article.image.url);
    const key = lead === undefined ? undefined : await fetched(lead, article.where);
    return { ...article, html, ...(key === undefined ? {} : { image: { ...article.image, url: `/${key}` } }) };
  };
  return { inArticle, count: () => count, notTaken: () => notTaken };
}

async function picture(client: Client, url: string): Promise<{ readonly key: Key; readonly bytes: Uint8Array } | { readonly why: string }> {
  const asked = await client.ask(url, { agent: importAgent, headers: { accept: "image/*" } });
  if (asked.kind === "failed") return { why: `It cannot be fetched (${asked.why})` };
  const { status, headers, body, unreadable } = asked.last;
  if (status !== 200) return { why: `The server answers ${status}` };
  if (unreadable !== undefined) return { why: `It cannot be fetched (${unreadable})` };
  if (!types.test(headers["content-type"] ?? "")) return { why: "It is not a picture" };
  const { pathname } = new URL(url);
  const ending = (pictures.exec(pathname)?.[1] ?? "jpg").toLowerCase();
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 16);
  const name = (pathname.split("/").at(-1) ?? "")
    .replace(pictures, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return { key: `media/${name === "" ? "" : `${name.toLowerCase()}-`}${hash}.${ending}`, bytes: body };
}
