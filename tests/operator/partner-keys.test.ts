import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { changeKeys, type KeyOrder } from "../../lambda/operator/partner/change-keys.ts";
import { listPartners } from "../../lambda/operator/partner/list-keys.ts";
import { hashOfKey } from "../../lambda/partners/access/partner-keys.ts";
import { readEdgeTable } from "../../lambda/plan/edge/edge-table.ts";
import { deployedEdge } from "../../lambda/preview/preview-edge.ts";
import type { Settings } from "../../lambda/settings.ts";
import type { Table } from "../../lambda/stores/store.ts";
import { keyLines, partnerLines } from "../../lambda/terminal/partner-keys.ts";
import { shown } from "../../lambda/terminal/screen/screen.ts";
import { requestOf } from "../edge/events.ts";
import { aDesk } from "../support/a-desk.ts";
import { aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { memoryTable } from "../support/stores/memory-table.ts";

const at = (time: string) => (time.length > 5 ? time : `2026-11-20T${time}:00Z`);
const partners = `partners:
  - { name: acme, profile: generic, channel: all, access: [basic, header] }
  - { name: pathless, profile: generic, channel: all, access: [basic, path], expires: 2027-01-01 }
  - { name: open, profile: generic, channel: all, access: public }
`;
const site = `${aSiteFile}feedUrl: https://feeds.wire.example/\nchannels: [{ name: all }]\n${partners}`;
const files = { "site.yaml": site, ...someArticles(3) };

let counter = 0;
/** Not random: each key of the tests is another. */
const chance = (bytes: number) => Buffer.from(String(counter++).padStart(bytes, "z"));

async function aWireWithPartners(edge?: Table) {
  const desk = await aDesk(files);
  await desk.publish(at("09:00"));
  const settings = async (time: string): Promise<Settings> => ({
    ...(await desk.settings(at(time))),
    ...(edge === undefined ? {} : { edge }),
  });
  type Rest<Order> = Order extends KeyOrder ? Omit<Order, "time" | "tell" | "name" | "chance"> : never;
  return {
    ...desk,
    settings,
    order: async (time: string, name: string, order: Rest<KeyOrder>) =>
      changeKeys({ time: 60_000, tell: () => {}, name, chance, ...order } as KeyOrder, await settings(time)),
    list: async (time: string) => listPartners(await settings(time)),
    /** The status of the answer to a partner that shows a key, by the published table. */
    asks: async (name: string, key: string) => {
      const table = readEdgeTable((await desk.published())["edge.json"] ?? "");
      const authorization = `Basic ${Buffer.from(`${name}:${key}`).toString("base64")}`;
      const answer = await deployedEdge()(table).asked(
        requestOf({ path: `/partners/${name}/rss.xml`, answer: "", headers: { authorization } }),
      );
      return "statusCode" in answer ? answer.statusCode : 200;
    },
  };
}

const keyIn = ({ shown }: { readonly shown?: { readonly key: string } }): string => shown?.key ?? "";

describe("wireroom partner", () => {
  test("gives a partner a key that counts at once, and publishes no feed", async () => {
    await using desk = await aWireWithPartners();
    const before = await desk.published();
    const report = await desk.order("10:00", "acme", { action: "add" });
    expect(report).toMatchObject({
      command: "partner add",
      outcome: "done",
      partner: { name: "acme", state: "open", keys: 1, since: "2026-11-20T10:00:00.000Z" },
      shown: { user: "acme", header: "x-api-key", addresses: ["https://feeds.wire.example/partners/acme/"] },
    });
    expect(keyIn(report)).toMatch(/^[\w-]{43}$/);
    expect(await desk.asks("acme", keyIn(report))).toBe(200);
    expect(await desk.asks("acme", "wrong")).toBe(401);
    const { "edge.json": _, ...after } = await desk.published();
    const { "edge.json": _old, ...feeds } = before;
    expect(after).toEqual(feeds);
    expect(shown(keyLines(report))).toEqual([
      "The new key of acme:",
      "",
      `  ${keyIn(report)}`,
      "",
      "It is shown only now: state and the edge have its hash alone. Give it to the partner:",
      "  user name acme, and the key as the password (HTTP Basic)",
      "  header x-api-key: <the key>",
      "  https://feeds.wire.example/partners/acme/…",
    ]);
  });

  test("a publication afterwards changes nothing of it", async () => {
    await using desk = await aWireWithPartners();
    const report = await desk.order("10:00", "acme", { action: "add" });
    const { "edge.json": table } = await desk.published();
    expect((await desk.publish(at("11:00"))).outcome).toBe("unchanged");
    await desk.write("new.md", "---\ndate: 2026-11-20\n---\n\n# New\n\nText.\n");
    expect((await desk.publish(at("12:00"))).outcome).toBe("published");
    expect((await desk.published())["edge.json"]).toBe(table);
    expect(await desk.asks("acme", keyIn(report))).toBe(200);
  });

  test("shows the address of a partner that has its key in the path", async () => {
    await using desk = await aWireWithPartners();
    const report = await desk.order("10:00", "pathless", { action: "add" });
    expect(report.shown?.addresses).toEqual([
      "https://feeds.wire.example/partners/pathless/",
      `https://feeds.wire.example/p/${keyIn(report)}/partners/pathless/`,
    ]);
    expect(report.partner).toMatchObject({ until: "2027-01-01T00:00:00.000Z" });
  });

  test("lets old and new keys stand for a time", async () => {
    await using desk = await aWireWithPartners();
    const first = keyIn(await desk.order("10:00", "acme", { action: "add" }));
    const report = await desk.order("11:00", "acme", { action: "rotate", overlap: 3_600_000 });
    expect(report).toMatchObject({ earlier: "2026-11-20T12:00:00.000Z", partner: { keys: 2, state: "open" } });
    const table = readEdgeTable((await desk.published())["edge.json"] ?? "");
    expect(JSON.parse(table["partner acme"] ?? "")).toMatchObject({
      keys: [`${hashOfKey(first)} ${Date.parse(at("12:00")) / 1000}`, hashOfKey(keyIn(report))],
    });
    expect((await desk.list("11:59")).partners[0]).toMatchObject({ keys: 2 });
    expect((await desk.list("12:00")).partners[0]).toMatchObject({ keys: 1, state: "open" });
  });

  test("revokes every key, or only the old ones", async () => {
    await using desk = await aWireWithPartners();
    const first = keyIn(await desk.order("10:00", "acme", { action: "add" }));
    const second = keyIn(await desk.order("11:00", "acme", { action: "rotate", overlap: 10 ** 12 }));
    expect([await desk.asks("acme", first), await desk.asks("acme", second)]).toEqual([200, 200]);
    const old = await desk.order("11:30", "acme", { action: "revoke", which: "old" });
    expect(old).toMatchObject({ outcome: "done", partner: { keys: 1, state: "open" } });
    expect([await desk.asks("acme", first), await desk.asks("acme", second)]).toEqual([401, 200]);
    const all = await desk.order("12:00", "acme", { action: "revoke", which: "all" });
    expect(all).toMatchObject({ outcome: "done", partner: { keys: 0, state: "revoked" } });
    expect(shown(keyLines(all))).toEqual([
      "Revoked. It has no key now. CloudFront takes some seconds, and refuses acme the rest from then on.",
    ]);
    expect(await desk.asks("acme", second)).toBe(401);
    expect(await desk.order("12:01", "acme", { action: "revoke", which: "all" })).toMatchObject({ outcome: "unchanged" });
    expect(await desk.order("12:02", "acme", { action: "add" })).toMatchObject({ partner: { keys: 1, state: "open" } });
  });

  test.each([
    ["a partner that site.yaml does not name", "acne", { action: "add" }, 'No partner is named "acne". Did you mean acme?'],
    ["a key for a public partner", "open", { action: "add" }, 'open needs no key: site.yaml says "access: public".'],
    ["a rotation without a key", "acme", { action: "rotate", overlap: 0 }, "acme has no key that counts."],
    ["a revocation without a key", "acme", { action: "revoke", which: "all" }, 'No partner is named "acme". There is none.'],
    ["an end in the past", "acme", { action: "add", expires: "2026-11-20T09:00:00Z" }, "--expires 2026-11-20T09:00:00Z is in the past."],
    ["an end that is no date", "acme", { action: "add", expires: "soon" }, '--expires is not a date: got "soon".'],
  ] as const)("refuses %s, and changes nothing", async (_, name, order, message) => {
    await using desk = await aWireWithPartners();
    const before = await desk.published();
    await expect(desk.order("10:00", name, order)).rejects.toThrow(message);
    await expect(desk.order("10:00", name, order)).rejects.toThrow("Nothing was changed.");
    expect(await desk.published()).toEqual(before);
  });

  test("a second first key is refused, and says how to get another", async () => {
    await using desk = await aWireWithPartners();
    await desk.order("10:00", "acme", { action: "add" });
    await expect(desk.order("10:01", "acme", { action: "add" })).rejects.toThrow(
      "acme has a key since 2026-11-20T10:00:00.000Z. Nothing was changed. wireroom partner rotate acme gives it another.",
    );
  });

  test("before the first publication there is no ledger to hold a key", async () => {
    await using desk = await aDesk(files);
    const order = { action: "add", name: "acme", chance, time: 60_000, tell: () => {} } as const;
    await expect(changeKeys(order, await desk.settings(at("10:00")))).rejects.toThrow(
      'has no ledger, which would hold the keys. Run "wireroom publish" first.',
    );
  });

  test("a partner that site.yaml no longer names loses its row, is listed, and can be revoked", async () => {
    await using desk = await aWireWithPartners();
    const key = keyIn(await desk.order("10:00", "acme", { action: "add" }));
    await desk.write("site.yaml", site.replace(/ {2}- \{ name: acme.*\n/, ""));
    await desk.publish(at("11:00"));
    expect(await desk.asks("acme", key)).toBe(404);
    expect((await desk.list("11:00")).partners.at(-1)).toMatchObject({ name: "acme", methods: [], state: "closed" });
    expect(await desk.order("12:00", "acme", { action: "revoke", which: "all" })).toMatchObject({ outcome: "done" });
    await desk.write("site.yaml", site);
    await desk.publish(at("13:00"));
    expect(await desk.asks("acme", key)).toBe(401);
  });

  test("a lost ledger takes the hashes of keys from the published table", async () => {
    await using desk = await aWireWithPartners();
    const key = keyIn(await desk.order("10:00", "acme", { action: "add", expires: "2026-12-31" }));
    await rm(join(desk.path, "site.state"), { recursive: true });
    const { outcome, holds } = await desk.publish(at("11:00"));
    expect(outcome).toBe("held");
    await desk.publish(at("12:00"), [`run@${holds[0]?.hash}`]);
    expect(await desk.asks("acme", key)).toBe(200);
    expect((await desk.list("12:00")).partners[0]).toMatchObject({ state: "open", keys: 1, until: "2026-12-31T00:00:00.000Z" });
    await desk.order("13:00", "acme", { action: "revoke", which: "all" });
    expect(await desk.asks("acme", key)).toBe(401);
  });

  test("lists every partner with its methods, since, expiry and state", async () => {
    await using desk = await aWireWithPartners();
    await desk.order("10:00", "acme", { action: "add" });
    await desk.order("10:30", "pathless", { action: "add", expires: "2026-11-21" });
    const listed = async (time: string) => (await desk.list(time)).partners.map(({ name, state, until }) => [name, state, until]);
    expect(shown(partnerLines(await desk.list("11:00")))).toEqual([
      "partner   access         since                     until                     state",
      "acme      basic, header  2026-11-20T10:00:00.000Z                            open",
      "pathless  basic, path    2026-11-20T10:30:00.000Z  2026-11-21T00:00:00.000Z  open",
      "open      public                                                             public",
    ]);
    const later = await desk.list("2026-11-21T00:00:00Z");
    expect(later.partners[1]).toMatchObject({ state: "expired", keys: 0 });
    expect(await listed("11:00")).toEqual([
      ["acme", "open", undefined],
      ["pathless", "open", "2026-11-21T00:00:00.000Z"],
      ["open", "public", undefined],
    ]);
  });

  test("changes the table of the edge in one step, and leaves its other rows", async () => {
    const edge = memoryTable();
    await using desk = await aDesk(files);
    const settings = async (time: string): Promise<Settings> => ({ ...(await desk.settings(at(time))), edge });
    const { run } = await import("../../lambda/operator/run.ts");
    await run({ command: "publish", allow: [], time: 60_000, tell: () => {} }, await settings("09:00"));
    const { rows: before, version } = await edge.read();
    expect(before["partner acme"]).toBe('{"methods":["basic","header"],"header":"x-api-key","keys":[]}');
    const order = { action: "add", name: "acme", chance, time: 60_000, tell: () => {} } as const;
    const report = await changeKeys(order, await settings("10:00"));
    const { rows, version: next } = await edge.read();
    expect(Number(next)).toBe(Number(version) + 1);
    expect(rows).toEqual({ ...before, "partner acme": expect.stringContaining(hashOfKey(keyIn(report))) as string });
    expect(rows).toEqual(readEdgeTable((await desk.published())["edge.json"] ?? ""));
  });
});
