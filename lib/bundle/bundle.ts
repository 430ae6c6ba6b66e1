import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { bundle } from "./bundling.ts";

// `npm run bundle`: makes the bytes that a deployment would upload, to inspect, measure and test them.
const root = join(import.meta.dirname, "..", "..");
const file = bundle(join(root, ".wireroom", "bundle"));
process.stdout.write(`${relative(root, file)}  ${statSync(file).size} bytes\n`);
