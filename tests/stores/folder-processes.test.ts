import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderStore } from "../../lambda/stores/folder/folder.ts";
import { locked } from "../../lambda/stores/folder/folder-lock.ts";

/** Runs a script in another process, with `store` as a store in the folder; returns its output. */
const inProcess = async (folder: string, script: string): Promise<string> => {
  const program = `
    import { folderStore } from ${JSON.stringify(new URL("../../lambda/stores/folder/folder.ts", import.meta.url).href)};
    const store = folderStore(${JSON.stringify(folder)});
    const encode = (text) => new TextEncoder().encode(text);
    ${script}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const printed = (await child.stdout.toArray()).join("");
  return printed.trim();
};

describe("several processes on one folder", () => {
  let path = "";
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), "wireroom-processes-"));
  });
  afterEach(() => rm(path, { recursive: true }));

  test("lose no change if each replaces only the version that it has read", async () => {
    const store = folderStore(path);
    await store.write("count", new TextEncoder().encode("0"));
    const counting = `
      for (let done = 0; done < 25; ) {
        const { bytes, version } = await store.read("count");
        const next = encode(String(Number(new TextDecoder().decode(bytes)) + 1));
        if ((await store.write("count", next, {}, { ifVersion: version })).kind === "written") done += 1;
      }`;
    await Promise.all([1, 2, 3].map(() => inProcess(path, counting)));
    expect(await readFile(join(path, "count"), "utf8")).toBe("75");
    expect(await readdir(path)).toEqual(["count"]);
  });

  test("create each key once", async () => {
    const creating = `
      let won = 0;
      for (let i = 0; i < 40; i += 1) if ((await store.write("key/" + i, encode(String(process.pid)), {}, { ifAbsent: true })).kind === "written") won += 1;
      console.log(won);`;
    const won = await Promise.all([1, 2, 3].map(() => inProcess(path, creating)));
    expect(won.map(Number).reduce((a, b) => a + b)).toBe(40);
  });

  test("write while others remove the last file of the folder", async () => {
    const script = (key: string) => `
      for (let i = 0; i < 60; i += 1) { await store.write("a/b/${key}", encode("x")); await store.remove("a/b/${key}"); }
      console.log("fine");`;
    expect(await Promise.all(["one", "two"].map((key) => inProcess(path, script(key))))).toEqual(["fine", "fine"]);
    expect(await readdir(path)).toEqual([]);
  });
});

describe("a lock", () => {
  let lock = "";
  beforeEach(async () => {
    const path = await mkdtemp(join(tmpdir(), "wireroom-lock-"));
    await mkdir(join(path, ".writing"));
    lock = join(path, ".writing/a.lock");
  });
  afterEach(() => rm(join(lock, "../.."), { recursive: true }));

  /** A process that existed and has ended. */
  const gone = async (): Promise<number> => {
    const child = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => child.on("exit", resolve));
    return child.pid ?? 0;
  };

  test("of a dead process is taken over", async () => {
    await writeFile(lock, `${hostname()} ${await gone()} 00000000-0000-0000-0000-000000000000`);
    expect(await locked(lock, (mine) => mine())).toBe(true);
    expect(await readdir(join(lock, ".."))).toEqual([]);
  });

  test("of a dead process is taken over by one of many at a time", async () => {
    await writeFile(lock, `${hostname()} ${await gone()} 00000000-0000-0000-0000-000000000000`);
    let inside = 0;
    const work = () => {
      inside += 1;
      expect(inside).toBe(1);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => locked(lock, work)));
    expect(await readdir(join(lock, ".."))).toEqual([]);
  });

  test("of an owner killed before signing it is taken over after seconds", async () => {
    await writeFile(lock, "");
    const old = new Date(Date.now() - 3000);
    await utimes(lock, old, old);
    expect(await locked(lock, (mine) => mine())).toBe(true);
    expect(await readdir(join(lock, ".."))).toEqual([]);
  });

  test("of another machine is respected while it is new, and taken over when it is old", async () => {
    await writeFile(lock, "another-machine 1 00000000-0000-0000-0000-000000000000");
    let entered = false;
    const waiting = locked(lock, () => {
      entered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(entered).toBe(false);
    const old = Date.now() / 1000 - 31;
    await utimes(lock, old, old);
    await waiting;
    expect(entered).toBe(true);
  });

  test("that was taken over is reported to its former holder, who does not remove it", async () => {
    const { writeFileSync } = await import("node:fs");
    await locked(lock, (mine) => {
      writeFileSync(lock, "another-machine 1 x");
      expect(mine()).toBe(false);
    });
    expect(existsSync(lock)).toBe(true);
  });

  test("is released when the work fails", async () => {
    const failing = locked(lock, () => {
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(existsSync(lock)).toBe(false);
  });
});
