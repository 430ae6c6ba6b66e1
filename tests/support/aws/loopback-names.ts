import dns from "node:dns";

// Loaded before a program (`node --import`), or imported. Resolves every name below "localhost" to this machine (RFC 6761, 6.3), which
// Debian's resolver does not do.
const lookup = dns.lookup;

function onLoopback(...given: unknown[]): void {
  const [name, options, done = options] = given as [string, unknown, unknown];
  if (!name.endsWith(".localhost")) {
    (lookup as (...all: unknown[]) => void)(...given);
    return;
  }
  const all = typeof options === "object" && options !== null && (options as { readonly all?: boolean }).all === true;
  const answer = done as (error: null, address: unknown, family?: number) => void;
  queueMicrotask(() => (all ? answer(null, [{ address: "127.0.0.1", family: 4 }]) : answer(null, "127.0.0.1", 4)));
}

dns.lookup = onLoopback as typeof dns.lookup;
