import { existsSync, readFileSync } from "node:fs";
import AjvDraft4 from "ajv-draft-04";
import addFormats from "ajv-formats";

const folder = new URL("../../../../shared/schemas/jsonfeed/", import.meta.url);

/** Whether the published schemas are missing here; they are never copied into the project. */
export const schemasAbsent = !existsSync(folder);

/** The published JSON Feed schema (draft-04), with the version 1 schema that it refers to; checks formats. It also accepts version 1 documents. */
export const jsonFeedValidator = () => {
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  const ajv = new AjvDraft4.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(read("feed-1.json"));
  return ajv.compile(read("feed.json"));
};
