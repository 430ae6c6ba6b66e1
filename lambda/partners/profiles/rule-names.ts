/** What becomes of an item, of its part, or of a file that breaks a rule. */
export type Remedy = "fix" | "drop" | "skip" | "note" | "fail";

/**
 * The rules by their stable names, each with what may become of a violation; the first remedy is the default. "skip" leaves the item out,
 * "drop" a part of it, "fix" changes a part, and "note" only says so. "fail" holds the partner's files as they are.
 */
export const remediesOf = {
  "link-missing": ["skip"],
  "link-host": ["skip", "note"],
  "link-query": ["skip", "fix", "note"],
  "link-scheme": ["skip", "note"],
  "link-tracking": ["fix"],
  "link-other-host": ["note", "skip"],
  "id-not-url": ["fix", "skip"],
  "title-too-short": ["skip", "note"],
  "title-too-long": ["fix", "skip"],
  "description-too-short": ["fix", "note", "skip"],
  "description-too-long": ["fix"],
  "body-missing": ["skip", "note"],
  "body-too-short": ["skip", "note"],
  "body-too-few-words": ["skip", "note"],
  "body-too-large": ["skip", "note"],
  "body-tags": ["fix"],
  "body-tables": ["fix"],
  "body-images": ["drop"],
  "body-videos": ["drop"],
  "body-links": ["fix"],
  "image-missing": ["note", "skip"],
  "image-too-small": ["drop", "skip", "note"],
  "image-too-large": ["drop", "skip", "note"],
  "image-ratio": ["drop", "skip", "note"],
  "image-type": ["drop", "skip", "note"],
  "image-advised": ["note"],
  "date-future": ["skip"],
  "date-too-old": ["skip", "note"],
  "sponsored-refused": ["skip"],
  withdrawn: ["skip"],
  "window-entries": ["skip"],
  "file-too-large": ["skip"],
  "file-too-few": ["note", "fail"],
  "file-too-short": ["note", "fail"],
  "file-language": ["fail", "note"],
  "file-logo": ["note", "fail"],
  "file-host": ["fail", "note"],
  "file-scheme": ["fail", "note"],
} as const satisfies Readonly<Record<string, readonly [Remedy, ...Remedy[]]>>;

export type RuleName = keyof typeof remediesOf;
