import type { Key } from "../../lambda/stores/store.ts";
import { aFile } from "./a-newsroom.ts";

/*
 * A newsroom as its editors know it: stories, what befalls their files, and who may be read when. It knows nothing of ids and feeds,
 * so that a law can hold the wire to it.
 */

export const hour = 3_600_000;
export const day = 24 * hour;

/** As site.yaml of a law has them: guard.grace and retain. */
export const grace = 3_600_000;
export const retain = 30 * day;

export type Story = {
  readonly name: number;
  /** The id that its front matter names. */
  readonly given?: string;
  /** Where its file is, or was last. */
  readonly key: Key;
  readonly file: "there" | "broken" | "gone";
  readonly edition: number;
  /** The words of another story, where its file is a copy of that one's. */
  readonly copied?: string;
  /** Milliseconds; undated without. */
  readonly date?: number;
  readonly expires?: number;
  readonly embargo?: number;
  readonly draft?: true;
  readonly canceled?: true;
  /** An operator has withdrawn it, whatever its file says. */
  readonly withdrawn?: true;
  readonly correction?: number;
  /** What the runs have seen: what it said when it was last read, and since when it is published, missing, over (withdrawn, or gone for good). */
  readonly seen?: {
    readonly title: string;
    readonly canceled?: true;
    readonly draft?: true;
    readonly expires?: number;
    readonly embargoed?: true;
  };
  /** Its content as a run last read it: by that it is known again when its file comes to another place, or comes back. */
  readonly read?: string;
  readonly published?: number;
  readonly missing?: number;
  readonly over?: number;
  /** Where its file was before it moved, since the last run. */
  readonly left?: string;
};

const digits = (number: number): string => String(number).padStart(3, "0");

export const titleOf = ({ name, edition, copied }: Story): string => copied ?? `Story ${digits(name)}, edition ${digits(edition)}`;

/** What tells its content from another's: its text, its note of correction, and that it is withdrawn. */
export const contentOf = (story: Story): string => JSON.stringify([titleOf(story), story.correction, story.canceled]);

/** What its body says and no notice does; of the title of any edition. */
export const wordsOf = (title: string): string => `What there is to say of ${title}.`;

/** By which readers know a story, whatever it is called: no part of what tells one content from another. */
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

/** What a run learns of each story. */
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

/** A file that names an id of its own, in the place where the story was, ends it at once. */
function missed(story: Story, now: number, naming: ReadonlySet<Key>): Story {
  const missing = story.missing ?? now;
  const ends = naming.has(story.key) ? now : missing + grace;
  return { ...story, missing, ...(story.over === undefined && ends <= now ? { over: ends } : {}) };
}

/** The title under which readers meet a story after a run, or nothing. */
export function shownAs({ seen, over, file }: Story, now: number): string | undefined {
  if (seen === undefined || seen.draft) return undefined;
  if (seen.canceled) return (over ?? now) + retain > now ? `Withdrawn: ${seen.title}` : undefined;
  if (seen.embargoed) return undefined;
  if (seen.expires !== undefined && seen.expires <= now) return undefined;
  return file === "gone" && over !== undefined ? undefined : seen.title;
}
