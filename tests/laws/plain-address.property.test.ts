import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { expect, test } from "vitest";
import { absoluteLink } from "../../lambda/articles/links/absolute.ts";
import { articleReferenceOf, leadsElsewhere } from "../../lambda/articles/links/article-link.ts";
import { mediaTypeOfName } from "../../lambda/articles/links/media-type.ts";
import { plainParts, plainPath } from "../../lambda/articles/links/plain-address.ts";
import { isRelative } from "../../lambda/articles/links/relative-mark.ts";
import { countTraps } from "../support/histories/traps.ts";

const settings = { numRuns: 10 * Number(process.env.WIREROOM_LAW_RUNS ?? 300) };
const { reach } = countTraps();
const { normalizeLink, normalizeLinkText, validateLink } = new MarkdownIt();

/** The first one three times in four, so that not every address is odd. */
const mostly = (usual: string, ...odd: readonly string[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, fc.constantFrom(...odd));
const scheme = mostly("https://", "http://", "HTTPS://", "ftp://", "//", "");
const label = mostly("wire", "a-b", "xn--80ak6aa92e", "-a", "a--b", "1", "0x7f", "WIRE", "почта", "a".repeat(64), "me@wire", "");
const end = mostly("example", "io", "1", "0x1", "example:80", "e", "example.");
const characters = [
  ..."aZ09-._~!$&'()*+,;=:@/?#%[]{}|\\^`\"<> ё\t",
  "%41",
  "%zz",
  "/./",
  "/../",
  "..",
  ".",
  "//",
  "/.well-known",
  "a/b",
  "?a=1&b=2",
  "#c",
];
const rest = fc.array(fc.constantFrom(...characters), { maxLength: 6 }).map((parts) => parts.join(""));
const address = fc
  .tuple(scheme, fc.array(label, { maxLength: 3 }), end, mostly("/", "", "?", "#"), rest)
  .map(([start, labels, last, slash, tail]) => `${start}${[...labels, last].join(".")}${slash}${tail}`);

test("a plain address is the same for the URL standard and for the Markdown engine, and has that path", () => {
  const taken: string[] = [];
  fc.assert(
    fc.property(address, (written) => {
      const path = plainPath(written);
      reach(path === undefined ? (URL.canParse(written) ? "an address that is not plain" : "no address") : "a plain address");
      if (path === undefined) return;
      taken.push(written);
      expect(new URL(written).href).toBe(written);
      expect(new URL(written)).toMatchObject({ ...plainParts(written) });
      expect(new URL(written).pathname).toBe(path);
      expect([normalizeLink(written), normalizeLinkText(written), validateLink(written)]).toEqual([written, written, true]);
    }),
    settings,
  );
  expect(taken.length).toBeGreaterThan(settings.numRuns / 50);
});

test("a link that leads elsewhere stays as it is, and means no article", () => {
  fc.assert(
    fc.property(
      address,
      fc.constantFrom("https://wire.example/", "https://www.a-b.io/news/", "http://wire.example:80/x"),
      (written, base) => {
        if (!leadsElsewhere(written, plainParts(base))) return;
        reach("a link that leads elsewhere");
        expect([absoluteLink(written, base), isRelative(written)]).toEqual([written, false]);
        expect(articleReferenceOf(written, "posts/story.md", written, base)).toBeUndefined();
        expect(mediaTypeOfName(new URL(written).pathname)).toBeUndefined();
      },
    ),
    settings,
  );
});

test.each(["https://nodejs.org/en/blog/", "https://github.com/nodejs/node/pull/1?w=1#diff", "http://a.b-c.example/x_(y)"])(
  "%s is plain",
  (written) => expect(plainPath(written)).toBe(new URL(written).pathname),
);

test.each([
  "https://nodejs.org",
  "https://1.2/",
  "https://a.example/../b",
  "https://a.example/%41",
  "https://xn--a.example/",
  "https://a.example:443/",
])("%s is not", (written) => expect(plainPath(written)).toBeUndefined());
