import type { EdgeTable } from "../../lambda/plan/edge/edge-table.ts";
import { readEdgeTable } from "../../lambda/plan/edge/edge-table.ts";
import type { Store } from "../../lambda/stores/store.ts";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";

export const hub = "https://hub.example/";

/** The wire for all requests of the tests: three channels, two encodings, an archive, and each kind of row in the table. */
const site = `${aSiteFile}feedUrl: https://feeds.wire.example/
hub: ${hub}
encodings: [gzip, br]
channels:
  - { name: all, archive: monthly, limit: 2 }
  - { name: Мир, where: { tag: world } }
  - { name: briefing, formats: [json] }
moved:
  /old/rss.xml: /all/rss.xml
  /old/atom.xml: https://elsewhere.example/atom.xml
  /world/: /Мир/
  /blog/feed: /all/rss.xml
  /новости/rss.xml: /Мир/rss.xml
  /2019/wire/: https://old.wire.example/archive/
  https://old.feeds.example/: /
retired: [/gone/atom.xml, /closed/, /a/b/c/]
`;

/** A newsroom after publication, and its published edge table. */
export async function aWire(target?: Store): Promise<{ readonly target: Store; readonly table: EdgeTable }> {
  const articles = {
    ...someArticles(4),
    "w.md": aFile({ title: "Abroad", date: "2026-05-01T09:00:00Z", tags: "world" }),
    "o.md": aFile({ title: "Old", date: "2026-01-01T09:00:00Z" }),
  };
  const newsroom = await aNewsroom(articles, target === undefined ? {} : { target });
  await newsroom.publish("2026-11-20T12:00:00Z", { site });
  const published = await newsroom.target.read("edge.json");
  return { target: newsroom.target, table: readEdgeTable(Buffer.from(published?.bytes ?? []).toString("utf8")) };
}
