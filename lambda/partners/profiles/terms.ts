import { nearest } from "../../articles/model/nearest.ts";
import type { PartnerRule } from "../../channels/site/partner-rule.ts";
import { genericFacts } from "./generic.ts";
import type { DemandName, Demands, OwnSetting, PartnerFact, Profile } from "./profile.ts";
import { type Remedy, type RuleName, remediesOf } from "./rule-names.ts";

/** What holds for one partner: the profile with the partner's settings. */
export type Terms = {
  readonly demands: Demands;
  readonly remedies: Readonly<Record<RuleName, Remedy>>;
  /** The settings that only this dialect knows. */
  readonly own: Readonly<Record<string, unknown>>;
};

export const ruleNames = Object.keys(remediesOf) as readonly RuleName[];
export const demandNames = Object.keys(genericFacts) as readonly DemandName[];

/** The values of demands that are one of a few words. */
const choices: Readonly<Partial<Record<DemandName, readonly string[]>>> = {
  languageTags: ["bcp47", "lower", "iso"],
  bodyFormat: ["html", "text"],
  bodyVideos: ["any", "mp4", "none"],
  dates: ["rfc822", "iso8601"],
  updatedDates: ["rfc822", "iso8601"],
  deletion: ["notice", "media-status", "media-status-text", "expiration", "licensed-deleted", "pub-status", "element", "remove"],
};

const secondHand = /\[[CKH]\]$/;

/** The settings that a partner of this profile may give, each with its default and where that comes from. `remedies` is one more. */
export function profileSettings(profile: Profile): Readonly<Record<string, OwnSetting>> {
  const facts: Partial<Record<string, PartnerFact<unknown>>> = profile.open ? { ...genericFacts, ...profile.facts } : profile.facts;
  const named = Object.entries(facts).flatMap(([name, one]) => {
    if (one === undefined || (!profile.open && !secondHand.test(one.source))) return [];
    const chosen = choices[name as DemandName];
    return [[name, { ...one, ...(chosen === undefined ? {} : { choices: chosen }) } as OwnSetting] as const];
  });
  return { ...Object.fromEntries(named), ...profile.own };
}

/** Terms by settings and profile: they are asked for with every article. */
const known = new WeakMap<PartnerRule["settings"], Map<Profile, Terms>>();

export function termsOf(profile: Profile, { settings }: Pick<PartnerRule, "settings">): Terms {
  const bySettings = known.get(settings) ?? new Map<Profile, Terms>();
  known.set(settings, bySettings);
  const terms = bySettings.get(profile) ?? termsWith(profile, settings);
  bySettings.set(profile, terms);
  return terms;
}

function termsWith(profile: Profile, settings: PartnerRule["settings"]): Terms {
  const allowed = profileSettings(profile);
  const given = Object.fromEntries(Object.entries(settings).filter(([name]) => Object.hasOwn(allowed, name)));
  const facts = { ...genericFacts, ...profile.facts };
  const stated = demandNames.map((name) => [name, given[name] ?? facts[name].is]);
  const demands = Object.fromEntries(stated) as Demands;
  const namespaces = { ...facts.namespaces.is, ...(given["namespaces"] as Demands["namespaces"] | undefined) };
  const own = Object.entries(profile.own).map(([name, { is }]) => [name, given[name] ?? is]);
  const chosen = isTable(settings["remedies"]) ? settings["remedies"] : {};
  const remedies = ruleNames.map((name) => [name, chosen[name] ?? profile.remedies[name]?.is ?? remediesOf[name][0]]);
  return {
    demands: { ...demands, namespaces: { ...wellKnown(demands), ...namespaces } },
    own: Object.fromEntries(own) as Terms["own"],
    remedies: Object.fromEntries(remedies) as Terms["remedies"],
  };
}

/** The elements that a profile or a setting names. */
const elementsNamedIn = (demands: Demands): readonly string[] => [
  demands.shortTitleElement,
  demands.bodyElement,
  demands.updatedElement,
  demands.creatorElement,
  demands.pixelElement,
  demands.deletedElement,
  ...(demands.selfLink || demands.hub || demands.machineLicense ? ["atom:link"] : []),
  ...demands.imageElements,
  ...Object.keys(demands.itemElements),
  ...Object.keys(demands.channelElements),
];

const prefixOf = (name: string): string => (name.includes(":") ? name.slice(0, name.indexOf(":")) : "");

/** The namespaces of elements that everybody knows need no setting. */
function wellKnown(demands: Demands): Demands["namespaces"] {
  const known = genericFacts.namespaces.is;
  const prefixes = elementsNamedIn(demands).map(prefixOf);
  return Object.fromEntries(Object.entries(known).filter(([prefix]) => prefixes.includes(prefix)));
}

/**
 * What is wrong with a partner's entry in site.yaml, according to its profile: a sentence for each mistake, with the key that it is about,
 * relative to the partner (`settings.titleMin`, `content`).
 */
