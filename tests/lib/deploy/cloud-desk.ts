import { spawn } from "node:child_process";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { s3Store } from "../../../lambda/stores/s3/s3.ts";
import { fill } from "../../runtime/a-world.ts";
import { aFolder, type Ended, wireroom } from "../../support/a-command.ts";
import { someArticles } from "../../support/a-newsroom.ts";
import { type Answer, type Asked, aServer } from "../../support/a-server.ts";
import { startS3 } from "../../support/s3/s3-server.ts";
import { root } from "../synthesis.ts";

/**
 * A desk for the care of a stack: `aws` and `cdk` answer what a test wants, and the stack's buckets are on a server of the tests.
 */
export async function aCloudDesk() {
  const folder = await aFolder();
  const s3 = await startS3({ buckets: ["content", "feeds", "state"] });

  /**
   * The edge in front of the feeds bucket, as far as the edge function decides: a compressed variant for a client that accepts
   * it.
   */
  let answers = ({ path, headers }: Asked): Answer => {
    const zipped = headers["accept-encoding"]?.includes("gzip") === true;
    const found = s3.objects("feeds").get(`${path.slice(1)}${zipped ? ".gz" : ""}`);
    if (found === undefined) return { status: 404 };
    const validators = { etag: '"1"', "last-modified": "Tue, 24 Nov 2026 12:00:00 GMT" };
    if (headers["if-none-match"] === validators.etag || headers["if-modified-since"] !== undefined)
      return { status: 304, headers: validators };
    const type = { "content-type": "application/rss+xml; charset=utf-8", "cache-control": "public, max-age=300" };
    return { status: 200, body: found.bytes, headers: { ...validators, ...type, ...(zipped ? { "content-encoding": "gzip" } : {}) } };
  };
  const edge = await aServer((asked) => answers(asked));

  /** Replaces a command: prints something, records its call, and ends with a code. */
  const stub = async (name: string, says: string, code = 0) => {
    const path = join(folder.path, name);
    await writeFile(path, `#!/bin/sh\necho "$@" >>"${folder.path}/${name}.called"\n${says}\nexit ${code}\n`);
    await chmod(path, 0o755);
  };
  const run = (path: string, words: readonly string[], more: Readonly<Record<string, string | undefined>> = {}) =>
    new Promise<Ended>((ended) => {
      const env = { ...process.env, ...s3.env, PATH: `${folder.path}:${process.env["PATH"]}`, ...more };
      const child = spawn(process.execPath, [path, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
      const out = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const)
        child[name].setEncoding("utf8").on("data", (part: string) => {
          out[name] += part;
        });
      child.once("close", (code) => ended({ code, ...out }));
    });

  return {
    folder: folder.path,
    s3,
    stub,
    noStack: () => stub("aws", 'echo "Stack with id Wireroom does not exist" >&2', 254),
    theStack: ({ feedsUrl = `${edge.url}/`, keys = "" } = {}) => {
      const names = {
        ContentBucketName: "content",
        FeedsBucketName: "feeds",
        StateBucketName: "state",
        FeedsUrl: feedsUrl,
        DistributionId: "E1",
      };
      const Outputs = Object.entries(names).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
      const copy = `"${process.execPath}" "${join(import.meta.dirname, "aws-s3-cp.ts")}" "$3"`;
      return stub(
        "aws",
        `case "$1 $2" in\n"cloudformation describe-stacks") echo '${JSON.stringify({ Stacks: [{ Outputs }] })}';;\n"s3 cp") exec ${copy};;\n"configure export-credentials") echo '${keys}';;\nesac`,
      );
    },
    /** Changes the answers of the edge. */
    edgeAnswers: (answer: typeof answers) => {
      answers = answer;
    },
    asked: edge.asked,
    called: (name: string) => readFile(join(folder.path, `${name}.called`), "utf8").catch(() => ""),
    /** Runs a program of `lib`, without a terminal. */
    run: (program: string, ...words: readonly string[]) => run(join(root, "lib", "deploy", program), words),
    /** The same for a copy, in another environment. */
    runCopy: (path: string, words: readonly string[], more: Readonly<Record<string, string | undefined>> = {}) => run(path, words, more),

    [Symbol.asyncDispose]: async () => {
      await edge[Symbol.asyncDispose]();
      await s3.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A desk to deploy from, with a `cdk` that says nothing. */
export async function aDeployDesk() {
  const desk = await aCloudDesk();
  await desk.stub("cdk", "");
  const upload = (files: Readonly<Record<string, string>>) => fill(s3Store({ bucket: "content", client: desk.s3.client() }), files);
  return {
    ...desk,
    deploy: (...words: readonly string[]) => desk.run("deploy.ts", ...words),
    upload,
    /** Publishes three articles with that site.yaml, by the program as it is. */
    publish: async (site: string) => {
      // Without addresses, which no machine here has: the doctor would call them dead links.
      await upload({ "site.yaml": site.replace(/^permalink: .*\n/m, ""), ...someArticles(3) });
      const words = ["publish", "--content", "s3://content", "--to", "s3://feeds", "--state", "s3://state"];
      expect(await wireroom(words, { env: desk.s3.env })).toMatchObject({ code: 0 });
    },
  };
}
