/** Returns the id with which CloudFront reports the progress. */
export type Invalidate = (invalidation: {
  readonly distribution: string;
  readonly paths: readonly string[];
  readonly reference: string;
}) => Promise<string>;

/** Whether no edge location has the old bytes any longer. */
export type IsInvalidated = (invalidation: { readonly distribution: string; readonly id: string }) => Promise<boolean>;

const home = "https://cloudfront.amazonaws.com";
// CloudFront is one service for the whole world, but its requests are signed for its home region.
const service = { service: "cloudfront", region: "us-east-1" } as const;

/**
 * CloudFront's CreateInvalidation (API of 2020-05-31). The same reference and paths twice make one invalidation. `endpoint`: for
 * tests.
 */
export function cloudFrontClient(endpoint = home): Invalidate {
  return async ({ distribution, paths, reference }) => {
    const items = paths.map((path) => `<Path>${escaped(path)}</Path>`).join("");
    // Loaded only at the first request: work in folders does not wait for it.
    const { signedPost } = await import("./signed-request.ts");
    const answer = await signedPost({
      ...service,
      url: invalidationsOf(endpoint, distribution),
      headers: { "content-type": "application/xml" },
      body:
        '<?xml version="1.0" encoding="UTF-8"?><InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">' +
        `<Paths><Quantity>${paths.length}</Quantity><Items>${items}</Items></Paths>` +
        `<CallerReference>${escaped(reference)}</CallerReference></InvalidationBatch>`,
    });
    const [, id] = /<Id>([^<]+)<\/Id>/.exec(answer) ?? [];
    if (id === undefined) throw new Error("cloudfront answered without an invalidation id.");
    return id;
  };
}

/** CloudFront's GetInvalidation. */
export function invalidationStatus(endpoint = home): IsInvalidated {
  return async ({ distribution, id }) => {
    const { signedGet } = await import("./signed-request.ts");
    const url = `${invalidationsOf(endpoint, distribution)}/${encodeURIComponent(id)}`;
    return /<Status>Completed<\/Status>/.test(await signedGet({ ...service, url, headers: {} }));
  };
}

function invalidationsOf(endpoint: string, distribution: string): string {
  return `${endpoint.replace(/\/+$/, "")}/2020-05-31/distribution/${encodeURIComponent(distribution)}/invalidation`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
