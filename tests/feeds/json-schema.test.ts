import { existsSync, readFileSync } from "node:fs";
import AjvDraft4 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { aFeed } from "../support/a-feed.ts";
import { GOLDEN } from "./golden-feeds.ts";
import { rendered } from "./rendered.ts";

const folder = new URL("../../../shared/schemas/jsonfeed/", import.meta.url);
const absent = !existsSync(folder);

const validator = () => {
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  const ajv = new AjvDraft4.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(read("feed-1.json"));
  return ajv.compile(read("feed.json"));
};

const documents = { ...GOLDEN, empty: aFeed({ entries: [] }) };

test.skipIf(absent).each(Object.entries(documents))(
  `JSON Feed of the %s feed is valid by the published schema${absent ? " (skipped: ../shared/schemas is not here)" : ""}`,
  (_, document) => {
    const validate = validator();
    validate(rendered(document).read);
    expect(validate.errors).toBeNull();
  },
);
