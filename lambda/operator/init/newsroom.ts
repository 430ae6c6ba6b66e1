import type { Instant } from "../../articles/model/article.ts";

/** A small working newsroom: two articles, and a site.yaml with the lines that most people change. */
export function newsroomFiles({
  url,
  language,
  now,
}: {
  readonly url: string;
  readonly language: string;
  readonly now: Instant;
}): Readonly<Record<string, string>> {
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
