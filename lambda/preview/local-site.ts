import type { Site } from "../channels/site/site.ts";

/** No hold: a desk shows what is there, whatever a reader would miss. */
const open = { lose: 1, atLeast: Number.MAX_SAFE_INTEGER, quarantined: 1, grace: 0 };

/**
 * The site as a desk sees it: its addresses lead to this machine, each article has a page, a deleted file leaves at once, no change is
 * held, and no hub is told. `address`: of the preview, with its slash.
 */
export function localSite(site: Site, address: string): Site {
  const { hub: _, ...rest } = site;
  const here = (written: string) => (written.startsWith(site.url) ? address + written.slice(site.url.length) : written);
  return {
    ...rest,
    url: address,
    feedUrl: address,
    ...(site.image === undefined ? {} : { image: here(site.image) }),
    ...(site.icon === undefined ? {} : { icon: here(site.icon) }),
    permalink: site.permalink ?? "/{path}/",
    pages: true,
    guard: open,
    channels: site.channels.map((rule) => (rule.image === undefined ? rule : { ...rule, image: here(rule.image) })),
  };
}
