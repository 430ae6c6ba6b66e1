import { BlockList, isIP } from "node:net";

/** Loopback (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * Addresses that are not hosts of the public internet: this network, private and shared use, link-local, tests, multicast and
 * reserved (RFC 6890); and forms of IPv6 that contain an IPv4 address, which may be any of these (RFC 6052; RFC 3056; RFC 4291,
 * 2.5.5.1).
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

/** Which hosts may be contacted: all, only those outside private networks, or those and this machine. */
export type Reach = "anywhere" | "outside" | "outside or here";

/** Whether an address (IP) is out of reach; an IPv4 address in the form of IPv6 counts as IPv4. */
export function isOutOfReach(address: string, reach: Reach): boolean {
  if (reach === "anywhere") return false;
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  return loopback.check(address, family) ? reach === "outside" : inner.check(address, family);
}

/**
 * The same for the host of a URL: an address, or a name that never leaves a network. For any other name, its addresses decide
 * later.
 */
export function isHostOutOfReach(hostname: string, reach: Reach): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (isIP(host) !== 0) return isOutOfReach(host, reach);
  if (/(?:^|\.)localhost$/i.test(host)) return reach === "outside";
  return reach !== "anywhere" && (!host.includes(".") || /\.(?:local|localdomain|internal|intranet|lan|home\.arpa)$/i.test(host));
}

/**
 * Which hosts a process may contact. The function may contact only hosts outside, because an author of site.yaml could otherwise
 * use it to reach its private network. `endpoint`: of S3, if another server replaces AWS; if that is on this machine, this
 * machine is allowed too.
 */
export function reachOf(inFunction: boolean, endpoint: string | undefined): Reach {
  const host = URL.parse(endpoint ?? "")?.hostname;
  if (!inFunction) return "anywhere";
  return host !== undefined && isHostOutOfReach(host, "outside") && !isHostOutOfReach(host, "outside or here")
    ? "outside or here"
    : "outside";
}

/**
 * The setting of site.yaml that leads into a private network or to this machine, which the function may not contact; undefined if
 * there is none.
 */
export function leadingInside(
  site: { readonly hub?: string; readonly moved: Readonly<Record<string, string>> },
  reach: Reach,
): string | undefined {
  const led: readonly (readonly [what: string, to: string | undefined])[] = [["hub", site.hub], ...Object.entries(site.moved)];
  const [what, to] = led.find(([, address]) => isHostOutOfReach(URL.parse(address ?? "")?.hostname ?? "a.example", reach)) ?? [];
  return what === undefined
    ? undefined
    : `site.yaml: "${what}" leads to ${to}, which is this machine or in a private network. Name a host on the public internet.`;
}
