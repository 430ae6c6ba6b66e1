import { createHash, randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../lambda/fault.ts";
import { byKey } from "../../lambda/stores/key.ts";
import type { Listed, Store, Version } from "../../lambda/stores/store.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

export type Made = { readonly store: Store; readonly close?: () => Promise<void> };

/** Allowed differences between stores. */
export type Traits = {
  /** It keeps headers (a folder cannot). */
  readonly headers: boolean;
  /** Its history has overwritten contents. */
  readonly history: boolean;
  /** The server checks conditions before it writes, not at the same moment: several concurrent writers may all win. */
  readonly noRaces?: true;
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (found: { readonly bytes: Uint8Array } | undefined): string | undefined => found && new TextDecoder().decode(found.bytes);
const keys = async (store: Store, prefix?: string): Promise<readonly string[]> => (await store.list(prefix)).map(({ key }) => key);

const scanned = async (store: Store, prefix: string, points: readonly string[]): Promise<Listed[]> =>
  (await Array.fromAsync(store.scan(prefix, points))).flat();

/** A fact that does not apply to this store is not a test for it, not even a skipped one. */
const when = (trait: boolean) => (trait ? test : undefined);

/** Writes without a condition, and returns the version. */
const put = async (store: Store, key: string, content: string | Uint8Array): Promise<Version> => {
  const written = await store.write(key, typeof content === "string" ? bytes(content) : content);
  if (written.kind === "refused") throw new Error("A write without a condition was refused.");
  return written.version;
};

const oddKeys = [
  "a b.md",
  "a+b.md",
  "a%20b.md",
  "100%.md",
  "новости/Қазақстан.md",
  "新闻/你好.md",
  "أخبار/مرحبا.md",
  "emoji/😀.md",
  "emoji/\uFF21.md",
  "<&>'\".md",
  "back\\slash.md",
  "#hash?query=1&x=y.md",
  "...md",
  "line\nbreak\u0001.md",
  "e\u0301.md",
];

/** The facts that hold for every store. `make` returns a new, empty store each time. */
export const storeContract = (name: string, make: () => Promise<Made>, traits: Traits): void => {
  describe(`${name} keeps the contract of a store`, () => {
    const one = traits.noRaces === true ? "at least one" : "one";
    const open: Made[] = [];
    const another = async (): Promise<Store> => {
      const made = await make();
      open.push(made);
      return made.store;
    };
    let store: Store;
    beforeEach(async () => {
      store = await another();
    });
    afterEach(async () => {
      for (const { close } of open.splice(0)) await close?.();
    });

    describe("listing", () => {
      test("a new store lists nothing", async () => {
        expect(await store.list()).toEqual([]);
      });

      test("a key is found alone exactly as the listing shows it, and only while it is there", async () => {
        for (const key of [...oddKeys, "a/b.md", "empty.md"]) await put(store, key, key === "empty.md" ? "" : `text of ${key}`);
        for (const listed of await store.list()) expect(await store.find(listed.key)).toEqual(listed);
        await store.remove("a/b.md");
        expect(await Promise.all(["a/b.md", "a", "a/", "b.md", ""].map((key) => store.find(key)))).toEqual(Array(5).fill(undefined));
      });

      test("every key is listed once, ordered by code unit, over as many pages as it takes", async () => {
        const written = ["b", "a/2", "a/10", "Z", "a", "a.md", "ä", "\uFF21", "😀", "a-b/c/d/e"].map(
          (key) => `x/${key === "a" ? "a_" : key}`,
        );
        for (const key of written) await put(store, key, key);
        expect(await keys(store)).toEqual([...written].sort());
      });

      test("a prefix is the beginning of a key, not a folder", async () => {
        for (const key of ["feeds/a", "feeds/b/c", "feedsmith", "fee"]) await put(store, key, key);
        expect(await keys(store, "feeds")).toEqual(["feeds/a", "feeds/b/c", "feedsmith"]);
        expect(await keys(store, "feeds/")).toEqual(["feeds/a", "feeds/b/c"]);
        expect(await keys(store, "feeds/b/c")).toEqual(["feeds/b/c"]);
        expect(await keys(store, "feeds/b/c/")).toEqual([]);
        expect(await keys(store, "../")).toEqual([]);
      });

      test("a scan gives every key once, whatever its script, wherever it may be divided", async () => {
        const written = [...oddKeys, "a/1", "a/2", "a/b/1", "z", "😀😀", "\uFFFD/x"];
        for (const key of written) await put(store, key, key);
        const all = await store.list();
        expect(all.map(({ key }) => key)).toEqual([...written].sort());
        const divided = [[], ["a/1"], [...written].reverse(), ["0", "a/", "a/1\uFFFF", "\u{10FFFF}"], ["a/2", "a/2", "nothing"]];
        for (const points of divided) {
          expect((await scanned(store, "", points)).sort(byKey)).toEqual(all);
          expect((await scanned(store, "a/", points)).map(({ key }) => key).sort()).toEqual(["a/1", "a/2", "a/b/1"]);
        }
      });

      test("a listing has the same version and size as a read", async () => {
        await put(store, "a.md", "five!");
        const [listed] = await store.list();
        expect(listed).toMatchObject({ key: "a.md", size: 5, version: (await store.read("a.md"))?.version });
      });
    });

    describe("reading", () => {
      test("a missing key is undefined", async () => {
        await put(store, "folder/there", "x");
        expect(await store.read("nothing")).toBeUndefined();
        expect(await store.read("folder/nothing")).toBeUndefined();
        expect(await store.read("folder")).toBeUndefined();
        expect(await store.read("no/such/folder")).toBeUndefined();
      });

      test("a range gives its bytes, both ends included, as far as they exist", async () => {
        const version = await put(store, "a", "0123456789");
        expect(text(await store.read("a", { first: 0, last: 0 }))).toBe("0");
        expect(text(await store.read("a", { first: 3, last: 5 }))).toBe("345");
        expect(text(await store.read("a", { first: 8, last: 99 }))).toBe("89");
        expect(text(await store.read("a", { first: 10, last: 99 }))).toBe("");
        expect((await store.read("a", { first: 3, last: 5 }))?.version).toBe(version);
        expect(await store.read("nothing", { first: 0, last: 9 })).toBeUndefined();
      });

      test("an invalid range is a Fault", async () => {
        await put(store, "a", "0123456789");
        await expect(store.read("a", { first: 5, last: 4 })).rejects.toThrow(Fault);
        await expect(store.read("a", { first: -1, last: 4 })).rejects.toThrow(Fault);
      });

      test.each(oddKeys)("the key %j is written, listed, read and removed unchanged", async (key) => {
        await put(store, key, key);
        expect(await keys(store)).toEqual([key]);
        expect(text(await store.read(key))).toBe(key);
        await store.remove(key);
        expect(await store.read(key)).toBeUndefined();
      });
    });

    describe("streaming", () => {
      const gathered = async (key: string) => {
        const streamed = await store.stream(key);
        return streamed && { ...streamed, stream: new Uint8Array(Buffer.concat(await streamed.stream.toArray())) };
      };

      test("gives every byte of any key, and their number", async () => {
        const body = new Uint8Array(randomBytes(300_000));
        await put(store, "новости/a b.bin", body);
        await put(store, "empty", "");
        expect(await gathered("новости/a b.bin")).toMatchObject({ stream: body, size: 300_000 });
        expect(await gathered("empty")).toMatchObject({ stream: new Uint8Array(0), size: 0 });
      });

      test("a missing key is undefined", async () => {
        await put(store, "folder/there", "x");
        expect(await store.stream("nothing")).toBeUndefined();
        expect(await store.stream("folder")).toBeUndefined();
      });

      when(traits.headers)?.("headers come with it", async () => {
        await store.write("a", bytes("x"), { contentType: "image/webp", cacheControl: "no-cache" });
        expect((await gathered("a"))?.headers).toEqual({ contentType: "image/webp", cacheControl: "no-cache" });
      });
    });

    describe("writing", () => {
      test.each(["", "/a", "../a", "a/../../b", "a/./b", "a//b", "a/", "a\0b", "a\uD800b"])(
        "the key %j is a Fault, and nothing is written",
        async (key) => {
          await expect(store.write(key, bytes("x"))).rejects.toThrow(Fault);
          expect(await store.list()).toEqual([]);
        },
      );

      test("an empty body is a body", async () => {
        const version = await put(store, "empty", "");
        expect(await store.read("empty")).toMatchObject({ bytes: new Uint8Array(0), version });
        expect(await store.list()).toMatchObject([{ key: "empty", size: 0 }]);
        expect(text(await store.read("empty", { first: 0, last: 9 }))).toBe("");
      });

      test("five megabytes of any bytes come back unchanged", async () => {
        const body = new Uint8Array(randomBytes(5_000_000));
        await put(store, "big", body);
        expect(Buffer.compare((await store.read("big"))?.bytes ?? new Uint8Array(), body)).toBe(0);
        expect(
          Buffer.compare(
            (await store.read("big", { first: 4_999_000, last: 4_999_999 }))?.bytes ?? new Uint8Array(),
            body.subarray(4_999_000),
          ),
        ).toBe(0);
      });

      test("other bytes are another version, and a read has the version of the write", async () => {
        const versions = [await put(store, "a", "one"), await put(store, "a", "two"), await put(store, "a", "six")];
        expect(new Set(versions).size).toBe(3);
        expect(await store.read("a")).toMatchObject({ bytes: bytes("six"), version: versions[2] });
        expect(await keys(store)).toEqual(["a"]);
      });

      test("a later change of the array does not change the store", async () => {
        const body = bytes("before");
        await put(store, "a", body);
        body.fill(0);
        (await store.read("a"))?.bytes.fill(0);
        expect(text(await store.read("a"))).toBe("before");
      });

      when(traits.headers)?.("headers come back with the bytes", async () => {
        const headers = {
          contentType: "application/atom+xml; charset=utf-8",
          cacheControl: "public, max-age=300, s-maxage=60",
          contentEncoding: "gzip",
        };
        await store.write("atom.xml.gz", bytes("packed"), headers);
        expect((await store.read("atom.xml.gz"))?.headers).toEqual(headers);
      });
    });

    describe("conditions", () => {
      test("ifAbsent creates a missing key, and leaves an existing one", async () => {
        expect(await store.write("a", bytes("first"), {}, { ifAbsent: true })).toMatchObject({ kind: "written" });
        expect(await store.write("a", bytes("second"), {}, { ifAbsent: true })).toEqual({ kind: "refused" });
        expect(text(await store.read("a"))).toBe("first");
      });

      test("ifVersion replaces only that version", async () => {
        const first = await put(store, "a", "first");
        const second = await store.write("a", bytes("second"), {}, { ifVersion: first });
        expect(second).toMatchObject({ kind: "written" });
        expect(await store.write("a", bytes("third"), {}, { ifVersion: first })).toEqual({ kind: "refused" });
        expect(text(await store.read("a"))).toBe("second");
      });

      test("ifVersion does not create", async () => {
        const version = await put(store, "a", "x");
        await store.remove("a");
        expect(await store.write("a", bytes("y"), {}, { ifVersion: version })).toEqual({ kind: "refused" });
        expect(await store.list()).toEqual([]);
      });

      test("a removed key is absent", async () => {
        await put(store, "a", "x");
        await store.remove("a");
        expect(await store.write("a", bytes("y"), {}, { ifAbsent: true })).toMatchObject({ kind: "written" });
      });

      test(`of twenty who create the same key at once, ${one} succeeds`, async () => {
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, i) => store.write("a", bytes(`writer ${i}`), {}, { ifAbsent: true })),
        );
        const winners = results.flatMap((result, i) => (result.kind === "written" ? [{ i, version: result.version }] : []));
        expect(winners.length).toBeGreaterThan(0);
        if (traits.noRaces !== true) expect(winners).toHaveLength(1);
        const now = await store.read("a");
        expect(winners.map(({ i }) => `writer ${i}`)).toContain(text(now));
        if (winners.length === 1) expect(now?.version).toBe(winners[0]?.version);
      });

      test(`of twenty who replace one version at once, ${one} succeeds`, async () => {
        const ifVersion = await put(store, "a", "before");
        const results = await Promise.all(Array.from({ length: 20 }, (_, i) => store.write("a", bytes(`writer ${i}`), {}, { ifVersion })));
        const winners = results.flatMap((result, i) => (result.kind === "written" ? [i] : []));
        expect(winners.length).toBeGreaterThan(0);
        if (traits.noRaces !== true) expect(winners).toHaveLength(1);
        expect(winners.map((i) => `writer ${i}`)).toContain(text(await store.read("a")));
      });
    });

    describe("removing", () => {
      test("removes, and only that key", async () => {
        for (const key of ["a/b/c", "a/d", "e"]) await put(store, key, key);
        expect(await store.remove("a/b/c")).toEqual({ kind: "removed" });
        expect(await keys(store)).toEqual(["a/d", "e"]);
      });

      test("a missing key counts as removed, but not with a version", async () => {
        const version = await put(store, "a", "x");
        await store.remove("a");
        expect(await store.remove("a")).toEqual({ kind: "removed" });
        expect(await store.remove("a", { ifVersion: version })).toEqual({ kind: "refused" });
        expect(await store.remove("no/such/key")).toEqual({ kind: "removed" });
      });

      test("ifVersion removes only that version", async () => {
        const first = await put(store, "a", "first");
        const second = await put(store, "a", "second");
        expect(await store.remove("a", { ifVersion: first })).toEqual({ kind: "refused" });
        expect(text(await store.read("a"))).toBe("second");
        expect(await store.remove("a", { ifVersion: second })).toEqual({ kind: "removed" });
        expect(await store.read("a")).toBeUndefined();
      });
    });

    describe("history", () => {
      test("begins with the present content, as listed", async () => {
        const version = await put(store, "a", "now");
        const [present] = await store.history("a");
        expect(present).toMatchObject({ version, size: 3 });
        expect(await present?.read()).toEqual(bytes("now"));
        expect(new Date(present?.modified ?? "").toISOString()).toBe(present?.modified);
      });

      test("a key that never existed has none", async () => {
        await put(store, "ab", "x");
        expect(await store.history("a")).toEqual([]);
      });

      when(traits.history)?.("holds what was overwritten and removed, newest first, of this key alone", async () => {
        for (const content of ["one", "two", "three", "four"]) {
          await put(store, "a b", content);
          await put(store, "a b/c".replace("/", "-"), `other ${content}`);
        }
        const texts = async () => Promise.all((await store.history("a b")).map(async ({ read }) => new TextDecoder().decode(await read())));
        expect(await texts()).toEqual(["four", "three", "two", "one"]);
        await store.remove("a b");
        expect(await texts()).toEqual(["four", "three", "two", "one"]);
        expect(await keys(store)).toEqual(["a b-c"]);
      });

      test("can be deleted for one key, except its present content", async () => {
        for (const content of ["one", "two"]) {
          await put(store, "a", content);
          await put(store, "ab", content);
        }
        const version = (await store.read("a"))?.version;
        await store.dropHistory("a");
        expect((await store.history("a")).map((past) => past.version)).toEqual([version]);
        expect(text(await store.read("a"))).toBe("two");
        await store.remove("a");
        await store.dropHistory("a");
        expect([await store.history("a"), await store.read("a")]).toEqual([[], undefined]);
        expect((await store.history("ab")).length).toBe(traits.history ? 2 : 1);
        await store.dropHistory("never was");
      });

      test("older contents can be purged by their bytes, also for removed keys; present ones and others stay", async () => {
        const gone = "пакет + %/gone.txt";
        for (const content of ["secret one", "plain", "secret two"]) await put(store, "a", content);
        await put(store, gone, "secret three");
        await store.remove(gone);
        await put(store, "elsewhere", "secret four");
        await put(store, "elsewhere", "plain");
        const purged = await store.purge(
          (key) => key !== "elsewhere",
          (content) => text({ bytes: content })?.startsWith("secret") === true,
        );
        expect([...purged].sort()).toEqual(traits.history ? ["a", gone] : []);
        const past = async (key: string) => Promise.all((await store.history(key)).map(async (one) => text({ bytes: await one.read() })));
        expect(await past("a")).toEqual(traits.history ? ["secret two", "plain"] : ["secret two"]);
        expect(await past(gone)).toEqual([]);
        expect(await past("elsewhere")).toEqual(traits.history ? ["plain", "secret four"] : ["plain"]);
      });

      when(traits.history)?.("what was the present can be read when it no longer is", async () => {
        await put(store, "a", "old");
        const [past] = await store.history("a");
        await put(store, "a", "new");
        expect(await past?.read()).toEqual(bytes("old"));
      });
    });

    describe("copying", () => {
      test("between stores of the same kind and of different kinds", async () => {
        const same = await another();
        const other = memoryStore();
        const body = new Uint8Array(randomBytes(100_000));
        await put(same, "from/пакет + %.bin", body);
        const written = await store.write("to/1", { copyFrom: same, key: "from/пакет + %.bin" });
        expect(await store.read("to/1")).toMatchObject({ bytes: body, version: (written as { version: Version }).version });
        await other.write("back", { copyFrom: store, key: "to/1" });
        expect((await other.read("back"))?.bytes).toEqual(body);
        await store.write("to/2", { copyFrom: other, key: "back" });
        expect((await store.read("to/2"))?.bytes).toEqual(body);
      });

      test("within one store", async () => {
        await put(store, "a", "content");
        await store.write("b", { copyFrom: store, key: "a" });
        expect(text(await store.read("b"))).toBe("content");
      });

      test("ten megabytes, whole", async () => {
        const other = memoryStore();
        const body = new Uint8Array(randomBytes(10_000_000));
        await other.write("big", body);
        await store.write("big", { copyFrom: other, key: "big" });
        expect(Buffer.compare((await store.read("big"))?.bytes ?? new Uint8Array(), body)).toBe(0);
      });

      test("an empty file", async () => {
        const same = await another();
        await put(same, "empty", "");
        await store.write("empty", { copyFrom: same, key: "empty" });
        expect((await store.read("empty"))?.bytes).toEqual(new Uint8Array(0));
      });

      test("a missing source is a Fault, and leaves the target unchanged", async () => {
        const same = await another();
        await put(store, "a", "x");
        for (const from of [same, memoryStore()]) await expect(store.write("a", { copyFrom: from, key: "nothing" })).rejects.toThrow(Fault);
        expect(text(await store.read("a"))).toBe("x");
        expect(await keys(store)).toEqual(["a"]);
      });

      test("a source with another hash is a Fault, and nothing of it is written", async () => {
        const other = memoryStore();
        for (const size of [0, 5, 3_000_000]) {
          const body = new Uint8Array(randomBytes(size));
          await other.write("a", body);
          const sha256 = createHash("sha256").update(body).digest("hex");
          expect(await store.write(`right ${size}`, { copyFrom: other, key: "a", sha256 })).toMatchObject({ kind: "written" });
          const wrong = createHash("sha256").update("something else").digest("hex");
          await expect(store.write("wrong", { copyFrom: other, key: "a", sha256: wrong })).rejects.toThrow(Fault);
        }
        expect(await keys(store)).toEqual(["right 0", "right 3000000", "right 5"]);
      });

      test("conditions apply to copies too", async () => {
        const same = await another();
        await put(same, "from", "copied");
        const version = await put(store, "a", "x");
        const copy = { copyFrom: same, key: "from" };
        expect(await store.write("a", copy, undefined, { ifAbsent: true })).toEqual({ kind: "refused" });
        expect(await store.write("b", copy, undefined, { ifVersion: version })).toEqual({ kind: "refused" });
        expect(text(await store.read("a"))).toBe("x");
        expect(await store.write("a", copy, undefined, { ifVersion: version })).toMatchObject({ kind: "written" });
        expect(await store.write("b", copy, undefined, { ifAbsent: true })).toMatchObject({ kind: "written" });
        expect(text(await store.read("a"))).toBe("copied");
      });

      when(traits.headers)?.("headers come along, unless others are given", async () => {
        const same = await another();
        await same.write("from", bytes("x"), { contentType: "image/webp", cacheControl: "no-cache" });
        await store.write("a", { copyFrom: same, key: "from" });
        await store.write("b", { copyFrom: same, key: "from" }, { contentType: "image/webp", cacheControl: "immutable" });
        expect((await store.read("a"))?.headers).toEqual({ contentType: "image/webp", cacheControl: "no-cache" });
        expect((await store.read("b"))?.headers).toEqual({ contentType: "image/webp", cacheControl: "immutable" });
      });
    });
  });
};
