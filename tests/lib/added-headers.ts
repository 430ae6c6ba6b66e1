import { addedBy, templateOf } from "./synthesis.ts";

type Policy = {
  readonly CorsConfig: {
    readonly AccessControlAllowOrigins: { readonly Items: readonly string[] };
    readonly AccessControlExposeHeaders: { readonly Items: readonly string[] };
  };
  readonly SecurityHeadersConfig: {
    readonly ContentSecurityPolicy: { readonly ContentSecurityPolicy: string };
    readonly FrameOptions: { readonly FrameOption: string };
    readonly ReferrerPolicy: { readonly ReferrerPolicy: string };
    readonly StrictTransportSecurity: { readonly AccessControlMaxAgeSec: number };
  };
};

/** The headers that the stack's policy adds to every response, as CloudFront writes them. */
export function addedHeaders(): Readonly<Record<string, string>> {
  const { CorsConfig: cors, SecurityHeadersConfig: security } = addedBy(templateOf()) as Policy;
  return {
    "access-control-allow-origin": cors.AccessControlAllowOrigins.Items.join(", "),
    "access-control-expose-headers": cors.AccessControlExposeHeaders.Items.join(","),
    "content-security-policy": security.ContentSecurityPolicy.ContentSecurityPolicy,
    "x-content-type-options": "nosniff",
    "x-frame-options": security.FrameOptions.FrameOption,
    "referrer-policy": security.ReferrerPolicy.ReferrerPolicy,
    "strict-transport-security": `max-age=${security.StrictTransportSecurity.AccessControlMaxAgeSec}`,
  };
}
