import { BlockList, isIP } from "node:net";

/** Loopback (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * What is no host of the public internet: this network, private and shared use, link-local, tests, multicast and reserved (RFC 6890);
 * and forms of IPv6 that hold an address of IPv4, which may be any of these (RFC 6052; RFC 3056; RFC 4291, 2.5.5.1).
 */
const inner = new BlockList();
const networks = {
  ipv4: [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/3",
  ],
  ipv6: ["::/96", "fc00::/7", "fe80::/9", "ff00::/8", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16"],
} as const;
for (const family of ["ipv4", "ipv6"] as const)
  for (const network of networks[family]) {
    const [start = "", bits] = network.split("/");
    inner.addSubnet(start, Number(bits), family);
  }

/** Who may be asked: whoever there is, whoever is not inside a network, or besides this machine itself. */
export type Reach = "anywhere" | "outside" | "outside or here";

/** Whether an address (IP) is out of bounds; one of IPv4 in IPv6's form counts as itself. */
export function isOutOfReach(address: string, reach: Reach): boolean {
  if (reach === "anywhere") return false;
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  return loopback.check(address, family) ? reach === "outside" : inner.check(address, family);
}

/** The same of a host as a URL has it: an address, or a name that never leaves a network. Any other name is judged by what it resolves to. */
export function isHostOutOfReach(hostname: string, reach: Reach): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (isIP(host) !== 0) return isOutOfReach(host, reach);
  if (/(?:^|\.)localhost$/i.test(host)) return reach === "outside";
  return reach !== "anywhere" && (!host.includes(".") || /\.(?:local|localdomain|internal|intranet|lan|home\.arpa)$/i.test(host));
}

/**
 * Whom a process may ask: the function whoever is outside, because whoever may write site.yaml could otherwise have it ask what only it can
 * reach. `endpoint`: of S3, where another server than AWS's stands for it: where that is on this machine, all of the world is.
 */
export function reachOf(inFunction: boolean, endpoint: string | undefined): Reach {
  const host = URL.parse(endpoint ?? "")?.hostname;
  if (!inFunction) return "anywhere";
  return host !== undefined && isHostOutOfReach(host, "outside") && !isHostOutOfReach(host, "outside or here")
    ? "outside or here"
    : "outside";
}

/** What of site.yaml leads into a network or to this machine, where the function may send nobody; undefined where nothing does. */
export function leadingInside(
  site: { readonly hub?: string; readonly moved: Readonly<Record<string, string>> },
  reach: Reach,
): string | undefined {
  const led: readonly (readonly [what: string, to: string | undefined])[] = [["hub", site.hub], ...Object.entries(site.moved)];
  const [what, to] = led.find(([, address]) => isHostOutOfReach(URL.parse(address ?? "")?.hostname ?? "a.example", reach)) ?? [];
  return what === undefined
    ? undefined
    : `site.yaml: "${what}" leads to ${to}, which is on this machine or in a network of its own. Name a host that everybody reaches.`;
}
