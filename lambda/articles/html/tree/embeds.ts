import type { Element, ElementContent } from "hast";
import { linkTo, playerOf } from "./players.ts";

/** An element that embeds another page: its name, its attributes by name, and the addresses inside it. */
export type Embed = { readonly name: string; readonly attribute: (name: string) => string | undefined; readonly inner: readonly string[] };

export const EMBEDS: ReadonlySet<string> = new Set(["iframe", "embed", "object", "amp-youtube", "lite-youtube"]);

/** What replaces an embedded page: a link if the player is known, else the address that was left out, if it is a web page's. */
export type StandIn = { readonly link: Element } | { readonly dropped: string } | undefined;

export function standInFor({ name, attribute, inner }: Embed): StandIn {
  const video = attribute("data-videoid") ?? attribute("videoid");
  const written = name.endsWith("youtube")
    ? [`https://youtu.be/${video}`]
    : [attribute("src"), attribute("data-src"), attribute("data-lazy-src"), attribute("data"), ...inner];
  const addresses = written.filter((address) => address !== undefined).map((address) => address.trim());
  const seen = addresses.map(playerOf).find((found) => found !== undefined);
  if (seen !== undefined) return { link: linkTo(seen, attribute("title") ?? attribute("aria-label")) };
  const dropped = addresses.find((address) => /^(?:https?:)?\/\/./i.test(address));
  return dropped === undefined ? undefined : { dropped };
}

/** Elements in which a lone link is wrapped in a paragraph. */
const OPEN: ReadonlySet<string> = new Set(["", "div", "section", "blockquote", "aside", "details"]);

/** `parent`: the name of the future parent element, "" at the top. Inside a link, only the stand-in's content is left. */
export function placedIn(parent: string, link: Element, inLink: boolean): readonly ElementContent[] {
  if (inLink) return link.children;
  return OPEN.has(parent) ? [{ type: "element", tagName: "p", properties: {}, children: [link] }] : [link];
}
