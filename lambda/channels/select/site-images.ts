import type { MediaReference } from "../../articles/links/media-mark.ts";
import { mediaTypeOfName } from "../../articles/links/media-type.ts";
import type { Site } from "../site/site.ts";
import type { Channel } from "./channel.ts";

/** A picture of the site as a file of the content: an address below the site's url that the content may hold. */
function siteImageReference(address: string, url: string): MediaReference | undefined {
  const path = address.startsWith(url) ? (/^[^?#]*/.exec(address.slice(url.length))?.[0] ?? "") : "";
  if (mediaTypeOfName(path) === undefined) return undefined;
  try {
    return { key: decodeURIComponent(path).normalize("NFC"), rooted: true, otherwise: address };
  } catch {
    return undefined;
  }
}

/** The files that feeds and pages show for themselves: pictures and icon of the site, pictures of channels, the stylesheet. */
export function siteReferences(site: Site, channels: readonly Channel[]): readonly MediaReference[] {
  const written = [site.image, site.icon, ...channels.map(({ image }) => image)];
  const addresses = new Set(written.filter((address) => address !== undefined).map((address) => new URL(address, site.url).href));
  const sheet = site.theme?.stylesheet;
  return [
    ...[...addresses].map((address) => siteImageReference(address, site.url)).filter((reference) => reference !== undefined),
    ...(sheet === undefined ? [] : [stylesheetReference(sheet)]),
  ];
}

/** The stylesheet of the pages as a file of the content. `path`: in the content, as site.yaml has it. */
export function stylesheetReference(path: string): MediaReference {
  return { key: path.replace(/^\/+/, "").normalize("NFC"), rooted: true, otherwise: path };
}

/** The address of a picture of the site: published from the content, or as site.yaml says if the content does not have it. */
export function siteImage(
  written: string,
  { url }: Pick<Site, "url">,
  place: (reference: MediaReference) => { readonly url: string },
): string {
  const address = new URL(written, url).href;
  const reference = siteImageReference(address, url);
  return reference === undefined ? address : place(reference).url;
}
