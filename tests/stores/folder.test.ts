import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Fault } from "../../lambda/fault.ts";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import { openFile } from "../../lambda/stores/folder/folder-read.ts";
import { storeContract } from "./contract.ts";

const temporary = () => mkdtemp(join(tmpdir(), "wireroom-folder-"));
const bytes = (text: string) => new TextEncoder().encode(text);

for (const keep of [0, 10]) {
  const make = async () => {
    const path = await temporary();
    return { store: folderStore(join(path, "made by the store"), { keep }), close: () => rm(path, { recursive: true }) };
  };
  storeContract(keep === 0 ? "a folder" : "a folder with history", make, { headers: false, history: keep > 0 });
}

describe("a folder", () => {
  let path = "";
  beforeEach(async () => {
    path = await temporary();
  });
  afterEach(() => rm(path, { recursive: true }));
  const keysOf = async (folder: string) => (await folderStore(folder).list()).map(({ key }) => key);

  test("that does not exist lists, reads and remembers nothing, and a read does not create it", async () => {
    const store = folderStore(join(path, "none"));
    expect(await store.list()).toEqual([]);
    expect(await store.read("a")).toBeUndefined();
    expect(await store.history("a")).toEqual([]);
    expect(await store.remove("a")).toEqual({ kind: "removed" });
    expect(await readdir(path)).toEqual([]);
  });

  test("contains only the keys once all is written", async () => {
    const store = folderStore(path);
    await Promise.all(["a", "b/c", "b/d/e"].map((key) => store.write(key, bytes(key))));
    await store.write("a", bytes("again"), {}, { ifAbsent: true });
    await store.remove("b/d/e");
    expect((await readdir(path, { recursive: true })).sort()).toEqual(["a", "b", "b/c"]);
  });

  test("disappears when its branch is emptied, up to the root and no further", async () => {
    const store = folderStore(path);
    await store.write("a/b/c/d", bytes("x"));
    await store.remove("a/b/c/d");
    expect(await readdir(path)).toEqual([]);
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  test("does not touch a file whose write is refused: its time stays", async () => {
    const store = folderStore(path);
    await store.write("a", bytes("x"));
    const before = await stat(join(path, "a"), { bigint: true });
    await store.write("a", bytes("y"), {}, { ifAbsent: true });
    expect((await stat(join(path, "a"), { bigint: true })).mtimeNs).toBe(before.mtimeNs);
  });

  test("replaces a file instead of writing into it, so an open reader reads it to its end", async () => {
    const store = folderStore(path);
    await store.write("a", bytes("old"));
    const before = await stat(join(path, "a"));
    await store.write("a", bytes("new"));
    expect((await stat(join(path, "a"))).ino).not.toBe(before.ino);
  });

  test("never shows a half-written file to a constant reader", async () => {
    const store = folderStore(path);
    await store.write("a", new Uint8Array(300_000).fill(1));
    const writing = (async () => {
      for (let round = 2; round < 30; round += 1) await store.write("a", new Uint8Array(300_000).fill(round));
      return "done" as const;
    })();
    let state: "writing" | "done" = "writing";
    void writing.then((end) => {
      state = end;
    });
    while (state === "writing") {
      const all = await readFile(join(path, "a"));
      expect([all.length, all.every((byte) => byte === all[0])]).toEqual([300_000, true]);
    }
    await writing;
  });

  test("is not settled while a file is younger than two seconds, by its time", async () => {
    const store = folderStore(path);
    await store.write("a", bytes("x"));
    expect(await store.list()).toMatchObject([{ settled: false }]);
    const old = Date.now() / 1000 - 3;
    await utimes(join(path, "a"), old, old);
    expect(await store.list()).toMatchObject([{ settled: true }]);
  });

  test("sees another version after another program's write", async () => {
    const store = folderStore(path);
    await writeFile(join(path, "a"), "one");
    const [before] = await store.list();
    await utimes(join(path, "a"), 1, 1);
    const [after] = await store.list();
    expect(after?.version).not.toBe(before?.version);
    expect(await store.write("a", bytes("two"), {}, { ifVersion: before?.version ?? "" })).toEqual({ kind: "refused" });
  });

  test("never uses a version twice, however fast it is written", async () => {
    const store = folderStore(path);
    const versions = new Set<string>();
    for (let round = 0; round < 60; round += 1) {
      const written = await store.write("a", bytes(String(round).padStart(3, "0")));
      if (written.kind === "written") versions.add(written.version);
    }
    expect(versions.size).toBe(60);
  });

  test.each([".history/a", ".writing/a", ".history"])("keeps %s for itself", async (key) => {
    await expect(folderStore(path).write(key, bytes("x"))).rejects.toThrow(Fault);
  });

  test("does not list its own files, or anything that is not a file", async () => {
    const store = folderStore(path, { keep: 2 });
    for (const content of ["1", "2"]) await store.write("a", bytes(content));
    await mkdir(join(path, ".writing"));
    await writeFile(join(path, ".writing/cut.part"), "half");
    await promisify(execFile)("mkfifo", [join(path, "pipe")]);
    expect(await keysOf(path)).toEqual(["a"]);
    expect(await store.read("pipe")).toBeUndefined();
  });

  test("removes the remains of a run interrupted an hour ago, and nothing that is being written", async () => {
    await mkdir(join(path, ".writing"));
    for (const name of ["old.part", "new.part"]) await writeFile(join(path, ".writing", name), "half");
    const old = Date.now() / 1000 - 4000;
    await utimes(join(path, ".writing/old.part"), old, old);
    await folderStore(path).write("a", bytes("x"));
    expect(await readdir(join(path, ".writing"))).toEqual(["new.part"]);
  });

  test("keeps as many older contents as asked, and drops the oldest", async () => {
    const store = folderStore(path, { keep: 2 });
    for (const content of ["1", "2", "3", "4"]) await store.write("ledger.json", bytes(content));
    const texts = (await store.history("ledger.json")).map(async ({ read }) => new TextDecoder().decode(await read()));
    expect(await Promise.all(texts)).toEqual(["4", "3", "2"]);
  });

  test("reports a file in the way of a folder, with its place", async () => {
    const file = join(path, "file");
    await writeFile(file, "x");
    await expect(folderStore(file).list()).rejects.toThrow(file);
    await expect(folderStore(file).list()).rejects.toThrow(Fault);
    await expect(folderStore(path).write("file/below", bytes("x"))).rejects.toThrow(/file is not a folder/);
    expect(await folderStore(path).read("file/below")).toBeUndefined();
  });

  test("names the operation and its place in a fault, with the system's own error as its cause", async () => {
    const file = join(path, "file");
    await writeFile(file, "x");
    const fault: unknown = await folderStore(file)
      .list()
      .catch((error: unknown) => error);
    expect(fault).toMatchObject({ message: `Cannot list ${file}.`, cause: { code: "ENOTDIR" } });
  });

  test("reports a folder in the way of a file, and leaves it", async () => {
    const store = folderStore(path);
    await store.write("a/b", bytes("x"));
    await expect(store.write("a", bytes("y"))).rejects.toThrow(Fault);
    expect(await keysOf(path)).toEqual(["a/b"]);
    expect(await readdir(path)).toEqual(["a"]);
  });

  test("lists files with names that are not UTF-8, and those in such folders, as unreadable", async () => {
    const odd = (name: string) => Buffer.concat([Buffer.from(`${path}/`), Buffer.from(name, "latin1")]);
    await writeFile(odd("caf\u00e9.md"), "a");
    await mkdir(odd("d\u00e9p\u00f4t"));
    await writeFile(odd("d\u00e9p\u00f4t/b.md"), "b");
    await writeFile(join(path, "good \ufffd.md"), "c");
    const listed = await folderStore(path).list();
    expect(listed.map(({ key, size }) => [key, size])).toEqual([
      ["caf\ufffd.md", 0],
      ["d\ufffdp\ufffdt/b.md", 0],
      ["good \ufffd.md", 1],
    ]);
    expect(await folderStore(path).read("caf\ufffd.md")).toBeUndefined();
  });

  test.skipIf(process.getuid?.() === 0)("names the file that it has no permission to read (needs a user other than root)", async () => {
    await writeFile(join(path, "a.md"), "x", { mode: 0 });
    await expect(folderStore(path).read("a.md")).rejects.toMatchObject({ kind: "unreadable" });
  });

  test("copies the file that was opened, whatever replaces it during the copy", async () => {
    await writeFile(join(path, "a.png"), "the picture");
    await writeFile(join(path, "secret"), "not for anybody");
    const streamed = openFile(path, "a.png");
    await rm(join(path, "a.png"));
    await symlink(join(path, "secret"), join(path, "a.png"));
    expect(Buffer.concat((await streamed?.stream.toArray()) as Buffer[]).toString("utf8")).toBe("the picture");
    expect(streamed?.size).toBe(11);
  });

  describe("with links", () => {
    let inside = "";
    beforeEach(async () => {
      inside = join(path, "inside");
      await mkdir(inside);
      await mkdir(join(path, "outside"));
      await writeFile(join(path, "outside/secret"), "secret");
    });

    test("does not show outside files, through a link to a file or to a folder", async () => {
      await symlink("../outside/secret", join(inside, "file"));
      await symlink("../outside", join(inside, "folder"));
      const store = folderStore(inside);
      expect(await store.list()).toEqual([]);
      expect(await store.read("file")).toBeUndefined();
      expect(await store.read("folder/secret")).toBeUndefined();
    });

    test("never writes or removes through a link out of it", async () => {
      await symlink("../outside/secret", join(inside, "file"));
      await symlink("../outside", join(inside, "folder"));
      const store = folderStore(inside);
      await expect(store.write("folder/new/file", bytes("x"))).rejects.toThrow(Fault);
      await expect(store.write("folder/secret", bytes("x"))).rejects.toThrow(Fault);
      await store.remove("folder/secret");
      await store.write("file", bytes("x"));
      expect(await readdir(join(path, "outside"))).toEqual(["secret"]);
      expect(await readFile(join(path, "outside/secret"), "utf8")).toBe("secret");
      expect(await keysOf(inside)).toEqual(["file"]);
    });

    test("shows a file through a link inside it, but no loop of links", async () => {
      await writeFile(join(inside, "a"), "text");
      await symlink("a", join(inside, "b"));
      await symlink("nowhere", join(inside, "c"));
      await symlink("d", join(inside, "d"));
      await symlink(".", join(inside, "e"));
      expect(await keysOf(inside)).toEqual(["a", "b"]);
      expect(await folderStore(inside).read("b")).toMatchObject({ bytes: bytes("text") });
    });

    test("may itself be reached through one", async () => {
      await symlink("inside", join(path, "current"));
      await folderStore(join(path, "current")).write("a", bytes("x"));
      expect(await keysOf(join(path, "current"))).toEqual(["a"]);
    });
  });
});
