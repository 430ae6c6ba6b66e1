import { readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { bundle } from "./bundling.ts";

// `npm run bundle`: makes the bytes that a deployment would upload, to inspect, measure and test them.
const root = join(import.meta.dirname, "..", "..");
const folder = dirname(bundle(join(root, ".wireroom", "bundle")));
for (const name of readdirSync(folder)) {
  const file = join(folder, name);
  process.stdout.write(`${relative(root, file)}  ${statSync(file).size} bytes\n`);
}
