import { parseArgs } from "node:util";
import { portsOf } from "../lambda/operator/run.ts";
import { prepare } from "../lambda/run/pipeline.ts";
import { settingsOf } from "../lambda/settings.ts";
import { listingOf } from "../tests/support/a-listing.ts";

/*
 * What the published feeds are to hold, out of the catalog and not out of any feed: npx node .ci/listing.ts --content FOLDER --to FOLDER
 * prints, for each file of a feed, its entries in order with ids, titles, links, dates, authors, categories and enclosures.
 */

const { values } = parseArgs({
  options: { content: { type: "string", default: "content" }, to: { type: "string", default: ".wireroom/site" } },
});
const settings = await settingsOf(values, () => new Date());
const ports = await portsOf({ time: 600_000, tell: () => {} }, settings);
const prepared = await prepare(ports, settings.site, []);
const { writes, holds } = prepared.changes.plan;
// Otherwise readers would be held to what is not published yet.
if (writes.length + holds.length > 0) throw new Error(`${values.to} is not up to date: ${writes.length} to write, ${holds.length} held`);
console.log(JSON.stringify(listingOf(prepared, settings.site)));
