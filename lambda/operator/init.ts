import type { Instant } from "../articles/model/article.ts";
import { siteOfFlags } from "../channels/site/site-file.ts";
import { Fault } from "../fault.ts";
import type { Store } from "../stores/store.ts";

export type InitOrder = { readonly url: string; readonly language: string; readonly now: Instant };

/** The content's address, and the keys that were written. */
export type InitResult = { readonly content: string; readonly files: readonly string[] };

/**
 * Writes a small working newsroom: two articles, and a site.yaml with the lines that most people change.
 * @throws Fault (usage) if the folder is not empty, or the url or language is invalid; nothing is written then.
 */
export async function init(order: InitOrder, content: Store): Promise<InitResult> {
  const present = await content.list();
  if (present.length > 0) {
    const some = present.slice(0, 3).map(({ key }) => key);
    const message = `${content.address} is not empty (${some.join(", ")}${present.length > some.length ? ", …" : ""}). init needs a new or empty folder: name one with --content. Nothing was changed.`;
    throw new Fault(message, { kind: "usage" });
  }
  siteOfFlags({ siteUrl: order.url, language: order.language });
  const files = filesOf(order);
  for (const [key, text] of Object.entries(files)) await content.write(key, Buffer.from(text, "utf8"), {}, { ifAbsent: true });
  return { content: content.address, files: Object.keys(files) };
}

function filesOf({ url, language, now }: InitOrder): Readonly<Record<string, string>> {
  const day = now.slice(0, 10);
  const site = `# The publisher and its feeds. docs/site-yaml.md explains every key.

title: Our newsroom

# The address of the articles, and that of the feeds if it differs.
url: ${JSON.stringify(url)}
# feedUrl: https://feeds.example.org/

# The language of articles that name none.
language: ${JSON.stringify(language)}

# Article ids are made from these, and feed readers recognize articles by id. Never change them once somebody subscribes.
ids: { authority: ${JSON.stringify(new URL(url).hostname)}, since: ${day} }

# The address of articles that name none. Uncomment it when your site has such pages; until then, entries have no link.
# permalink: "/{section}/{slug}/"

channels:
  - { name: all, title: Our newsroom }
  - { by: tag, title: "Tagged {value}" }
`;
  const story = `---
title: The first story
date: ${now}
author: A. Writer
tags: [hello]
summary: This is a complete article.
---

Everything between the two lines above is optional. Write the text in **Markdown**, HTML or plain text.
`;
  return { "site.yaml": site, "first-story.md": story, "a-note.txt": "A note\n\nA title and a paragraph are enough for an article.\n" };
}
