import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { bundle } from "./bundling.ts";

// `npm run bundle`: the bytes that a deployment would upload, to be looked at, measured, and run by the tests.
const root = join(import.meta.dirname, "..");
const file = bundle(join(root, ".wireroom", "bundle"));
process.stdout.write(`${relative(root, file)}  ${statSync(file).size} bytes\n`);
