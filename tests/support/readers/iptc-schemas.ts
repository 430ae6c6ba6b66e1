import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const folder = new URL("../../../../shared/schemas/", import.meta.url);

/** Whether the published schemas are missing here; they are never copied into the project. */
export const schemasAbsent = !existsSync(folder);

/** Whether this machine has xmllint (Debian: libxml2-utils). */
export const xmllintAbsent = spawnSync("xmllint", ["--version"]).error !== undefined;

/** IPTC's schema of ninjs 3.1, with the GeoJSON schema that it refers to; checks formats. */
export const ninjsValidator = () => {
  const read = (file: string) => JSON.parse(readFileSync(new URL(`ninjs/${file}`, folder), "utf8"));
  const ajv = new Ajv2020.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(read("GeoJSON-schema.json"), "https://geojson.org/schema/GeoJSON.json");
  return ajv.compile(read("ninjs-schema_3.1.json"));
};

/** What xmllint says of a document by a schema of `../shared/schemas`; empty if it is valid. */
export function saidByXmllint(schema: string, xml: string): string {
  const path = fileURLToPath(new URL(schema, folder));
  const { status, stderr } = spawnSync("xmllint", ["--nonet", "--noout", "--schema", path, "-"], { input: xml, encoding: "utf8" });
  return status === 0 ? "" : stderr;
}

/** The same of many documents at once. */
export function saidOfAll(schema: string, documents: readonly string[]): string {
  const room = mkdtempSync(join(tmpdir(), "wireroom-xml-"));
  const names = documents.map((_, index) => join(room, `${index}.xml`));
  for (const [index, name] of names.entries()) writeFileSync(name, documents[index] ?? "");
  const path = fileURLToPath(new URL(schema, folder));
  const { status, stderr } = spawnSync("xmllint", ["--nonet", "--noout", "--schema", path, ...names], { encoding: "utf8", maxBuffer: 1e8 });
  rmSync(room, { recursive: true });
  return status === 0 ? "" : stderr.replace(/^.* validates\n/gm, "");
}
