import picomatch from "picomatch";
import * as z from "zod"; // the named import carries the messages of every language
import { factNames, plainName } from "../../articles/front-matter/fields/field-names.ts";
import { canonicalTag } from "../../articles/language/language.ts";
import { absoluteFile } from "../../articles/links/absolute.ts";
import { accountExample, accountIn } from "../../articles/model/fediverse.ts";
import { withoutForbidden } from "../../articles/model/xml-text.ts";
import { topFiles, topFolders } from "./reserved.ts";

/** Characters that no feed can hold count as missing: a title of only such characters would be empty in every feed. */
export const text = z.string().overwrite(withoutForbidden).trim().min(1).max(5_000);
export const words = z
  .union([text, z.array(text)], { error: "must be text, or a list of texts" })
  .transform((value) => (Array.isArray(value) ? value : [value]));
/** A list of globs. picomatch would take an unclosed bracket as a literal, which no key contains. */
export const globs = words.superRefine((patterns, context) => {
  for (const [index, pattern] of patterns.entries()) {
    const message = mistakeInGlob(pattern);
    if (message !== undefined) context.addIssue({ code: "custom", path: patterns.length === 1 ? [] : [index], message });
  }
});

/** The conditions of a channel or a partner: properties of an article. */
export const where = z.strictObject({ section: words, tag: words, author: words, language: words, path: globs }).partial();

function mistakeInGlob(pattern: string): string | undefined {
  if (pattern.length > 1_000) return "has a glob with more than 1000 characters";
  try {
    picomatch(pattern, { strictBrackets: true });
    return undefined;
  } catch {
    return "has an unmatched bracket; write \\[ for the bracket itself";
  }
}

/** An account in the Fediverse. */
export const account = text.max(320).transform((written, context) => {
  const found = accountIn(written);
  if (found !== undefined) return found;
  context.addIssue({ code: "custom", message: `is not an account in the Fediverse; write it as "${accountExample}"` });
  return z.NEVER;
});

/** Everybody who reads a feed sees its addresses. */
const isPublic = (written: string): boolean => {
  const url = URL.parse(written, "https://site.example/");
  return url === null || (url.username === "" && url.password === "");
};
const secret = "contains a user name or a password, but feeds are public; remove it";
const unwritable = "has a host that no feed can hold";
const isWritable = (written: string): boolean => absoluteFile(written, "https://site.example/") !== undefined;

export const httpUrl = z
  .url({
    protocol: /^https?$/,
    abort: true,
    error: ({ code }) => (code === "invalid_type" ? undefined : "is not an absolute http or https URL"),
  })
  .max(2_000)
  .refine(isPublic, { error: secret })
  .refine((url) => !isPublic(url) || isWritable(url), { error: unwritable });
