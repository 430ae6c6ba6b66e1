import { expect, test } from "vitest";
import { aFile, aNewsroom, aSiteFile } from "../support/a-newsroom.ts";

const site = (...partners: readonly string[]) => `${aSiteFile}partners:\n${partners.map((one) => `  - { ${one} }\n`).join("")}`;
const wire = "name: wire, profile: generic, channel: all";

const written = aFile({ title: "The harvest is in", date: "2026-03-01T09:00:00Z" }, "A long text about the harvest.");

test("a partner's file is published with the feeds, for that partner alone", async () => {
  const { publish, files, target } = await aNewsroom({ "harvest.md": written });
  await publish("2026-03-01T10:00:00Z", { site: site(wire) });
  const published = await files();
  const name = Object.keys(published).find((key) => key.startsWith("partners/wire/"));
  expect(published[name ?? ""]).toContain("A long text about the harvest.");
  expect((await target.read(name ?? ""))?.headers).toEqual({
    contentType: "application/rss+xml; charset=utf-8",
    cacheControl: "private, max-age=60",
  });
  const open = Object.entries(published).filter(([key]) => !key.startsWith("partners/"));
  expect(open.filter(([, text]) => text.includes("partners/")).map(([key]) => key)).toEqual([]);
});

test("two runs without a change write nothing, and the same bytes", async () => {
  const { publish, files } = await aNewsroom({ "harvest.md": written });
  await publish("2026-03-01T10:00:00Z", { site: site(wire) });
  const before = await files();
  const { prepared } = await publish("2026-03-01T11:00:00Z", { site: site(wire) });
  expect(prepared.changes.plan.writes).toEqual([]);
  expect(await files()).toEqual(before);
});

test("the files of a partner that site.yaml no longer names are deleted", async () => {
  const { publish, files } = await aNewsroom({ "harvest.md": written });
  await publish("2026-03-01T10:00:00Z", { site: site(wire) });
  await publish("2026-03-01T11:00:00Z");
  expect(Object.keys(await files()).filter((key) => key.startsWith("partners/"))).toEqual([]);
});
