import { createHash, createHmac } from "node:crypto";
import type { Asked } from "../a-server.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/**
 * Whether a request, with at most one query parameter, has the signature that AWS requires. Written from AWS's documentation alone
 * (Signature Version 4: canonical request, string to sign, derived key).
 */
export function isSigned({ method, path, headers, body }: Asked, secret: string): boolean {
  const found =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    );
  if (found === null) return false;
  const [, day = "", region = "", service = "", names = "", signature = ""] = found;
  const signed = names.split(";");
  if (!signed.includes("host") || !signed.includes("x-amz-date")) return false;
  const lines = signed.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, " ")}\n`).join("");
  // Every service except S3 encodes each path segment twice.
  const [place = "", query = ""] = path.split("?");
  const encoded = place.split("/").map(encodeURIComponent).join("/");
  const canonical = [method, encoded, query, lines, names, sha256(body)].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], `${day}/${region}/${service}/aws4_request`, sha256(canonical)].join("\n");
  const key = ["aws4_request"].reduce(hmac, [region, service].reduce(hmac, hmac(`AWS4${secret}`, day)));
  return hmac(key, toSign).toString("hex") === signature;
}
