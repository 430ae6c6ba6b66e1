import { spawn } from "node:child_process";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { aFolder, type Ended } from "../support/a-command.ts";
import { startS3 } from "../support/s3-server.ts";
import { root } from "./synthesis.ts";

/** A desk from which a stack is looked after: `aws` and `cdk` say what a test has them say, and the stack's buckets are on a server of the tests. */
export async function aCloudDesk() {
  const folder = await aFolder();
  const s3 = await startS3({ buckets: ["content", "feeds", "state"] });

  /** Stands in for a command of that name: says something, writes down how it was called, ends with a code. */
  const stub = async (name: string, says: string, code = 0) => {
    const path = join(folder.path, name);
    await writeFile(path, `#!/bin/sh\necho "$@" >>"${folder.path}/${name}.called"\n${says}\nexit ${code}\n`);
    await chmod(path, 0o755);
  };
  return {
    folder: folder.path,
    s3,
    stub,
    noStack: () => stub("aws", 'echo "Stack with id Wireroom does not exist" >&2', 254),
    theStack: () => {
      const names = { ContentBucketName: "content", FeedsBucketName: "feeds", StateBucketName: "state", FeedsUrl: "https://d1.example/" };
      const Outputs = Object.entries(names).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
      return stub("aws", `echo '${JSON.stringify({ Stacks: [{ Outputs }] })}'`);
    },
    called: (name: string) => readFile(join(folder.path, `${name}.called`), "utf8").catch(() => ""),
    /** Runs a program of `lib`, with nobody at the keyboard. */
    run: (program: string, ...words: readonly string[]) =>
      new Promise<Ended>((ended) => {
        const env = { ...process.env, ...s3.env, PATH: `${folder.path}:${process.env["PATH"]}` };
        const child = spawn(process.execPath, [join(root, "lib", program), ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
        const out = { stdout: "", stderr: "" };
        for (const name of ["stdout", "stderr"] as const)
          child[name].setEncoding("utf8").on("data", (part: string) => {
            out[name] += part;
          });
        child.once("close", (code) => ended({ code, ...out }));
      }),
    [Symbol.asyncDispose]: async () => {
      await s3.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
