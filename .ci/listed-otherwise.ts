import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/*
 * node --import ./.ci/listed-otherwise.ts …: lists every folder in reverse order. Copying files in another order would not be enough,
 * because many file systems list by a hash of the name.
 */

const { readdirSync } = fs;
const { readdir } = fs.promises;
fs.readdirSync = ((...asked: Parameters<typeof readdirSync>) => readdirSync(...asked).reverse()) as typeof readdirSync;
fs.promises.readdir = (async (...asked: Parameters<typeof readdir>) => (await readdir(...asked)).reverse()) as typeof readdir;
syncBuiltinESMExports();
