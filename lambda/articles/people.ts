import type { Person } from "./article.ts";

/**
 * Authors as people write them: "Ann Lee", "Ann Lee (@ann)", "Ann Lee <ann@wire.example>", "Ann Lee & Ivan Petrov", "甲、乙". A
 * trailing "(…)" is not part of a name; one text is several authors only where every part looks like a name by itself.
 */
export function peopleOf(written: string): readonly Person[] {
  const whole = written.replace(/\s+/g, " ").trim().slice(0, LONGEST).toWellFormed();
  const parts = split(whole);
  return (parts.every((part) => looksLikeName(nameIn(part))) ? parts : [whole]).map(person).filter(({ name }) => name !== "");
}

const LONGEST = 1000;

/** Ideographic commas part Chinese names; "and" and its sisters, and commas, part others. Not within "(…)". */
function split(text: string): readonly string[] {
  return text
    .split(/(?:,? (?:&|and|и|және|және) |、|，|；|; |, | & )(?![^(]*\))/iu)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

const nameIn = (text: string): string =>
  text
    .replace(/\s*<[^<>]*>$/, "")
    .replace(/(?:\s*\([^()]*\))+$/, "")
    .trim();

/**
 * Two to four words of which the first and last begin with a capital, one word of Han or kana of customary length, or one
 * capitalised word without any small word around it. "the", "of", "team" and the like make an organisation, which stays whole.
 */
function looksLikeName(name: string): boolean {
  if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}·・]{2,12}$/u.test(name)) return true;
  const words = name.split(" ");
  if (words.length > 5 || ORGANISATION.test(name) || SUFFIX.test(name)) return false;
  const named = (word: string | undefined): boolean => word !== undefined && /^["'’]?[\p{Lu}\p{Lo}]/u.test(word);
  return named(words[0]) && named(words.at(-1)) && words.every((word) => named(word) || PARTICLE.test(word));
}

const ORGANISATION =
  /(?:^|\s)(?:the|of|for|team|project|committee|foundation|group|agency|ministry|department|office|university|institute|press|news|inc|ltd|llc|co)(?:[.\s]|$)/iu;
/** "Jr." after a comma belongs to the name before it. */
const SUFFIX = /^(?:jr|sr|ph\.?d|m\.?d|esq|[ivx]+)\.?$/iu;
const PARTICLE =
  /^(?:de|du|da|di|del|della|der|den|van|von|le|la|el|al|bin|ibn|ben|bint|ul|y|e|dos|das|ter|ten|zu|af|av|оглы|улы|кызы|ұлы|қызы)$/iu;

function person(text: string): Person {
  const email = /<([^<>\s@]+@[^<>\s@]+)>$/.exec(text)?.[1];
  const name = nameIn(text);
  const shown = name === "" ? (email ?? text.replace(/[()<>]/g, "").trim()) : name;
  return email === undefined ? { name: shown } : { name: shown, email };
}
