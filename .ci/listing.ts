import { parseArgs } from "node:util";
import { portsOf } from "../lambda/operator/run.ts";
import { prepare } from "../lambda/run/pipeline.ts";
import { settingsOf } from "../lambda/settings.ts";
import { listingOf } from "../tests/support/a-listing.ts";

/*
 * Prints what the published feeds must hold, from the catalog and not from any feed: npx node .ci/listing.ts --content FOLDER --to FOLDER
 * prints, for each feed file, its entries in order with ids, titles, links, dates, authors, categories and enclosures.
 */

const { values } = parseArgs({
  options: { content: { type: "string", default: "content" }, to: { type: "string", default: ".wireroom/site" } },
});
const settings = await settingsOf(values, () => new Date());
const ports = await portsOf({ time: 600_000, tell: () => {} }, settings);
const prepared = await prepare(ports, settings.site, []);
const { writes, holds } = prepared.changes.plan;
// Otherwise readers would be compared with entries that are not published yet.
if (writes.length + holds.length > 0) throw new Error(`${values.to} is not up to date: ${writes.length} to write, ${holds.length} held`);
console.log(JSON.stringify(listingOf(prepared, settings.site)));
