import { slugify } from "../../../articles/title/slug.ts";
import type { Key } from "../../../stores/store.ts";
import type { ImportedHead } from "../model/imported.ts";

const folders = { post: "posts", page: "pages" } as const;

/**
 * The file of each article, in their order: `posts/2024/2024-05-01-the-ferry.html`. Made of letters, digits and hyphens alone, so no
 * title or slug leads out of the folder; a second one of the same name ends in ~2, which no slug does. The date keeps a name from meaning something else (index, README, CON).
 */
export function fileNames(heads: readonly ImportedHead[]): readonly Key[] {
  const taken = new Map<string, number>();
  return heads.map((head) => {
    const day = /^\d{4}-\d\d-\d\d/.exec(head.published ?? "")?.[0];
    const folder = head.state === "draft" || head.state === "private" ? "drafts" : folders[head.kind];
    const stem = `${folder}/${day === undefined ? "undated/undated" : `${day.slice(0, 4)}/${day}`}-${nameOf(head)}`;
    // Some disks do not distinguish case.
    const folded = stem.normalize("NFC").toLowerCase();
    const number = (taken.get(folded) ?? 0) + 1;
    taken.set(folded, number);
    return `${stem}${number === 1 ? "" : `~${number}`}.html`;
  });
}

function nameOf({ slug, url, title }: ImportedHead): string {
  const path =
    url === undefined
      ? ""
      : (URL.parse(url)
          ?.pathname.split("/")
          .findLast((part) => part !== "") ?? "");
  return (
    slugify((slug ?? "").slice(0, 200)) ||
    slugify(decoded(path).replace(/\.\w{1,5}$/, "")) ||
    slugify((title ?? "").slice(0, 200)) ||
    "article"
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