export function mistakesIn(rule: PartnerRule, profile: Profile): readonly { readonly key: string; readonly message: string }[] {
  return [
    ...Object.entries(rule.settings).flatMap(([name, value]) =>
      name === "remedies" ? mistakesInRemedies(value) : mistakesInSetting(name, value, profile),
    ),
    ...(termsOf(profile, rule).demands.bodyRequired && rule.content !== "full"
      ? [{ key: "content", message: `${profile.title} takes whole articles only. Leave "content" out.` }]
      : []),
    ...unwritable(rule, profile),
    ...refusedParts(rule, profile),
  ];
}

function mistakesInSetting(name: string, value: unknown, profile: Profile): ReturnType<typeof mistakesIn> {
  const key = `settings.${name}`;
  const known = profileSettings(profile);
  const setting = Object.hasOwn(known, name) ? known[name] : undefined;
  if (setting === undefined) {
    const fixed = (profile.facts as Readonly<Record<string, PartnerFact<unknown> | undefined>>)[name];
    if (fixed !== undefined)
      return [{ key, message: `${profile.title} itself says ${JSON.stringify(fixed.is)} (${fixed.source}), so it is no setting.` }];
    const meant = nearest(name, [...Object.keys(known), "remedies"]);
    return [
      {
        key,
        message: `"${name}" is not a setting of the profile ${profile.name}.${meant === undefined ? "" : ` Did you mean "${meant}"?`}`,
      },
    ];
  }
  if (setting.choices !== undefined && !setting.choices.includes(String(value)))
    return [{ key, message: `must be one of ${setting.choices.join(", ")}.` }];
  const wanted = kindOf(setting.is);
  return kindOf(value) === wanted ? [] : [{ key, message: `must be ${wanted}.` }];
}

function kindOf(value: unknown): string {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? "a number, 0 or more" : "no number";
  if (typeof value === "boolean") return "true or false";
  if (typeof value === "string") return "a text";
  if (Array.isArray(value)) return value.every((one) => typeof one === "string") ? "a list of texts" : "a list of other things";
  return isTable(value) && Object.values(value).every((one) => typeof one === "string") ? "a table of texts" : "a table of other things";
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function mistakesInRemedies(value: unknown): ReturnType<typeof mistakesIn> {
  const key = "settings.remedies";
  if (!isTable(value)) return [{ key, message: "must be a table from rules to remedies, such as image-missing: skip." }];
  return Object.entries(value).flatMap(([name, remedy]) => {
    if (!Object.hasOwn(remediesOf, name)) {
      const meant = nearest(name, ruleNames);
      return [{ key: `${key}.${name}`, message: `"${name}" is not a rule.${meant === undefined ? "" : ` Did you mean "${meant}"?`}` }];
    }
    const allowed: readonly string[] = remediesOf[name as RuleName];
    return allowed.includes(String(remedy)) ? [] : [{ key: `${key}.${name}`, message: `must be one of ${allowed.join(", ")}.` }];
  });
}

const xmlName = /^(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*$/;

/** Elements that XML cannot hold, and prefixes that no namespace explains. */
function unwritable(rule: PartnerRule, profile: Profile): ReturnType<typeof mistakesIn> {
  const { demands } = termsOf(profile, rule);
  const key = "settings.namespaces";
  return [
    ...elementsNamedIn(demands).flatMap((name) => {
      if (name !== "" && !xmlName.test(name)) return [{ key: "settings", message: `"${name}" is not the name of an XML element.` }];
      const prefix = prefixOf(name);
      return prefix === "" || Object.hasOwn(demands.namespaces, prefix)
        ? []
        : [{ key, message: `says nothing of the prefix of "${name}". Add ${prefix}: and its address.` }];
    }),
    ...Object.entries(demands.namespaces)
      .filter(([prefix, address]) => !/^[A-Za-z_][\w.-]*$/.test(prefix) || /^xml/i.test(prefix) || address === "")
      .map(([prefix]) => ({ key: `${key}.${prefix}`, message: "is not a prefix with an address." })),
  ];
}

/** Attribution that a partner refuses. The canonical link is not named: a partner without one has the plain link of the item. */
function refusedParts(rule: PartnerRule, profile: Profile): ReturnType<typeof mistakesIn> {
  const { line, noindex, pixel, parameters } = rule.attribution;
  const asked = { line: line !== undefined, noindex, pixel: pixel !== undefined, parameters: Object.keys(parameters).length > 0 };
  const { attribution } = termsOf(profile, rule).demands;
  return (["line", "noindex", "pixel", "parameters"] as const)
    .filter((part) => asked[part] && !attribution.includes(part))
    .map((part) => ({ key: `attribution.${part}`, message: `${profile.title} does not take it. Leave it out.` }));
}
