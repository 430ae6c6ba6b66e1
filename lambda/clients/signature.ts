import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { HttpRequest } from "@smithy/core/protocols";
import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Method, Unsigned } from "./signed-request.ts";

// Loaded at the first request, because many runs send none.

/** The headers of a request, with its signature, as the SDK signs, with the SDK's own credentials. */
export async function signatureOf(
  method: Method,
  { service, region, url, headers, body }: Unsigned,
): Promise<Readonly<Record<string, string>>> {
  const { protocol, hostname, port, pathname, searchParams, host } = new URL(url);
  const unsigned = new HttpRequest({
    method,
    protocol,
    hostname,
    ...(port === "" ? {} : { port: Number(port) }),
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { ...headers, host },
    ...(body === undefined ? {} : { body }),
  });
  const signer = new SignatureV4({ service, region, credentials: defaultProvider(), sha256: Hash.bind(null, "sha256") });
  return (await signer.sign(unsigned)).headers;
}
