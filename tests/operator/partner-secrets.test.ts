import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { changeKeys } from "../../lambda/operator/partner/change-keys.ts";
import { run } from "../../lambda/operator/run.ts";
import { hashOfKey } from "../../lambda/partners/access/partner-keys.ts";
import type { Settings } from "../../lambda/settings.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aFolder, wireroom } from "../support/a-command.ts";
import { aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { memoryTable } from "../support/stores/memory-table.ts";

const partners = "partners:\n  - { name: acme, profile: generic, channel: all, access: [basic, header, path] }\n";
const site = `${aSiteFile}channels: [{ name: all }]\n${partners}`;

/** The bytes, and what they unpack to. */
function readings(bytes: Uint8Array): readonly string[] {
  const unpacked = [gunzipSync, brotliDecompressSync].flatMap((unpack) => {
    try {
      return [unpack(bytes)];
    } catch {
      return [];
    }
  });
  return [bytes, ...unpacked].map((some) => Buffer.from(some).toString("latin1"));
}

/** Every way in which a key could be written down. */
function written(key: string): readonly string[] {
  const forms = ["base64", "base64url", "hex"] as const;
  const chance = Buffer.from(key, "base64url");
  const pair = Buffer.from(`acme:${key}`);
  return [key, key.slice(0, 20), ...forms.map((form) => chance.toString(form)), ...forms.map((form) => pair.toString(form).slice(12, -4))];
}

function found(keys: readonly string[], texts: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const secrets = keys.flatMap(written);
  return Object.entries(texts).flatMap(([where, all]) =>
    secrets.some((secret) => all.some((text) => text.includes(secret))) ? [where] : [],
  );
}

test("the search finds a key, plain and packed", async () => {
  const { gzipSync } = await import("node:zlib");
  const key = createHash("sha256").update("x").digest("base64url");
  const packed = gzipSync(JSON.stringify({ nested: key }));
  expect(found([key], { a: ["nothing"], b: readings(packed), c: [`https://feeds.example/p/${key}/partners/`] })).toEqual(["b", "c"]);
  const pair = Buffer.from(`acme:${key}`).toString("base64");
  expect(found([key], { d: [`Basic ${pair}`] })).toEqual(["d"]);
});

test("keys that the command shows are in no file of content, target and state, and in no other output", async () => {
  await using folder = await aFolder();
  await mkdir(join(folder.path, "content"));
  for (const [key, text] of Object.entries({ "site.yaml": site, ...someArticles(2) }))
    await writeFile(join(folder.path, "content", key), text);
  const outputs: Record<string, readonly string[]> = {};
  const say = async (name: string, ...words: readonly string[]) => {
    const said = await wireroom(words, { cwd: folder.path });
    expect([name, said.code, said.stderr]).toEqual([name, 0, expect.any(String)]);
    outputs[`${name}: stderr`] = [said.stderr];
    return said.stdout;
  };
  const keyOf = (stdout: string) => (JSON.parse(stdout) as { readonly shown: { readonly key: string } }).shown.key;
  await say("publish", "publish");
  const first = keyOf(await say("add", "partner", "add", "acme", "--json"));
  const second = keyOf(await say("rotate", "partner", "rotate", "acme", "--for", "1h", "--json"));
  for (const words of [
    ["publish"],
    ["publish", "--json"],
    ["plan", "--json"],
    ["status", "--json"],
    ["partner", "list"],
    ["partner", "list", "--json"],
  ])
    outputs[words.join(" ")] = [await say(words.join(" "), ...words)];
  outputs["revoke"] = [await say("revoke", "partner", "revoke", "acme", "--json")];
  const names = (await readdir(folder.path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(names.length).toBeGreaterThan(20);
  for (const { parentPath, name } of names) {
    const path = join(parentPath, name);
    outputs[path] = [path, ...readings(await readFile(path))];
  }
  expect(first).not.toBe(second);
  expect(found([first, second], outputs)).toEqual([]);
  // What is kept of them is there.
  expect(
    Object.values(outputs)
      .flat()
      .some((text) => text.includes(hashOfKey(first))),
  ).toBe(true);
});

test("keys are in no object of the stores, in no version of one, and in no row at the edge", async () => {
  const newsroom = await aNewsroom({ "site.yaml": site, ...someArticles(2) });
  const { siteFrom } = await import("../../lambda/run/read/site-source.ts");
  const edge = memoryTable();
  const settings = async (now: string): Promise<Settings> => ({
    site: await siteFrom({}, newsroom.content),
    content: newsroom.content,
    target: newsroom.target,
    state: newsroom.state,
    edge,
    now,
    began: now,
    places: { content: "content", target: "target" },
    editable: false,
    holder: now,
    cloud: { endpoints: {} },
  });
  const at = (hour: number) => settings(`2026-11-20T${hour}:00:00.000Z`);
  const order = {
    name: "acme",
    time: 60_000,
    tell: () => {},
    chance: (bytes: number) => createHash("sha512").update("k").digest().subarray(0, bytes),
  };
  const publish = { command: "publish", allow: [], time: 60_000, tell: () => {} } as const;
  await run(publish, await at(10));
  const { shown } = await changeKeys({ ...order, action: "add" }, await at(11));
  await run(publish, await at(12));
  const later = (bytes: number) => createHash("sha512").update("l").digest().subarray(0, bytes);
  const { shown: next } = await changeKeys({ ...order, chance: later, action: "rotate", overlap: 60_000 }, await at(13));
  await newsroom.write("new.md", "---\ndate: 2026-11-20\n---\n\n# New\n\nText.\n");
  await run(publish, await at(14));
  const all = { ...(await objectsOf(newsroom.target)), ...(await objectsOf(newsroom.state)), edge: [JSON.stringify(await edge.read())] };
  expect(Object.keys(all).length).toBeGreaterThan(10);
  expect(found([shown?.key ?? "", next?.key ?? ""], all)).toEqual([]);
  expect(all.edge[0]).toContain(hashOfKey(next?.key ?? ""));
});

async function objectsOf(store: Store): Promise<Readonly<Record<string, readonly string[]>>> {
  const keys = (await store.list()).map(({ key }) => key);
  const pairs = keys.map(async (key) => {
    const versions = await Promise.all((await store.history(key)).map(({ read }) => read()));
    return [`${store.address}/${key}`, versions.flatMap(readings)] as const;
  });
  return Object.fromEntries(await Promise.all(pairs));
}
