import type { Element, ElementContent } from "hast";
import { linkTo, playerOf } from "./players.ts";

/** An element with which a page shows another: its name, its attributes by name, and the addresses named within it. */
export type Embed = { readonly name: string; readonly attribute: (name: string) => string | undefined; readonly inner: readonly string[] };

export const EMBEDS: ReadonlySet<string> = new Set(["iframe", "embed", "object", "amp-youtube", "lite-youtube"]);

/** What stands in a page's place: a link, where the player is known; else the address that was left out, where it is one of a page. */
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

/** Elements in which a link by itself needs no paragraph around it. */
const OPEN: ReadonlySet<string> = new Set(["", "div", "section", "blockquote", "aside", "details"]);

/** `parent`: the name of the element it will stand in, "" at the top; within a link, only what it shows is left. */
export function placedIn(parent: string, link: Element, inLink: boolean): readonly ElementContent[] {
  if (inLink) return link.children;
  return OPEN.has(parent) ? [{ type: "element", tagName: "p", properties: {}, children: [link] }] : [link];
}
