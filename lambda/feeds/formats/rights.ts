import type { Rights } from "../../channels/site/site.ts";
import { asUri } from "../model/address.ts";

/**
 * robots.txt (RFC 9309) with what the newsroom asks of crawlers: who stays away, what they may do with what they fetch (Content
 * Signals, contentsignals.org), and where the machine-readable licence (RSL 1.0) and the sitemaps are. Undefined if it asks for
 * nothing.
 */
export const renderRobots = ({ ai, disallow, rsl }: Rights, sitemaps: readonly string[] = []): string | undefined => {
  const signals = [
    ["search", ai.search],
    ["ai-input", ai.input],
    ["ai-train", ai.train],
  ].flatMap(([name, may]) => (may === undefined ? [] : [`${name}=${may ? "yes" : "no"}`]));
  if (signals.length === 0 && disallow.length === 0 && rsl === undefined) return undefined;
  const groups = [
    ...(rsl === undefined ? [] : [[`License: ${rsl}`]]),
    ...(disallow.length === 0 ? [] : [[...disallow.map((name) => `User-agent: ${name}`), "Disallow: /"]]),
    ["User-agent: *", ...(signals.length === 0 ? [] : [`Content-Signal: ${signals.join(", ")}`]), "Allow: /"],
    ...(sitemaps.length === 0 ? [] : [sitemaps.map((url) => `Sitemap: ${url}`)]),
  ];
  return `${groups.map((lines) => lines.join("\n")).join("\n\n")}\n`;
};

/**
 * `.well-known/tdmrep.json` (TDM Reservation Protocol, W3C community group, 2024): whether the right to mine texts and data is
 * reserved, which the European Union requires in a machine-readable form. The setting for training decides it. Undefined without
 * that setting.
 */
export const renderTdmRep = ({ ai, policy }: Rights): string | undefined => {
  if (ai.train === undefined) return undefined;
  const rule = { location: "/", "tdm-reservation": ai.train ? 0 : 1, "tdm-policy": ai.train ? undefined : policy };
  return `${JSON.stringify([rule], null, 2)}\n`;
};

/** The same as headers of every answer (TDM Reservation Protocol, HTTP headers): `tdm-reservation` and `tdm-policy`. */
export const tdmHeaders = ({ ai, policy }: Rights): Readonly<Record<string, string>> | undefined => {
  if (ai.train === undefined) return undefined;
  return { "tdm-reservation": ai.train ? "0" : "1", ...(ai.train || policy === undefined ? {} : { "tdm-policy": asUri(policy) }) };
};
