import { execFile } from "node:child_process";
import { promisify } from "node:util";

type Said = { readonly stderr?: unknown };

/**
 * The output of the AWS CLI. It exists wherever somebody deploys a stack, supports every way to sign in, and needs no package of
 * ours, so the deployment of a finished synthesis installs nothing.
 */
export async function aws(...words: readonly string[]): Promise<Buffer> {
  const { stdout } = await promisify(execFile)("aws", [...words], { encoding: "buffer", maxBuffer: 64 << 20 });
  return stdout;
}

/** Whether the error says that the requested stack or object does not exist. A missing bucket is another matter. */
export function isNotThere(error: unknown): boolean {
  const said = String((error as Said).stderr);
  return /does not exist|NoSuchKey|\(404\)/.test(said) && !said.includes("NoSuchBucket");
}

/** The credentials of the person who deploys, in the form that a bundle reads: environment variables only. */
export async function credentials(env: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
  if (env["AWS_ACCESS_KEY_ID"] !== undefined) return {};
  const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(
    (await aws("configure", "export-credentials", "--format", "process")).toString("utf8"),
  ) as { readonly AccessKeyId: string; readonly SecretAccessKey: string; readonly SessionToken?: string };
  const token = SessionToken === undefined ? {} : { AWS_SESSION_TOKEN: SessionToken };
  return { AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey, ...token };
}
