/**
 * An account in the Fediverse as pages name it, `@ann@social.example` (Mastodon, `fediverse:creator`); undefined for anything else. The
 * first @ may be missing. A host in another script becomes Punycode.
 */
export function accountIn(written: string): string | undefined {
  const [, name, host] = /^@?(\w(?:[\w.-]{0,62}\w)?)@([^\s@/:?#\\]{1,253})$/.exec(written.trim()) ?? [];
  const hostname = host === undefined ? undefined : URL.parse(`https://${host}/`)?.hostname;
  return name !== undefined && hostname !== undefined && /\.[a-z][a-z0-9-]*$/.test(hostname) ? `@${name}@${hostname}` : undefined;
}

/** For messages: what an account looks like. */
export const accountExample = "@ann@social.example";
