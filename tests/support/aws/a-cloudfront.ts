import { SaxesParser } from "saxes";
import { type Answer, type Asked, aServer } from "../a-server.ts";
import { isSigned } from "../s3/aws-signature.ts";

type Invalidation = { readonly id: string; readonly distribution: string; readonly paths: readonly string[]; readonly reference: string };

const namespace = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

/**
 * CloudFront's CreateInvalidation and GetInvalidation on loopback: the XML of its API, its signature, its caller references. It knows the
 * distribution E123. `busy`: how often it answers that an invalidation is still in progress.
 */
export async function aCloudFront(secret = "test", busy = 0) {
  const invalidations: Invalidation[] = [];
  const left = new Map<string, number>();
  const isBusy = (id: string) => {
    const times = left.get(id) ?? busy;
    left.set(id, times - 1);
    return times > 0;
  };
  const server = await aServer((asked) => answer(asked, invalidations, secret, isBusy));
  return { url: server.url, asked: server.asked, invalidations, [Symbol.asyncDispose]: server[Symbol.asyncDispose] };
}

function answer(asked: Asked, invalidations: Invalidation[], secret: string, isBusy: (id: string) => boolean): Answer {
  if (!isSigned(asked, secret)) return failure(403, "SignatureDoesNotMatch", "The request signature does not match.");
  const [, distribution, id] = /^\/2020-05-31\/distribution\/([^/]+)\/invalidation(?:\/([^/]+))?$/.exec(asked.path) ?? [];
  if (asked.method === "GET" && id !== undefined)
    return invalidations.some((one) => one.id === id && one.distribution === distribution)
      ? stateOf(200, id, isBusy(id) ? "InProgress" : "Completed")
      : failure(404, "NoSuchInvalidation", "The specified invalidation does not exist.");
  if (asked.method !== "POST" || distribution === undefined || id !== undefined)
    return failure(404, "UnknownOperation", "No such operation.");
  if (distribution !== "E123") return failure(404, "NoSuchDistribution", "The specified distribution does not exist.");
  const batch = batchIn(asked.body);
  if (batch === undefined) return failure(400, "MalformedXML", "The XML document is malformed.");
  const same = invalidations.find(({ reference }) => reference === batch.reference);
  if (same !== undefined && JSON.stringify(same.paths) !== JSON.stringify(batch.paths))
    return failure(400, "InvalidArgument", "Your request contains a caller reference that was used for a previous invalidation batch.");
  const made = same ?? { id: `I${invalidations.length + 1}`, distribution, ...batch };
  if (same === undefined) invalidations.push(made);
  return stateOf(201, made.id, "InProgress");
}

function stateOf(status: number, id: string, state: "InProgress" | "Completed"): Answer {
  const body = `<?xml version="1.0"?><Invalidation xmlns="${namespace}"><Id>${id}</Id><Status>${state}</Status></Invalidation>`;
  return { status, headers: { "content-type": "text/xml" }, body };
}

function failure(status: number, code: string, message: string): Answer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { "content-type": "text/xml" }, body: `<ErrorResponse xmlns="${namespace}">${error}</ErrorResponse>` };
}

/** Reads the batch strictly: its namespace, its path count, its reference. */
function batchIn(xml: string): { readonly paths: readonly string[]; readonly reference: string } | undefined {
  const texts = new Map<string, string[]>();
  const open: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", ({ local, uri }) => {
    if (uri !== namespace) throw new Error("another namespace");
    open.push(local);
    const path = open.join("/");
    texts.set(path, [...(texts.get(path) ?? []), ""]);
  });
  parser.on("text", (text) => {
    const all = texts.get(open.join("/"));
    if (all !== undefined) all.push((all.pop() ?? "") + text);
  });
  parser.on("closetag", () => void open.pop());
  parser.on("error", (error) => {
    throw error;
  });
  try {
    parser.write(xml).close();
  } catch {
    return undefined;
  }
  const paths = texts.get("InvalidationBatch/Paths/Items/Path") ?? [];
  const [reference] = texts.get("InvalidationBatch/CallerReference") ?? [];
  const [quantity] = texts.get("InvalidationBatch/Paths/Quantity") ?? [];
  return reference === undefined || Number(quantity) !== paths.length || !paths.every((path) => path.startsWith("/"))
    ? undefined
    : { paths, reference };
}
