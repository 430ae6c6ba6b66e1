/** An item of a published JSON Feed. */
export type JsonItem = {
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly content_html?: string;
  readonly content_text?: string;
};

/** The items in a channel's JSON Feed, from published files by key. */
export function itemsOf(files: Readonly<Record<string, string>>, path = "all"): readonly JsonItem[] {
  return (JSON.parse(files[`${path}/feed.json`] ?? "{}") as { items: readonly JsonItem[] }).items;
}

export function titlesOf(files: Readonly<Record<string, string>>, path = "all"): readonly string[] {
  return itemsOf(files, path).map(({ title }) => title);
}
