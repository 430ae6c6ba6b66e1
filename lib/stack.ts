import { type App, CfnParameter, Stack, type StackProps, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { bundledCode } from "./bundle/code.ts";
import { type parseSettings, settingsOf, tagsOf } from "./settings.ts";
import { stackNameOf } from "./stack-name.ts";
import { EdgeAlarms, Wireroom } from "./wireroom.ts";

type Props = StackProps & { readonly settings: ReturnType<typeof parseSettings> };

/** The region of CloudFront's metrics. */
const home = "us-east-1";

/** The newsroom of a clone: the construct, with the settings of cdk.json and a bundle of the sources. */
export class WireroomStack extends Stack {
  constructor(scope: Construct, id: string, props: Props) {
    const { stack, region, ...settings } = props.settings;
    super(scope, id, { terminationProtection: true, ...(region === undefined ? {} : { env: { region } }), ...props });
    for (const [name, value] of Object.entries(tagsOf(settings))) Tags.of(this).add(name, value);
    // CDK leaves the id "Default" out of logical ids, so that they are those of a stack without the construct.
    new Wireroom(this, "Default", { ...settings, name: stack, code: bundledCode() });
  }
}

/**
 * The alarms on the edge of a stack in another region. An alarm can only read metrics of its own region, and use a topic there.
 * The distribution id is a parameter of the deployment, which comes after the stack with the distribution (lib/deploy/deploy.ts).
 * Nothing else is shared, so no function has to copy it between regions.
 */
class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: Props) {
    const { settings, ...rest } = props;
    super(scope, id, { env: { region: home }, terminationProtection: false, ...rest });
    for (const [name, value] of Object.entries(tagsOf(settings))) Tags.of(this).add(name, value);
    const distribution = new CfnParameter(this, "DistributionId", {
      type: "String",
      description: "The output DistributionId of the stack that this one watches",
      allowedPattern: "E[A-Z0-9]+",
    });
    new EdgeAlarms(this, "Default", {
      newsroom: this.stackName,
      distributionId: distribution.valueAsString,
      alarmEmail: settings.alarmEmail,
    });
  }
}

/** The stacks of the newsroom in the app's context. `shell`: the region of the deploying shell, if it is known. */
export function newsroomIn(app: App, shell: string | undefined): void {
  const settings = settingsOf(app.node);
  const name = stackNameOf(settings);
  new WireroomStack(app, name, { description: "Wireroom: feeds from articles", settings });
  const region = settings.region ?? shell;
  if (region === undefined || region === home) return;
  new EdgeStack(app, `${name}-Edge`, { description: `Wireroom: alarms on the edge of ${name}`, settings });
}
