import { fork } from "node:child_process";
import { join } from "node:path";
import { credentials } from "./aws-cli.ts";
import type { PlanReport } from "./review.ts";

/** As in the function's environment. */
type Places = { readonly content: string; readonly to: string; readonly state: string };

/**
 * Asks a bundle, in a separate process, what it would do to these stores. It is the very file that Lambda would run, so a mistake
 * of the bundling shows here and not after the deployment. Nothing is written.
 * @throws Error with the program's output if it cannot plan.
 */
export async function planOf(bundle: string, { content, to, state }: Places, region?: string): Promise<PlanReport> {
  // biome-ignore lint/style/noProcessEnv: credentials and region are passed on to the bundle.
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
