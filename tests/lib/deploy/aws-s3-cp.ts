import { s3Store } from "../../../lambda/stores/s3/s3.ts";

// Replaces `aws s3 cp s3://BUCKET/KEY -` in tests.
const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(process.argv[2] ?? "") ?? [];
const found = await s3Store({ bucket }).read(key);
if (found === undefined) {
  process.stderr.write(`fatal error: An error occurred (404) when calling the HeadObject operation: Key "${key}" does not exist\n`);
  process.exitCode = 1;
} else process.stdout.write(found.bytes);
