import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { bundle } from "../../lib/bundle/bundling.ts";
import { aFolder } from "../support/a-command.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { aWorld, type Buckets, fill, payloadOf, plainFiles, type World } from "./a-world.ts";
import { scheduled } from "./notices.ts";

type Report = { readonly outcome: string; readonly holds: readonly { readonly name: string; readonly hash: string }[] };

/** What comes back of what is lost, and what does not: what docs/operations.md says of it. `lose`: empties a bucket, of old versions too. */
export function restoreDrill(
  title: string,
  options: {
    readonly buckets: () => Promise<Buckets>;
    readonly lose: (bucket: string) => Promise<void>;
    readonly client?: string | undefined;
  },
): void {
  describe(title, () => {
    let home: Awaited<ReturnType<typeof aFolder>>;
    beforeAll(async () => {
      home = await aFolder();
      bundle(home.path);
    });
    afterAll(async () => home[Symbol.asyncDispose]());

    /** A wire that has published dated articles, one without a date, and then an edit of one that says nothing of it. */
    const aPublished = async (): Promise<World> => {
      const world = await aWorld(await options.buckets(), { folder: home.path, client: options.client });
      await fill(world.content, { "site.yaml": aSiteFile, ...someArticles(6), "undated.md": aFile({ title: "Undated" }) });
      expect(await run(world)).toMatchObject({ outcome: "published" });
      // Two changes within a minute count as one.
      await world.run.redeploy({ ...world.env, WIREROOM_TEST_AHEAD: "70000" });
      await fill(world.content, { "a-02.md": aFile({ title: "Article 02", date: "2026-03-02T09:00:00Z" }, "It was edited.") });
      expect(await run(world)).toMatchObject({ outcome: "published" });
      return world;
    };
    const run = async (world: World, event: unknown = scheduled) => payloadOf(await world.run.invoke(event)) as Report;

    test("writes lost feeds again, byte for byte", async () => {
      await using world = await aPublished();
      const before = await allFiles(world.feeds);
      await options.lose(world.buckets.names.feeds);
      expect(await world.feeds.list()).toEqual([]);
      expect(await run(world)).toMatchObject({ outcome: "published" });
      expect(await allFiles(world.feeds)).toEqual(before);
      expect(await run(world)).toMatchObject({ outcome: "unchanged" });
    });

    test("needs no catalog, manifest and kept article to find nothing changed, and makes them again with the next change", async () => {
      await using world = await aPublished();
      const before = await world.feeds.list();
      const gone = (await world.state.list())
        .map(({ key }) => key)
        .filter((key) => !isTold(key) && key !== stateKeys.head && !key.startsWith(stateKeys.ledger));
      expect(gone.length).toBeGreaterThan(2);
      for (const key of gone) await world.state.remove(key);
      expect(await run(world)).toMatchObject({ outcome: "unchanged", holds: [] });
      expect(await world.feeds.list()).toEqual(before);
      await fill(world.content, { "new.md": aFile({ title: "New", date: "2026-03-09T09:00:00Z" }) });
      expect(await run(world)).toMatchObject({ outcome: "published", holds: [] });
      const tables = (keys: readonly string[]) =>
        [...new Set(keys.map((key) => key.replace(/-\d+-[0-9a-f]+\.json\.br$|[0-9a-f]{32}\.json\.gz$/, "")))].sort();
      const left = (await world.state.list()).map(({ key }) => key).filter((key) => !isTold(key) && key !== stateKeys.head);
      expect(tables(left.filter((key) => !key.startsWith(stateKeys.ledger)))).toEqual(tables(gone));
    });

    test("replaces a removed ledger with its newest version in the bucket", async () => {
      await using world = await aPublished();
      const before = await world.feeds.list();
      await world.state.remove(stateKeys.head);
      expect(await run(world)).toMatchObject({ holds: [] });
      expect(await world.feeds.list()).toEqual(before);
      expect(await world.state.read(stateKeys.head)).toBeDefined();
    });

    test("is held without state until its release, and no byte of a feed changes", async () => {
      await using world = await aPublished();
      const [files, listed] = [await plainFiles(world.feeds), await world.feeds.list()];
      await options.lose(world.buckets.names.state);
      const held = await run(world);
      expect([held.outcome, held.holds.map(({ name }) => name)]).toEqual(["held", ["run"]]);
      expect(await world.feeds.list()).toEqual(listed);
      expect((await world.state.list()).filter(({ key }) => !isTold(key))).toEqual([]);

      const released = await run(world, { command: "allow", names: held.holds.map(({ name, hash }) => `${name}@${hash}`) });
      expect(released.holds).toEqual([]);
      const after = await plainFiles(world.feeds);
      expect(Object.keys(after)).toEqual(Object.keys(files));
      expect(feedsIn(after)).toEqual(feedsIn(files));
      expect(await run(world)).toMatchObject({ outcome: "unchanged" });
    });

    test("starts again without feeds and state, has no hold, and keeps each entry's id and date", async () => {
      await using world = await aPublished();
      const files = await plainFiles(world.feeds);
      for (const bucket of [world.buckets.names.feeds, world.buckets.names.state]) await options.lose(bucket);
      expect(await run(world)).toMatchObject({ outcome: "published", holds: [] });
      const after = await plainFiles(world.feeds);
      expect(Object.keys(after)).toEqual(Object.keys(files));
      expect(factsIn(after)).toEqual(factsIn(files));
    });

    test("keeps the feeds if content is lost, and takes every article from a new upload", async () => {
      await using world = await aPublished();
      const files = await plainFiles(world.feeds);
      const listed = await world.content.list();
      const copies = await Promise.all(
        listed.map(async ({ key }) => [key, (await world.content.read(key))?.bytes ?? new Uint8Array()] as const),
      );
      for (const { key } of listed.filter(({ key }) => key !== "site.yaml")) await world.content.remove(key);
      await run(world);
      expect(factsIn(await plainFiles(world.feeds))).toEqual(factsIn(files));
      await fill(world.content, Object.fromEntries(copies));
      expect((await run(world)).holds).toEqual([]);
      expect(factsIn(await plainFiles(world.feeds))).toEqual(factsIn(files));
    });
  });
}

/** The report of the last run: for people, and no part of what the wire lives on. */
const isTold = (key: string) => key === stateKeys.report;

type Item = { readonly id: string; readonly title: string; readonly date_published: string; readonly date_modified?: string };

function itemsIn(files: Readonly<Record<string, string>>): readonly Item[] {
  return (JSON.parse(files["all/feed.json"] ?? "{}") as { readonly items: readonly Item[] }).items;
}

/** By which readers know entries. */
function factsIn(files: Readonly<Record<string, string>>) {
  return itemsIn(files).map(({ id, title, date_published }) => ({ id, title, date_published }));
}

/** What readers pull. */
function feedsIn(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([key]) => /\/(rss\.xml|atom\.xml|feed\.json)$/.test(key)));
}

async function allFiles(feeds: Store): Promise<Readonly<Record<string, string>>> {
  const keys = (await feeds.list()).map(({ key }) => key);
  const all = await Promise.all(
    keys.map(async (key) => [key, Buffer.from((await feeds.read(key))?.bytes ?? []).toString("base64")] as const),
  );
  return Object.fromEntries(all);
}
