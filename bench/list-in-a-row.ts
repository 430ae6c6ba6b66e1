import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";

// The SDK's own listing of a prefix, page after page, for bench/listing.ts to compare with.
const [Bucket = "", Prefix = ""] = process.argv.slice(2);
const s3 = new S3Client();
let [keys, token]: [number, string | undefined] = [0, undefined];
do {
  const page: { readonly KeyCount?: number | undefined; readonly NextContinuationToken?: string | undefined } = await s3.send(
    new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken: token }),
  );
  keys += page.KeyCount ?? 0;
  token = page.NextContinuationToken;
} while (token !== undefined);
process.stdout.write(`${keys}\n`);
