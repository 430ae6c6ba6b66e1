import * as z from "zod"; // the named import carries the messages of every language
import { omitUndefined } from "../articles/model/json-value.ts";
import { profileNames } from "../channels/site/partner-rule.ts";
import { siteSchema } from "../channels/site/site-schema.ts";
import type { OwnSetting, Profile } from "../partners/profiles/profile.ts";
import { profileOf } from "../partners/profiles/profiles.ts";
import { remediesOf } from "../partners/profiles/rule-names.ts";
import { profileSettings } from "../partners/profiles/terms.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * The JSON Schema (draft 7) of site.yaml, for editors: its keys, their types and words, and the settings of each partner's profile. It is made
 * from what checks site.yaml, and takes whatever that takes. What takes a function to check, such as an address, is left to `wireroom check`.
 */
export function editorSchema(): JsonSchema {
  const { $schema, ...site } = z.toJSONSchema(siteSchema, { target: "draft-7", io: "input", unrepresentable: "any", override: loosen });
  const partners = site.properties?.["partners"];
  if (typeof partners !== "object") throw new Error("site.yaml has no partners");
  const items = { ...(partners.items as JsonSchema), allOf: profileNames.map((name) => settingsFor(profileOf(name))) };
  return {
    ...omitUndefined({ $schema }),
    title: "site.yaml of Wireroom",
    ...site,
    properties: { ...site.properties, partners: { ...partners, items } },
  };
}

/** A text is trimmed before its pattern counts, and an address may have letters that a `uri` has not. */
function loosen({ jsonSchema }: { readonly jsonSchema: JsonSchema }): void {
  delete jsonSchema.format;
  delete jsonSchema.pattern;
  if (jsonSchema.allOf?.every((one) => typeof one === "object" && "pattern" in one) === true) delete jsonSchema.allOf;
}

/** The profile decides which settings there are. */
function settingsFor(profile: Profile): JsonSchema {
  const settings = Object.entries(profileSettings(profile)).map(([name, setting]) => [name, schemaOf(setting)] as const);
  const remedies = Object.entries(remediesOf).map(([rule, allowed]): [string, JsonSchema] => [rule, { enum: [...allowed] }]);
  const properties = { ...Object.fromEntries(settings), remedies: tableOf(Object.fromEntries(remedies)) };
  return {
    if: { properties: { profile: { const: profile.name } }, required: ["profile"] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
    then: { properties: { settings: tableOf(properties) } },
  };
}

const tableOf = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: "object",
  properties: { ...properties },
  additionalProperties: false,
});

function schemaOf({ is, source, choices }: OwnSetting): JsonSchema {
  const about = { description: `Default: ${JSON.stringify(is)}. Source: ${source}` };
  if (choices !== undefined) return { ...about, enum: [...choices] };
  if (typeof is === "number") return { ...about, type: "number", minimum: 0 };
  if (typeof is === "boolean") return { ...about, type: "boolean" };
  if (typeof is === "string") return { ...about, type: "string" };
  if (Array.isArray(is)) return { ...about, type: "array", items: { type: "string" } };
  return { ...about, type: "object", additionalProperties: { type: "string" } };
}
