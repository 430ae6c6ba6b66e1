import fc from "fast-check";
import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile, type Newsroom } from "../support/a-newsroom.ts";
import { newsroomRuns } from "../support/histories/newsroom-runs.ts";

const runs = { numRuns: newsroomRuns(40) };

const site = `${aSiteFile}guard: { lose: 1, atLeast: 1000 }\nchannels: [{ name: all, archive: monthly }, { by: tag }]\n`;
const keys = ["a.md", "b.md", "folder/index.md", "folder/one.md", "other/index.md", "a b.md", "media/x.png", "letter.docx", ".hidden.md"];

const picture = (n: number) => Buffer.from(`\x89PNG\r\n\x1a\n${n}`, "latin1");
const article = fc.oneof(
  fc
    .record({ day: fc.integer({ min: 1, max: 9 }), tag: fc.constantFrom("tea", "war") })
    .map(({ day, tag }) => aFile({ title: `Day ${day}`, date: `2026-03-0${day}T09:00:00Z`, tags: tag }, `Words.\n\n![x](/media/x.png)`)),
  fc.constantFrom("# Undated\n\nWords.\n", aFile({ title: "Draft", draft: true }), aFile({ title: "Broken", date: "tomorrow" }), ""),
);
/** A file's new content; undefined deletes it. */
type Edit = { readonly key: string; readonly file: string | Uint8Array | undefined };
const edit: fc.Arbitrary<Edit> = fc
  .record({ key: fc.constantFrom(...keys), text: fc.option(article, { nil: undefined }), n: fc.integer({ min: 0, max: 3 }) })
  .map(({ key, text, n }) => ({ key, file: text !== undefined && key.endsWith(".png") ? picture(n) : text }));

async function change({ content }: Newsroom, edits: readonly Edit[]) {
  for (const { key, file } of edits) {
    if (file === undefined) await content.remove(key);
    else await content.write(key, Buffer.from(file));
  }
}

/** Makes the same edits in two newsrooms: one run lists everything in the one, and a run for each batch looks at its keys in the other. */
async function agree(before: readonly Edit[], edits: readonly Edit[], batches: readonly (readonly string[])[]): Promise<void> {
  const [noticed, listed] = [await aNewsroom({}), await aNewsroom({})];
  for (const newsroom of [noticed, listed]) {
    await change(newsroom, before);
    await newsroom.publish("2026-11-23T09:00:00Z", { site });
    await change(newsroom, edits);
  }
  const later = "2026-11-23T10:00:00Z";
  for (const named of batches) await noticed.publish(later, { site, ports: { named } });
  await listed.publish(later, { site });
  const [ours, theirs] = [await noticed.files(), await listed.files()];
  expect(ours).toMatchObject(theirs);
  // A picture that an article showed between two batches stays: readers may still ask for it.
  const without = (files: typeof ours) => Object.keys(files).filter((key) => !key.startsWith("media/"));
  expect(without(ours)).toEqual(without(theirs));
}

const some = (most: number) => fc.array(edit, { maxLength: most });

/** Else a file that is gone in one batch and a new one of the same words in another are a move or not, by the order of the batches. */
const distinct = (edits: readonly Edit[], when: string): readonly Edit[] =>
  edits.map(({ key, file }, at) => ({ key, file: typeof file === "string" && file !== "" ? `${file}\nOf ${when} ${at}.\n` : file }));

test("a run that notices call ends where a run ends that lists everything, and so do several, whatever the order of the notices", async () => {
  const history = fc.record({ before: some(8), edits: some(6), order: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }) });
  await fc.assert(
    fc.asyncProperty(history, fc.integer({ min: 1, max: 3 }), async ({ before, edits, order }, count) => {
      const notices = edits.map(({ key }, at) => ({ key, at: order[at] ?? 0 })).sort((a, b) => a.at - b.at);
      const batches = Array.from({ length: count }, (_, batch) => notices.filter((_, at) => at % count === batch).map(({ key }) => key));
      if (count === 1) await agree(before, edits, batches);
      else await agree(distinct(before, "before"), distinct(edits, "after"), batches);
    }),
    runs,
  );
});
