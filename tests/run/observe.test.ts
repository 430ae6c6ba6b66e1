import { expect, test } from "vitest";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aNewsroom, someArticles } from "../support/a-newsroom.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

/** A newsroom that counts how often its kept articles are listed. */
async function counted(articles: Parameters<typeof aNewsroom>[0]) {
  const store = memoryStore("state");
  let lists = 0;
  const state: Store = {
    ...store,
    list: (prefix) => {
      lists += prefix === stateKeys.kept ? 1 : 0;
      return store.list(prefix);
    },
  };
  const newsroom = await aNewsroom(articles, { state });
  const listsOf = async (now: string) => {
    const before = lists;
    await newsroom.publish(now);
    return lists - before;
  };
  return { newsroom, listsOf };
}

test("a run lists the kept articles once, whichever of its stages ask for them", async () => {
  const { newsroom, listsOf } = await counted(someArticles(30));
  expect(await listsOf("2026-11-20T12:00:00Z")).toBe(1);
  await newsroom.write("a-01.md", "---\ntitle: [broken\n---\n");
  for (const [key, text] of Object.entries(someArticles(30))) await newsroom.write(`more/${key}`, text.replaceAll("Article", "Another"));
  expect(await listsOf("2026-11-21T12:00:00Z")).toBe(1);
});

test("a run in which every file says what is published does not list them", async () => {
  const { listsOf } = await counted(someArticles(3));
  await listsOf("2026-11-20T12:00:00Z");
  expect(await listsOf("2026-11-20T13:00:00Z")).toBe(0);
});
