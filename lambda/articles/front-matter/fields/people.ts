import { memoize } from "../../language/memoize.ts";
import type { People, Person } from "../../model/article.ts";
import { isRole } from "./roles.ts";

/** `unknownId`: the newsroom lists its people, and this is a single word that is none of them. */
export type Author = { readonly person: Person; readonly unknownId?: true };

/** Who an id stands for. */
export const known = (id: string, people: People | undefined): Person | undefined =>
  people !== undefined && Object.hasOwn(people.byId, id) ? people.byId[id] : undefined;

/** The authors that a text names. A newsroom's ids ("ann", "ann, ivan") come before names. */
export function authorsIn(written: string, people: People | undefined): readonly Author[] {
  if (people === undefined) return peopleOf(written).map((person) => ({ person }));
  const ids = [[written.trim()], tidy(written.slice(0, LONGEST).split(/[,;，、；،]/))].map((all) => all.map((id) => known(id, people)));
  const meant = ids.find((all) => all.every((person) => person !== undefined));
  if (meant !== undefined) return meant.map((person) => ({ person }));
  return peopleOf(written).map((person) => {
    const listed = known(person.name, people);
    return listed === undefined && ID.test(person.name) ? { person, unknownId: true } : { person: listed ?? person };
  });
}

/** A word without a space is an id rather than a name, but for scripts that write names so. */
const ID = /^[\w.@-]+$/;

/**
 * Authors as people write them: "Ann Lee", "Ann Lee (@ann)", "Ann Lee <ann@wire.example>", "Ann Lee & Ivan Petrov", "甲、乙". A trailing "(…)"
 * is not part of a name, nor is what somebody is ("Ann Lee, Executive Director"). A text names several authors only if every part looks like
 * a name and no two parts are equal: "Smith, John", "Johnson & Johnson" and "Johnson and Johnson" are one author each.
 */
export const peopleOf = (written: string): readonly Person[] => (written.length > LONGEST ? peopleIn : peopleKnown)(written);

/** Few people write most articles. */
const peopleKnown = memoize(peopleIn);

function peopleIn(written: string): readonly Person[] {
  const whole = withoutRoles(written.replace(/\s+/g, " ").trim().slice(0, LONGEST).toWellFormed());
  const parts = tidy(whole.split(/[;；](?![^(]*\))/)).map(split);
  const names = parts.flat().map(nameIn);
  const several = parts.length > 1 || names.length > 1;
  const apart = several && names.every(looksLikeName) && new Set(names).size === names.length;
  return (apart ? parts.flat() : [whole]).map(personIn).filter(({ name }) => name !== "");
}

const LONGEST = 1000;

const tidy = (parts: readonly string[]): readonly string[] => parts.map((part) => part.trim()).filter((part) => part !== "");

/** Separates two authors, outside of "(…)". */
const BETWEEN = /(,? (?:and|и|және) |、|，|,? & |, |،)(?![^(]*\))/iu;
/** Also occurs inside one name ("Smith, John"; "Johnson & Johnson"), so it separates only full names. */
const DOUBTFUL = /^,? & $|^, $|^،$/u;

/** Leaves out the roles that follow a full name, and an organisation behind a role. */
function withoutRoles(text: string): string {
  const pieces = text.split(BETWEEN);
  if (!wholeName(nameIn((pieces[0] ?? "").trim()))) return text;
  const kept = [pieces[0] ?? ""];
  let isBehindRole = false;
  for (let at = 1; at < pieces.length; at += 2) {
    const piece = (pieces[at + 1] ?? "").trim();
    isBehindRole = isRole(piece) || (isBehindRole && ORGANISATION.test(piece));
    if (!isBehindRole) kept.push(pieces[at] ?? "", piece);
  }
  return kept.join("");
}

function split(text: string): readonly string[] {
  const pieces = text.split(BETWEEN);
  const whole = (piece: string | undefined): boolean => wholeName(nameIn((piece ?? "").trim()));
  const doubtful = pieces.some((piece, at) => at % 2 === 1 && DOUBTFUL.test(piece) && !(whole(pieces[at - 1]) && whole(pieces[at + 1])));
  return doubtful ? [text] : tidy(pieces.filter((_, at) => at % 2 === 0));
}

/** A full name: at least two words; Chinese and Japanese names have no space. */
const wholeName = (name: string): boolean => looksLikeName(name) && (name.includes(" ") || HAN.test(name));

const EMAIL = /[^\s<>()[\],;:"@]+@[^\s<>()[\],;:"@]+\.[^\s<>()[\],;:"@]+/u;
const MARKED = new RegExp(`[<([]\\s*(?:mailto:)?${EMAIL.source}\\s*[>)\\]]|(?:mailto:)?${EMAIL.source}`, "gu");

/** A name without addresses and without "(…)" after it. */
const nameIn = (text: string): string =>
  text
    .replace(MARKED, " ")
    .replace(/\s*<[^<>]*>\s*$/, "")
    .replace(/(?:\s*\([^()]*\))+\s*$/, "")
    .replace(/\s+/g, " ")
    .trim();

/**
 * Up to five words, the first and last capitalised and the others capitalised or small particles of names; or a Han or kana word of usual
 * length. "the", "of", "team" and similar words mark an organisation, which stays whole.
 */
function looksLikeName(name: string): boolean {
  if (HAN.test(name)) return true;
  const words = name.split(" ");
  if (words.length > 5 || ORGANISATION.test(name) || SUFFIX.test(name)) return false;
  const named = (word: string | undefined): boolean => word !== undefined && /^["'’]?[\p{Lu}\p{Lo}]/u.test(word);
  return named(words[0]) && named(words.at(-1)) && words.every((word) => named(word) || PARTICLE.test(word));
}

const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}·・]{2,12}$/u;
const ORGANISATION =
  /(?:^|\s)(?:the|of|for|team|project|committee|foundation|group|agency|ministry|department|office|university|institute|press|news|inc|ltd|llc|co)(?:[.\s]|$)/iu;
/** "Jr." after a comma belongs to the name before it. */
const SUFFIX = /^(?:jr|sr|ph\.?d|m\.?d|esq|[ivx]+)\.?$/iu;
const PARTICLE =
  /^(?:de|du|da|di|del|della|der|den|van|von|le|la|el|al|bin|ibn|ben|bint|ul|y|e|dos|das|ter|ten|zu|af|av|оглы|улы|кызы|ұлы|қызы)$/iu;

/** A web address, not a name. */
export const isPageAddress = (name: string): boolean =>
  /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/|www\.|[\w-]+(?:\.[\w-]+)+\/)\S*$/i.test(name.trim());

/** If only an address was written, the name is the part before its @; if only "(…)", its content. */
export function personIn(text: string): Person {
  const email = EMAIL.exec(text)?.[0].replace(/^mailto:/i, "");
  const name = nameIn(text) || unmarked(text) || (email?.split("@")[0] ?? "");
  return email === undefined ? { name } : { name, email };
}

const unmarked = (text: string): string =>
  text
    .replace(MARKED, " ")
    .replace(/[()<>]/g, "")
    .replace(/\s+/g, " ")
    .trim();
