import type { Key } from "../../../lambda/stores/store.ts";
import { aFile } from "../a-newsroom.ts";

/*
 * A model of a newsroom from its editors' view: stories, what happens to their files, and which may be read when. It does not use ids or
 * feeds, so that a law can compare the wire with it.
 */

export const hour = 3_600_000;
export const day = 24 * hour;

/** guard.grace and retain, as in the law's site.yaml. */
export const grace = 3_600_000;
export const retain = 30 * day;

export type Story = {
  readonly name: number;
  /** The id that its front matter names. */
  readonly given?: string;
  /** The path of its file, or the last one. */
  readonly key: Key;
  readonly file: "there" | "broken" | "gone";
  readonly edition: number;
  /** The words of another story, if its file is a copy of that story's. */
  readonly copied?: string;
  /** In milliseconds; absent if it is undated. */
  readonly date?: number;
  readonly expires?: number;
  readonly embargo?: number;
  readonly draft?: true;
  readonly canceled?: true;
  /** An operator has withdrawn it, whatever its file says. */
  readonly withdrawn?: true;
  readonly correction?: number;
  /** What runs have seen: its content when it was last read, and since when it is published, missing or over (withdrawn, or gone for good). */
  readonly seen?: {
    readonly title: string;
    readonly canceled?: true;
    readonly draft?: true;
    readonly expires?: number;
    readonly embargoed?: true;
  };
  /** Its content when a run last read it, by which a run recognizes it if its file moves or comes back. */
  readonly read?: string;
  readonly published?: number;
  readonly missing?: number;
  readonly over?: number;
  /** The path of its file before it moved, if it moved since the last run. */
  readonly left?: string;
};

const digits = (number: number): string => String(number).padStart(3, "0");

export const titleOf = ({ name, edition, copied }: Story): string => copied ?? `Story ${digits(name)}, edition ${digits(edition)}`;

/** Identifies its content: its text, its correction, and whether it is withdrawn. */
export const contentOf = (story: Story): string => JSON.stringify([titleOf(story), story.correction, story.canceled]);

/** The words in the body, which no notice contains, for the title of any edition. */
export const wordsOf = (title: string): string => `What there is to say of ${title}.`;

/** Identifies a story to readers whatever its title is. Not part of its content identity. */
export const tagOf = ({ name }: Story): string => `story-${digits(name)}`;

export function textOf(story: Story): string {
  if (story.file === "broken") return `---\ntitle: [\n---\n${titleOf(story)}`;
  const { given, date, expires, embargo, draft, canceled, correction } = story;
  return aFile(
    {
      title: titleOf(story),
      tags: tagOf(story),
      ...(given === undefined ? {} : { id: given }),
      ...(date === undefined ? {} : { date: new Date(date).toISOString() }),
      ...(expires === undefined ? {} : { expires: new Date(expires).toISOString() }),
      ...(embargo === undefined ? {} : { embargo: new Date(embargo).toISOString() }),
      ...(draft === undefined ? {} : { draft }),
      ...(canceled === undefined ? {} : { status: "canceled" }),
      ...(correction === undefined ? {} : { correction: `It was ${correction}.` }),
    },
    wordsOf(titleOf(story)),
  );
}

/** What a run learns about each story. */
export function afterRun(stories: readonly Story[], now: number): readonly Story[] {
  const naming = new Set(
    stories.filter(({ given, file, draft }) => given !== undefined && file === "there" && !draft).map(({ key }) => key),
  );
  return stories.map((story) => {
    if (story.file === "gone") return story.published === undefined ? story : missed(story, now, naming);
    const { missing: _, ...here } = story;
    if (story.file === "broken") return here;
    const { draft, expires } = story;
    const canceled = story.canceled ?? story.withdrawn;
    const embargoed = (story.embargo ?? now) > now ? (true as const) : undefined;
    const ready = (story.date ?? now) <= now && (expires ?? now + 1) > now && !draft && !canceled && !embargoed;
    if (story.published === undefined && !ready) return here;
    const { over, ...rest } = here;
    const since = draft ? over : canceled ? (over ?? now) : undefined;
    const out = { ...(canceled && { canceled }), ...(draft && { draft }), ...(embargoed && { embargoed }) };
    return {
      ...rest,
      published: story.published ?? story.date ?? now,
      seen: { title: titleOf(story), ...out, ...(expires !== undefined && { expires }) },
      ...(!draft && { read: contentOf(story) }),
      ...(since !== undefined && { over: since }),
    };
  });
}

/** A file with its own id in place of the story's file ends the story at once. */
function missed(story: Story, now: number, naming: ReadonlySet<Key>): Story {
  const missing = story.missing ?? now;
  const ends = naming.has(story.key) ? now : missing + grace;
  return { ...story, missing, ...(story.over === undefined && ends <= now ? { over: ends } : {}) };
}

/** The title that readers see for a story after a run; undefined if they see none. */
export function shownAs({ seen, over, file }: Story, now: number): string | undefined {
  if (seen === undefined || seen.draft) return undefined;
  if (seen.canceled) return (over ?? now) + retain > now ? `Withdrawn: ${seen.title}` : undefined;
  if (seen.embargoed) return undefined;
  if (seen.expires !== undefined && seen.expires <= now) return undefined;
  return file === "gone" && over !== undefined ? undefined : seen.title;
}
