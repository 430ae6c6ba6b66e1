import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { glance } from "../../../lambda/run/glance/glance.ts";
import { type KnownRanges, rangesWithout } from "../../../lambda/run/glance/ranges.ts";
import { digestOf } from "../../../lambda/run/unchanged.ts";
import { s3Store } from "../../../lambda/stores/s3/s3.ts";
import type { Store } from "../../../lambda/stores/store.ts";
import { type S3Server, startS3 } from "../../support/s3/s3-server.ts";
import { countedPages, type PagesSeen } from "../../support/stores/a-counted-store.ts";

let server: S3Server;
let store: Store;
/** Pages that were read, of all that came. */
let seen: PagesSeen;

beforeAll(async () => {
  server = await startS3({ buckets: ["news"], pageSize: 2 });
  ({ store, seen } = countedPages(s3Store({ bucket: "news", prefix: "content", client: server.client() })));
});
afterAll(() => server.close());

const nothing: KnownRanges = { points: [], ranges: [] };
const key = (number: number) => `a ${String(number).padStart(2, "0")}.md`;

/** A bucket of twenty-four objects, and what was kept of its first listing. */
const fresh = async () => {
  server.lose("news");
  for (let number = 0; number < 24; number += 1) fill(number, "x");
  return look(nothing);
};

const fill = (number: number, words: string) => server.fill("news", `content/${key(number)}`, Buffer.from(words));

const look = async (before: KnownRanges) => {
  Object.assign(seen, { read: 0, came: 0 });
  const found = await glance(store, before);
  return { ...found, kept: found.known ?? nothing, ...seen };
};

test("of a listing that is still the same, no page is read", async () => {
  const first = await fresh();
  expect([first.kept.points.length, first.kept.ranges.length, first.read]).toEqual([3, 4, 12]);
  const again = await look(first.kept);
  expect([again.digest, again.keys, again.came, again.read]).toEqual([first.digest, 24, 12, 0]);
  expect(again.kept).toEqual(first.kept);
  expect(await again.listing()).toEqual(await store.list());
});

test("of a listing in which a key has changed, only the pages around it are read", async () => {
  const { kept, digest } = await fresh();
  fill(3, "edited");
  const after = await look(kept);
  expect([after.came, after.read]).toEqual([12, 3]);
  expect(after.digest).toBe(digestOf(await store.list()));
  expect(after.digest).not.toBe(digest);
  expect(await after.listing()).toEqual(await store.list());
  expect((await look(after.kept)).read).toBe(0);
});

test("points stay when keys come and go, and what is known of the other ranges with them", async () => {
  const { kept } = await fresh();
  await store.write(`${key(3)}.more.md`, Buffer.from("new"));
  const grown = await look(kept);
  expect([grown.kept.points, grown.read]).toEqual([kept.points, 4]);
  await store.remove(kept.points[0] ?? "");
  const less = await look(grown.kept);
  expect([less.kept.points, less.digest]).toEqual([kept.points, digestOf(await store.list())]);
  expect((await look(less.kept)).read).toBe(0);
});

test("of a range whose keys have changed unseen, nothing is known", async () => {
  const { kept } = await fresh();
  const [point = ""] = kept.points;
  expect((await look(rangesWithout(kept, [point, `${point}.md`], []))).read).toBe(6);
  expect(rangesWithout(kept, [...kept.points, "z"], []).ranges).toEqual([]);
  expect(rangesWithout(kept, [], ["a", "b", "c", "d", "e"])).toEqual({ points: ["a", "b", "c", "d", "e"], ranges: [] });
});

test("a page that says two things is a Fault, though nobody has read it before", async () => {
  const { kept } = await fresh();
  fill(3, "edited");
  server.fail = ({ operation }) =>
    operation === "ListObjectsV2"
      ? {
          status: 200,
          code: "",
          body: `<?xml version="1.0"?><ListBucketResult><KeyCount>3</KeyCount><IsTruncated>false</IsTruncated>${["a", "b"]
            .map((name) => `<Contents><Key>content/${name}</Key><ETag>"1"</ETag><Size>1</Size></Contents>`)
            .join("<IsTruncated>true</IsTruncated>")}</ListBucketResult>`,
        }
      : undefined;
  await expect(glance(store, kept)).rejects.toThrow("Cannot list s3://news/content");
  server.fail = undefined;
});

test("whatever came before, the digest is that of all items", async () => {
  const edit = fc.record({ number: fc.nat({ max: 40 }), words: fc.constantFrom("", "x", "y") });
  const run = fc.record({ edits: fc.array(edit, { maxLength: 3 }), unseen: fc.boolean() });
  const story = async (runs: readonly { readonly edits: readonly { number: number; words: string }[]; readonly unseen: boolean }[]) => {
    let { kept } = await fresh();
    for (const { edits, unseen } of runs) {
      for (const { number, words } of edits) await (words === "" ? store.remove(key(number)) : fill(number, words));
      if (unseen)
        kept = rangesWithout(
          kept,
          edits.map(({ number }) => key(number)),
          [],
        );
      const found = await look(kept);
      const all = await store.list();
      expect([found.digest, await found.listing()]).toEqual([digestOf(all), all]);
      kept = found.kept;
    }
  };
  await fc.assert(fc.asyncProperty(fc.array(run, { maxLength: 6 }), story), { numRuns: 6 });
});
