import { execFile } from "node:child_process";
import { promisify } from "node:util";

type Said = { readonly stderr?: unknown };

/**
 * What the AWS CLI prints. It is there where a stack is deployed, knows every way in which people sign in, and needs no package of ours, so that the
 * deployment of a finished synthesis installs nothing.
 */
export async function aws(...words: readonly string[]): Promise<Buffer> {
  const { stdout } = await promisify(execFile)("aws", [...words], { encoding: "buffer", maxBuffer: 64 << 20 });
  return stdout;
}

/** Whether it says that the stack or the object that was asked for is not there. A bucket that is gone is another matter. */
export function isNotThere(error: unknown): boolean {
  const said = String((error as Said).stderr);
  return /does not exist|NoSuchKey|\(404\)/.test(said) && !said.includes("NoSuchBucket");
}

/** The credentials of whoever deploys, as a bundle takes them: from the environment alone. */
export async function credentials(env: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
  if (env["AWS_ACCESS_KEY_ID"] !== undefined) return {};
  const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(
    (await aws("configure", "export-credentials", "--format", "process")).toString("utf8"),
  ) as { readonly AccessKeyId: string; readonly SecretAccessKey: string; readonly SessionToken?: string };
  const token = SessionToken === undefined ? {} : { AWS_SESSION_TOKEN: SessionToken };
  return { AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey, ...token };
}
