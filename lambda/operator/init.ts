import type { Instant } from "../articles/model/article.ts";
import { siteOfFlags } from "../channels/site/site-file.ts";
import { Fault } from "../fault.ts";
import type { Store } from "../stores/store.ts";

export type InitOrder = { readonly url: string; readonly language: string; readonly now: Instant };

/** What was written, by key. */
export type Begun = { readonly content: string; readonly files: readonly string[] };

/**
 * Writes a small newsroom that works: a site.yaml with the lines that most change, and two articles.
 * @throws Fault (usage) where the folder holds anything, or the site could not be one; nothing is then written.
 */
export async function begin(order: InitOrder, content: Store): Promise<Begun> {
  const present = await content.list();
  if (present.length > 0) {
    const some = present.slice(0, 3).map(({ key }) => key);
    const message = `${content.address} holds files already (${some.join(", ")}${present.length > some.length ? ", …" : ""}). init writes into a new or an empty folder: name another with --content. Nothing was changed.`;
    throw new Fault(message, { kind: "usage" });
  }
  siteOfFlags({ siteUrl: order.url, language: order.language });
  const files = filesOf(order);
  for (const [key, text] of Object.entries(files)) await content.write(key, Buffer.from(text, "utf8"), {}, { ifAbsent: true });
  return { content: content.address, files: Object.keys(files) };
}

function filesOf({ url, language, now }: InitOrder): Readonly<Record<string, string>> {
  const day = now.slice(0, 10);
  const site = `# Who publishes, and which feeds there are. Every key: docs/site-yaml.md.

title: Our newsroom

# Where the articles live; and where the feeds live, if elsewhere.
url: ${JSON.stringify(url)}
# feedUrl: https://feeds.example.org/

# Of an article that names none.
language: ${JSON.stringify(language)}

# Readers know an article by its id, which is made of these. Never change them once somebody subscribes.
ids: { authority: ${JSON.stringify(new URL(url).hostname)}, since: ${day} }

# The address of an article that names none. Take it in when your site has such pages; until then entries have no link.
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
summary: What a whole article looks like.
---

Everything between the two lines above may be left out. **Markdown**, HTML and plain text are understood.
`;
  return { "site.yaml": site, "first-story.md": story, "a-note.txt": "A note\n\nA title and a paragraph are an article, too.\n" };
}