/** Over http, others could read and change on the way what a hub is told. */
export const hubUrl = httpUrl.refine((url) => !/^http:/i.test(url) || /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?:[:/]|$)/i.test(url), {
  error: "must begin with https:// (http only on this machine)",
});
/** A base for addresses: without parts that could not survive in an address made from it. */
export const baseUrl = httpUrl
  .refine((url) => !/[?#]/.test(url), { error: "must not contain ? or #, because addresses are made by adding to it" })
  // The URL standard leaves these characters as they are, but RFC 3986 does not allow them.
  .refine((url) => !/[|^`{}"<>\\]|%(?![0-9a-f]{2})/i.test(new URL(url).pathname), {
    error: "contains a character that an address cannot have; percent-encode it, as in https://wire.example/a%7Cb/",
  });
/** A web address, or a path under the site's url. */
export const address = text
  .max(2_000)
  .refine(isPublic, { error: secret })
  .refine((written) => !isPublic(written) || isWritable(written), { error: "is not an address" });
/** The new address of feeds: a path below feedUrl, or an absolute address. */
export const destination = text
  .refine(isPublic, { error: secret })
  .refine((written) => !isPublic(written) || !/^https?:/i.test(written) || isWritable(written), { error: unwritable });
export const languageTag = text.transform((written, context) => {
  const tag = /[_.]/.test(written) ? undefined : canonicalTag(written);
  return tag ?? refuse(context, "is not a BCP 47 language tag, such as ru, kk or zh-Hans");
});
export const timezone = text.refine(isTimezone, { error: "is not an IANA time zone, such as Asia/Almaty" });

const sizes: Readonly<Record<string, number>> = { B: 1, KB: 1_000, MB: 1_000_000, GB: 1_000_000_000 };
const notASize = "is not a size; write a number of bytes, or 500KB, 1MB";
export const byteSize = z.union([z.number(), z.string()], { error: notASize }).transform((value, context) => {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)?$/i.exec(String(value).trim());
  if (match === null) return refuse(context, notASize);
  return Math.round(Number(match[1]) * (sizes[(match[2] ?? "B").toUpperCase()] ?? 1));
});

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const tenYears = 3_650 * 86_400_000;
const notADuration = "is not a duration; write 90s, 15m, 24h or 30d";
export const duration = z.string({ error: notADuration }).transform((value, context) => {
  const match = /^(\d+(?:\.\d+)?)\s*([smhd])$/.exec(value.trim());
  if (match === null) return refuse(context, notADuration);
  const milliseconds = Math.round(Number(match[1]) * (units[match[2] ?? ""] ?? 0));
  return milliseconds > tenYears ? refuse(context, "is longer than ten years; write at most 3650d") : milliseconds;
});

/** The files and folders of the wire at the top of a feed host, and the name of a whole run in the plan. */
const reserved = new Set([...topFolders, ...topFiles, "run"]);
export const channelName = text
  .refine((name) => Buffer.byteLength(name) <= 100, {
    error: "has more than 100 bytes, which is too long for a folder that is part of every address",
  })
  .refine((name) => !/\.(?:gz|br)$/i.test(name), { error: "ends like a compressed file; choose another name" })
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u, {
    error: "is not a name: letters, digits, '-', '_' and '.' only, because it becomes a folder",
  })
  // Names are keys of plain objects in state, which contain "constructor" from the start.
  .refine((name) => !reserved.has(name.toLowerCase()) && !(name in {}), { error: "is reserved for the wire itself; choose another name" });

/** RFC 4151, 2.1: who assigns the ids. In lower case, so that an id stays the same if a program normalizes it. */
export const authority = text.max(255).regex(/^(?:[a-z0-9._-]+@)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/, {
  error: "is not a domain name or an e-mail address in lower case, such as wire.example",
});
const notADay = "is not a day, such as 2026-01-01";
/** RFC 4151, 2.1: a day, a month or a year. YAML reads a year as a number. */
export const since = z
  .union([z.string(), z.int()], { error: notADay })
  .transform(String)
  .refine((date) => /^\d{4}(-\d{2}){0,2}$/.test(date) && z.iso.date().safeParse(`${date}-01-01`.slice(0, 10)).success, { error: notADay });

/** A name that front matter may use for a fact, or our own word for it: `title`, `pubDate`, `authors`. */
export const fieldName = text.transform(plainName).pipe(z.enum([...factNames]));

/** A file of the content that lists people; or a folder, or a glob, with a file for each. */
export const peopleFile = text
  .max(1_000)
  .refine((path) => !/^[/\\]|^\.\.?\/|\/\.\.?\/|\/\/|:\/\//.test(path), {
    error: "is not a place below the content, such as _data/authors.yml or _authors",
  })
  .refine((path) => !/\.(?!ya?ml$|json$|toml$)[a-z]{1,4}$/i.test(path) || /[*?{[]/.test(path), {
    error: "must be a .yml, .yaml, .json or .toml file, a folder, or a glob",
  })
  .transform((path) => path.replace(/\/+$/, "").normalize("NFC"));

/** A folder of the content, without slashes at its ends. */
export const folder = text
  .transform((written) => written.replace(/^(?:\.?\/)+|\/+$/g, "").normalize("NFC"))
  .refine((path) => path !== "" && path.split("/").every((part) => part !== "" && part !== "." && part !== ".."), {
    error: 'must be a folder of the content, such as "static"',
  });

const parts = ["section", "language", "slug", "name", "title", "path", "stem", "dated", "year", "month", "day"];
const template = text
  .startsWith("/", { error: 'must begin with "/", such as "/{section}/{slug}/"' })
  .refine((written) => [...written.matchAll(/\{([^}]*)\}?/g)].every(([, name = ""]) => parts.includes(name)), {
    error: `may use only ${parts.map((part) => `{${part}}`).join(", ")} in braces`,
  })
  .refine((written) => /\{(?:slug|name|title|path|stem|dated)\}/.test(written), {
    error: "must contain {slug}, {name}, {title}, {path}, {stem} or {dated}, or all articles would have the same address",
  });

/** One template for every article, or one for each glob. */
export const permalink = z.union([template, z.record(text, template)]);

function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}
