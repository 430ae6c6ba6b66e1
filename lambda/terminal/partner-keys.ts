import type { KeyReport, PartnerStatus, PartnersReport, ShownKey } from "../reports/partner-access.ts";
import type { Line } from "./screen/screen.ts";

/** The lines of `partner add`, `rotate` and `revoke`. */
export function keyLines(report: KeyReport): readonly Line[] {
  const { partner, outcome, shown, earlier, waits } = report;
  const { name } = partner;
  if (outcome === "busy") return ["Another run is writing. Nothing was changed; run again."];
  if (shown === undefined)
    return outcome === "unchanged" ? [`${name} has no such key. Nothing was changed.`] : [...revokedLines(partner), ...waitLines(waits)];
  return [
    `The new key of ${name}:`,
    "",
    { verbatim: `  ${shown.key}` },
    "",
    "It is shown only now: state and the edge have its hash alone. Give it to the partner:",
    ...wayLines(shown),
    ...(earlier === undefined ? [] : [`The earlier keys count until ${earlier}.`]),
    ...(partner.until === undefined ? [] : [`It ends at ${partner.until}.`]),
    ...closedLines(partner),
    ...waitLines(waits),
  ];
}

function wayLines({ user, header, addresses }: ShownKey): readonly Line[] {
  return [
    ...(user === undefined ? [] : [`  user name ${user}, and the key as the password (HTTP Basic)`]),
    ...(header === undefined ? [] : [`  header ${header}: <the key>`]),
    ...addresses.map((address) => ({ verbatim: `  ${address}…` })),
  ];
}

function revokedLines({ name, keys }: PartnerStatus): readonly string[] {
  const left = keys === 0 ? "It has no key now." : keys === 1 ? "One key of it still counts." : `${keys} keys of it still count.`;
  return [`Revoked. ${left} CloudFront takes some seconds, and refuses ${name} the rest from then on.`];
}

function waitLines(waits: KeyReport["waits"]): readonly string[] {
  if (waits === "publish") return ["Nothing is published yet. The edge follows after the next publish."];
  return waits === "function" ? ["WIREROOM_EDGE_TABLE is not set, so the edge follows after the function's next run."] : [];
}

function closedLines({ state }: PartnerStatus): readonly string[] {
  if (state === "closed") return ["site.yaml closes this partner (access: off), so no key of it counts."];
  return state === "expired" ? ["Access of this partner has expired (expires in site.yaml), so no key of it counts."] : [];
}

/** The lines of `partner list`. */
export function partnerLines({ partners }: PartnersReport): readonly Line[] {
  if (partners.length === 0) return ["site.yaml names no partner."];
  const rows = partners.map((partner) => {
    const { name, methods, since, until, state, keys } = partner;
    const how = methods.length === 0 ? "off" : methods.join(", ");
    return [name, how, since ?? "", until ?? "", keys > 1 ? `${state}, ${keys} keys` : state];
  });
  return [{ head: ["partner", "access", "since", "until", "state"], rows }];
}
