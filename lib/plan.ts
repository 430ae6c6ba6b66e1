import { fork } from "node:child_process";
import { join } from "node:path";
import { credentials } from "./aws-cli.ts";
import type { PlanReport } from "./review.ts";

/** As the function's environment has them. */
type Places = { readonly content: string; readonly to: string; readonly state: string };

/**
 * Asks a bundle, in a process of its own, what it would do over these stores. It is the file that Lambda would run, asked as it
 * is: what bundling makes of the sources shows here, and not after the deployment. Nothing is written.
 * @throws Error with what the program said, where it cannot plan.
 */
export async function planOf(bundle: string, { content, to, state }: Places, region?: string): Promise<PlanReport> {
  // biome-ignore lint/style/noProcessEnv: credentials and region are handed on to the bundle.
  const env = process.env;
  const around = Object.entries(env).filter(([name]) => !name.startsWith("WIREROOM_"));
  const places = { WIREROOM_CONTENT: content, WIREROOM_TO: to, WIREROOM_STATE: state };
  const child = fork(join(import.meta.dirname, "ask.ts"), [bundle], {
    env: { ...Object.fromEntries(around), ...(await credentials(env)), ...(region === undefined ? {} : { AWS_REGION: region }), ...places },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (part: string) => {
    said += part;
  });
  const report = await new Promise<PlanReport | undefined>((answered, failed) => {
    let answer: PlanReport | undefined;
    child.once("message", (message) => {
      answer = message as PlanReport;
    });
    child.once("error", failed).once("close", () => answered(answer));
  });
  if (report === undefined) throw new Error(`The new program cannot plan over the live content.\n${said}`);
  return report;
}
