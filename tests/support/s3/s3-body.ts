import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { crc32 } from "node:zlib";
import { S3Failure } from "./s3-failure.ts";

/** The body of a PUT without its transfer framing. Throws an S3Failure if a length, checksum or hash does not match. */
export const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const raw = Buffer.concat(await request.toArray());
  const { headers } = request;
  const hash = headers["x-amz-content-sha256"];
  const framed = typeof hash === "string" && hash.startsWith("STREAMING-");
  const { bytes, trailers } = framed ? unframe(raw) : { bytes: raw, trailers: new Map<string, string>() };

  const decoded = headers["x-amz-decoded-content-length"];
  if (framed && decoded !== undefined && Number(decoded) !== bytes.length) {
    throw new S3Failure(400, "IncompleteBody", "The body is not as long as x-amz-decoded-content-length says.");
  }
  if (typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash) && hash !== createHash("sha256").update(bytes).digest("hex")) {
    throw new S3Failure(400, "XAmzContentSHA256Mismatch", "The body is not what x-amz-content-sha256 says.");
  }
  const md5 = headers["content-md5"];
  if (md5 !== undefined && md5 !== createHash("md5").update(bytes).digest("base64")) {
    throw new S3Failure(400, "BadDigest", "The body is not what Content-MD5 says.");
  }
  for (const promised of String(headers["x-amz-trailer"] ?? "")
    .split(",")
    .map((name) => name.trim())) {
    if (promised !== "" && !trailers.has(promised))
      throw new S3Failure(400, "MalformedTrailerError", `The trailer ${promised} did not come.`);
  }
  for (const [name, value] of [...Object.entries(headers), ...trailers]) checkSum(name, value, bytes);
  return bytes;
};

export const crc32Of = (bytes: Uint8Array): string => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(crc32(bytes));
  return four.toString("base64");
};

const checkSum = (name: string, value: unknown, bytes: Buffer): void => {
  const algorithm = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/.exec(name)?.[1];
  if (algorithm === undefined) return;
  // Refuses what it cannot check.
  if (algorithm === "crc32c" || algorithm === "crc64nvme")
    throw new S3Failure(501, "NotImplemented", `This server cannot check ${algorithm}.`);
  const right = algorithm === "crc32" ? crc32Of(bytes) : createHash(algorithm).update(bytes).digest("base64");
  if (value !== right) throw new S3Failure(400, "BadDigest", `The ${algorithm} that came is not that of the body.`);
};

/** Undoes aws-chunked: `hex-size[;extension]\r\n`, bytes, `\r\n`, …, `0\r\n`, trailers, `\r\n`. */
const unframe = (raw: Buffer): { readonly bytes: Buffer; readonly trailers: Map<string, string> } => {
  const chunks: Buffer[] = [];
  let at = 0;
  const line = (): string => {
    const end = raw.indexOf("\r\n", at);
    if (end === -1) throw new S3Failure(400, "IncompleteBody", "The chunked body breaks off.");
    const text = raw.toString("latin1", at, end);
    at = end + 2;
    return text;
  };
  for (;;) {
    const size = /^([0-9a-f]+)(;.*)?$/i.exec(line())?.[1];
    if (size === undefined) throw new S3Failure(400, "InvalidChunkSizeError", "A chunk does not begin with its size.");
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    chunks.push(raw.subarray(at, at + length));
    at += length;
    if (line() !== "") throw new S3Failure(400, "IncompleteBody", "A chunk is longer than it says.");
  }
  const trailers = new Map<string, string>();
  while (at < raw.length) {
    const text = line();
    const colon = text.indexOf(":");
    if (colon > 0) trailers.set(text.slice(0, colon).toLowerCase(), text.slice(colon + 1).trim());
  }
  return { bytes: Buffer.concat(chunks), trailers };
};
