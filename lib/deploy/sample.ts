import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { PutObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import { deployed, stack } from "./deployed.ts";

// `npm run sample`: puts the sample newsroom into the content bucket, to see a new stack work. Not part of a deployment. It
// writes a file only if it does not exist, deletes nothing, and does not touch a bucket with anything else in it.

const folder = join(import.meta.dirname, "..", "..", "content");

/** The sample's files by key, with site.yaml last: without it, no run takes half a newsroom for the whole. */
async function sampleKeys(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const keys = files.map((file) => file.replaceAll(sep, "/")).sort();
  return [...keys.filter((key) => key !== "site.yaml"), "site.yaml"];
}

async function present(s3: S3Client, Bucket: string): Promise<ReadonlySet<string>> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket }))
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  return new Set(keys);
}

/**
 * The sample's own feed address is only an example; it is replaced by the stack's address, so that subscriptions to its feeds
 * work.
 */
async function bytesOf(key: string, feedsUrl: string): Promise<Uint8Array> {
  const bytes = await readFile(join(folder, key));
  return key === "site.yaml" ? Buffer.from(bytes.toString("utf8").replace(/^feedUrl: \S+/m, `feedUrl: ${feedsUrl}`)) : bytes;
}

async function upload(): Promise<string> {
  const { ContentBucketName: Bucket, FeedsUrl } = (await deployed()) ?? {};
  if (Bucket === undefined || FeedsUrl === undefined) throw new Error("There is no stack yet; run npm run deploy first. Nothing was done.");
  const s3 = new S3Client(stack.region === undefined ? {} : { region: stack.region });
  const [keys, there] = [await sampleKeys(), await present(s3, Bucket)];
  const others = [...there].filter((key) => !keys.includes(key));
  if (others.length > 0)
    throw new Error(`s3://${Bucket} contains another newsroom (${others.slice(0, 3).join(", ")}). Nothing was written into it.`);
  const missing = keys.filter((key) => !there.has(key));
  for (const Key of missing) await s3.send(new PutObjectCommand({ Bucket, Key, Body: await bytesOf(Key, FeedsUrl), IfNoneMatch: "*" }));
  return `The sample newsroom is in s3://${Bucket}: ${missing.length} of its ${keys.length} files are new there. Its feeds will soon be at ${FeedsUrl}`;
}

try {
  process.stdout.write(`${await upload()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
