import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { GetObjectCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { afterAll, describe, expect, test } from "vitest";
import { s3Store } from "../../lambda/stores/s3/s3.ts";
import { fill } from "../runtime/a-world.ts";
import { functionUser } from "../runtime/ceph-buckets.ts";
import { wireroom } from "../support/a-command.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { allow, cephBucket, cephClient, cephEndpoint, cephSkipped, removeBucket } from "../support/s3/ceph.ts";

/** What docs/operations.md says that erasing takes. */
const operations = readFileSync(join(import.meta.dirname, "../..", "docs", "operations.md"), "utf8");
const needed = [...(/The function has no right to erase\.[\s\S]*?\n\n/.exec(operations)?.[0] ?? "").matchAll(/`(s3:\w+)`/g)].map(
  ([, action = ""]) => action,
);

const secret = "secret words";
const story = (more: string) => aFile({ title: "A ferry", date: "2026-03-02T09:00:00Z" }, `${secret} ${more}`);

describe.skipIf(cephEndpoint === undefined)(`on a real S3 server${cephSkipped}`, () => {
  const s3 = cephClient();
  const names: string[] = [];
  afterAll(async () => {
    for (const name of names) await removeBucket(s3, name);
  });

  /** Every version of every object that holds some words, plain or packed. There are fewer than a page of them. */
  async function holding(words: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const Bucket of names) {
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
      for (const { Key, VersionId } of Versions) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
        const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
        if ((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).includes(words)) found.push(`${Key} ${VersionId}`);
      }
    }
    return found;
  }

  const as = functionUser === undefined ? "" : ", by somebody with the rights that the operator is told of, and no others";
  test(`an erased article is gone from every version of every object${as}`, { timeout: 120_000 }, async () => {
    expect(needed.length).toBeGreaterThan(5);
    for (let n = 0; n < 3; n++) names.push(await cephBucket(s3, { versioned: true }));
    const [content = "", feeds = "", state = ""] = names;
    const places = ["--content", `s3://${content}`, "--to", `s3://${feeds}`, "--state", `s3://${state}`];
    const store = s3Store({ bucket: content, client: s3 });
    await fill(store, { "site.yaml": aSiteFile, ...someArticles(3), "ferry.md": story("as it was") });
    expect(await wireroom(["publish", ...places])).toMatchObject({ code: 0 });
    await fill(store, { "ferry.md": story("as edited") });
    expect(await wireroom(["publish", ...places])).toMatchObject({ code: 0 });
    expect((await holding(secret)).length).toBeGreaterThan(8);

    const [key, value] = functionUser ?? [];
    const env = key === undefined || value === undefined ? {} : { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: value };
    const rights = (bucket: string) => [{ Action: needed, Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`] }];
    for (const bucket of names) await allow(s3, bucket, "function", rights(bucket));
    const ended = await wireroom(["cancel", "ferry.md", "--reason", "By order.", "--erase", ...places], { env });
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("ferry.md") });
    expect(await holding(secret)).toEqual([]);
    expect(await holding("By order.")).not.toEqual([]);
    const again = await wireroom(["publish", ...places]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing changed") });
  });
});
