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
  /** Milliseconds; undated without. */
  readonly date?: number;
  readonly expires?: number;
  readonly draft?: true;
  readonly canceled?: true;
  readonly correction?: number;
  /** What the runs have seen: what it said when it was last read, and since when it is published, missing, over (withdrawn, or gone for good). */
  readonly seen?: { readonly title: string; readonly canceled?: true; readonly draft?: true; readonly expires?: number };
  readonly published?: number;
  readonly missing?: number;
  readonly over?: number;
  /** Where its file was before it moved, since the last run. */
  readonly left?: string;
};

export const titleOf = ({ name, edition }: Story): string => `Story ${name}, edition ${edition}`;

export function textOf(story: Story): string {
  if (story.file === "broken") return `---\ntitle: [\n---\n${titleOf(story)}`;
  const { given, date, expires, draft, canceled, correction } = story;
  return aFile(
    {
      title: titleOf(story),
      ...(given === undefined ? {} : { id: given }),
      ...(date === undefined ? {} : { date: new Date(date).toISOString() }),
      ...(expires === undefined ? {} : { expires: new Date(expires).toISOString() }),
      ...(draft === undefined ? {} : { draft }),
      ...(canceled === undefined ? {} : { status: "canceled" }),
      ...(correction === undefined ? {} : { correction: `It was ${correction}.` }),
    },
    `What there is to say of ${titleOf(story)}.`,
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
    const { draft, canceled, expires } = story;
    const ready = (story.date ?? now) <= now && (expires ?? now + 1) > now && draft !== true && canceled !== true;
    if (story.published === undefined && !ready) return here;
    const { over, ...rest } = here;
    const since = draft ? over : canceled ? (over ?? now) : undefined;
    return {
      ...rest,
      published: story.published ?? story.date ?? now,
      seen: { title: titleOf(story), ...(canceled && { canceled }), ...(draft && { draft }), ...(expires !== undefined && { expires }) },
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
  if (seen.expires !== undefined && seen.expires <= now) return undefined;
  return file === "gone" && over !== undefined ? undefined : seen.title;
}
