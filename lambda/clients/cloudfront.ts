export type Invalidate = (invalidation: {
  readonly distribution: string;
  readonly paths: readonly string[];
  readonly reference: string;
}) => Promise<void>;

/** CloudFront's CreateInvalidation (API of 2020-05-31). The same reference and paths twice is one invalidation. `endpoint`: for tests. */
export function cloudFrontClient(endpoint = "https://cloudfront.amazonaws.com"): Invalidate {
  return async ({ distribution, paths, reference }) => {
    const items = paths.map((path) => `<Path>${escaped(path)}</Path>`).join("");
    // Loaded at the first request alone: whoever works in folders does not wait for it.
    const { signedPost } = await import("./signed-request.ts");
    await signedPost({
      service: "cloudfront",
      // CloudFront is one service for the whole world, and its requests are signed for the region in which it is at home.
      region: "us-east-1",
      url: `${endpoint.replace(/\/+$/, "")}/2020-05-31/distribution/${encodeURIComponent(distribution)}/invalidation`,
      headers: { "content-type": "application/xml" },
      body:
        '<?xml version="1.0" encoding="UTF-8"?><InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">' +
        `<Paths><Quantity>${paths.length}</Quantity><Items>${items}</Items></Paths>` +
        `<CallerReference>${escaped(reference)}</CallerReference></InvalidationBatch>`,
    });
  };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
