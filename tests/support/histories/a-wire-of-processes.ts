import { spawn } from "node:child_process";
import { once } from "node:events";
import { type FSWatcher, watch } from "node:fs";
import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../../lambda/operator/run.ts";
import { settingsOf } from "../../../lambda/settings.ts";
import { aDesk } from "../a-desk.ts";
import { builtCommand } from "../built-command.ts";
import type { End, Wire } from "./a-wire.ts";
import { type Bytes, unreadable } from "./from-outside.ts";

/**
 * A wire in folders. Each run is a separate process, which SIGKILL ends after a number of changes in target and state. A run that must
 * succeed is also killed first, as often and whenever `moments` says, and must reach the result of an undisturbed run.
 */
export async function aWireOfProcesses(moments: Iterator<number>, kills: { count: number }) {
  const desk = await aDesk({});
  const [site, state, twin] = ["site", "site.state", "twin"].map((name) => join(desk.path, name)) as [string, string, string];
  for (const folder of [site, state]) await mkdir(folder);
  const moment = (): number => moments.next().value ?? 0;

  async function command(now: number, killedAt?: number): Promise<End> {
    const at = new Date(now).toISOString();
    const words = ["publish", "--content", join(desk.path, "content"), "--to", site, "--now", at, "--json"];
    let [happened, watchers]: [number, readonly FSWatcher[]] = [0, []];
    const child = spawn(process.execPath, [await builtCommand(), ...words], { stdio: ["ignore", "pipe", "pipe"] });
    const ended = once(child, "close");
    if (killedAt !== undefined) {
      const count = () => void (++happened > killedAt && child.kill("SIGKILL"));
      watchers = [site, state].map((folder) => watch(folder, { recursive: true }, count).on("error", () => undefined));
    }
    let said = "";
    child.stdout.resume();
    child.stderr.on("data", (text) => {
      said += String(text);
    });
    const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    for (const watcher of watchers) watcher.close();
    if (signal === "SIGKILL") kills.count += 1;
    return signal === "SIGKILL" ? "cut" : code === 0 ? "done" : `${code}: ${said}`;
  }

  const cut = async (now: number, at: number): Promise<End> => {
    const end = await command(now, at);
    const broken = unreadable(await filesIn(site));
    return broken.length === 0 ? end : broken.join("; ");
  };

  const wire: Wire = {
    write: desk.write,
    remove: desk.remove,
    cut,
    publish: async (now) => {
      await rm(twin, { recursive: true, force: true });
      for (const name of ["content", "site", "site.state"])
        await cp(join(desk.path, name), join(twin, name), { recursive: true, preserveTimestamps: true });
      for (const _ of ["once", "again"]) {
        const end = await cut(now, moment());
        if (end !== "cut" && end !== "done") return end;
      }
      const end = await command(now);
      const settings = await settingsOf(
        { content: join(twin, "content"), to: join(twin, "site"), now: new Date(now).toISOString() },
        () => new Date(),
      );
      await run({ command: "publish", allow: [], time: 60_000, tell: () => {} }, settings);
      const others = await differences(desk.path, twin);
      return others.length === 0 ? end : others.join("; ");
    },
    files: () => filesIn(site),
    race: () => Promise.reject(new Error("Nothing is raced here.")),
    cancel: () => Promise.reject(new Error("Nothing is withdrawn here.")),
    harm: () => Promise.reject(new Error("Nothing is lost here.")),
    remains: async () => new Map(),
  };
  return { wire, [Symbol.asyncDispose]: desk[Symbol.asyncDispose] };
}

/** The published files of a folder, without dot folders. */
async function filesIn(folder: string): Promise<Bytes> {
  const found = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const keys = found
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter((key) => !/(?:^|\/)\./.test(key));
  return new Map(await Promise.all(keys.sort().map(async (key) => [key, await readFile(join(folder, key))] as const)));
}

/** Leaves out variants in encodings that are no longer listed: they are removed one run after the edge table changes, whichever run that is. */
async function differences(desk: string, twin: string): Promise<readonly string[]> {
  const [ours, theirs] = [await filesIn(join(desk, "site")), await filesIn(join(twin, "site"))];
  const isAsked = (await readFile(join(desk, "content", "site.yaml"), "utf8")).includes("[gzip]");
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])].filter((key) => isAsked || !key.endsWith(".gz"));
  const isSame = (one: Uint8Array | undefined, other: Uint8Array | undefined) =>
    one !== undefined && other !== undefined && Buffer.from(one).equals(other);
  return keys.filter((key) => !isSame(ours.get(key), theirs.get(key))).map((key) => `${key} is not what an undisturbed run makes`);
}
