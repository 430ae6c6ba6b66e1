import type { App } from "aws-cdk-lib";
import { EdgeStack, home } from "./edge-stack.ts";
import { settingsOf } from "./settings.ts";
import { WireroomStack } from "./stack.ts";
import { stackNameOf } from "./stack-name.ts";

/** The stacks of the newsroom in the app's context. `shell`: the region of the deploying shell, if it is known. */
export function newsroomIn(app: App, shell: string | undefined): void {
  const settings = settingsOf(app.node);
  const name = stackNameOf(settings);
  new WireroomStack(app, name, { description: "Wireroom: feeds from articles", settings });
  const region = settings.region ?? shell;
  if (region === undefined || region === home) return;
  new EdgeStack(app, `${name}-Edge`, { description: `Wireroom: alarms on the edge of ${name}`, settings });
}
