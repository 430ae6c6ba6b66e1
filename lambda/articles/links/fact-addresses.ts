import type { Key } from "../../stores/store.ts";
import type { Facts, WrittenAddress } from "../front-matter/fields/fields.ts";
import type { Article, ArticleRights, Attachment, Image, Person } from "../model/article.ts";
import { omitUndefined } from "../model/json-value.ts";
import { notice, quoted, type Remark } from "../model/remark.ts";
import { absoluteFile, absoluteLink } from "./absolute.ts";
import { type Home, mediaAddress } from "./addresses.ts";
import { typeOfName } from "./media-type.ts";

/** The addresses of front matter, made absolute; an unusable one is left out, with a notice. */
export type FactAddresses = {
  readonly url: string | undefined;
  readonly image: Image | undefined;
  readonly attachments: readonly Attachment[];
  readonly authors: readonly Person[];
  readonly comments: string | undefined;
  readonly via: Article["via"];
  readonly license: string | undefined;
  readonly rights: ArticleRights | undefined;
  readonly remarks: readonly Remark[];
};

/**
 * `site`: the newsroom's address, against which the article's own url resolves. All others resolve against that url, or are files next to
 * `key`.
 */
export function factAddresses(facts: Facts, site: string, key: Key): FactAddresses {
  const remarks: Remark[] = [];
  const invalid = (name: string, written: string, line: number | undefined): undefined => {
    const message = `The ${name} is not usable and was left out: got ${quoted(written)}.`;
    remarks.push(notice("address-invalid", message, { line, hint: "Write https://… or a path on the site." }));
  };
  const url =
    facts.url === undefined
      ? undefined
      : (ownAddress(facts.url.text, site) ?? invalid("article's address", facts.url.text, facts.url.line));
  const base = url ?? site;
  const home = { base, own: url !== undefined, key };
  const attachments = facts.attachments.flatMap(({ url: written, line, type, ...rest }) => {
    const address =
      (written.length > LONGEST ? undefined : mediaAddress(written, home)) ?? invalid("address of an attachment", written, line);
    return address === undefined
      ? []
      : [{ ...rest, url: address, type: type ?? typeOfName(written.replace(/[?#].*$/, "")) ?? "application/octet-stream" }];
  });
  const page = (name: string, written: WrittenAddress | undefined): string | undefined =>
    written === undefined ? undefined : (pageAddress(written.text, base) ?? invalid(name, written.text, written.line));
  const source = page("address of the source", facts.via);
  return {
    url,
    comments: page("address of the comments", facts.comments),
    via: source === undefined ? undefined : { url: source, ...omitUndefined({ title: facts.via?.title || undefined }) },
    license: page("address of the licence", facts.license),
    rights: rightsAt(facts.rights, home),
    image:
      facts.image === undefined
        ? undefined
        : (leadImage(facts.image, home) ?? invalid("address of the lead image", facts.image.url, facts.image.line)),
    attachments,
    authors: facts.authors.map(({ url: written, ...person }) => {
      const page =
        written === undefined ? undefined : (personAddress(written, base) ?? invalid("address of an author", written, facts.authorsLine));
      return { ...person, ...omitUndefined({ url: page }) };
    }),
    remarks,
  };
}

/** The rights with the addresses of pictures as the article has them; one that is no address has no picture to be about. */
function rightsAt({ media, ...rights }: Facts["rights"], home: Home): ArticleRights | undefined {
  const placed = media.flatMap(({ url, ...says }) => {
    const address = url.length > LONGEST ? undefined : mediaAddress(url, home);
    return address === undefined ? [] : [[address, says] as const];
  });
  const all = { ...rights, ...(placed.length === 0 ? {} : { media: Object.fromEntries(placed) }) };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** Browsers and readers give up on longer addresses, and every relative link would repeat this one. */
const LONGEST = 2000;

/** Patterns of other programs (`/:year/:title/`, `{{ page.slug }}`) are not addresses. */
function ownAddress(written: string, site: string): string | undefined {
  return written.length > LONGEST || /[{}]|\/:[a-z]/i.test(written.replace(/^https?:\/\//i, "")) ? undefined : absoluteFile(written, site);
}

function leadImage({ line: _, ...image }: NonNullable<Facts["image"]>, home: Home): Image | undefined {
  const url = image.url.length > LONGEST ? undefined : mediaAddress(image.url, home);
  return url === undefined ? undefined : { ...image, url, ...omitUndefined({ type: typeOfName(image.url.replace(/[?#].*$/, "")) }) };
}

/** The address of another page; a single word ("MIT", "Reuters") is not an address on the site. */
function pageAddress(written: string, base: string): string | undefined {
  return written.length <= LONGEST && /^(?:https?:)?\//i.test(written) ? absoluteFile(written, base) : undefined;
}

/** A person's page; an e-mail address is never published. */
function personAddress(written: string, base: string): string | undefined {
  const address = absoluteLink(written, base);
  return address !== undefined && /^https?:/.test(address) ? address : undefined;
}
