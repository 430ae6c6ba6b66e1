import { CfnParameter, Stack, type StackProps, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { type Settings, tagsOf } from "./settings.ts";
import { Alarms } from "./watching/alarms.ts";
import { edgeWatches } from "./watching/edge-watches.ts";

/** The region of CloudFront's metrics. */
export const home = "us-east-1";

/**
 * The alarms on the edge of a stack in another region. An alarm can only read metrics of its own region, and use a topic there.
 * The distribution id is a parameter of the deployment, which comes after the stack with the distribution (lib/deploy/deploy.ts).
 * Nothing else is shared, so no function has to copy it between regions.
 */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly settings: Settings }) {
    const { settings, ...rest } = props;
    super(scope, id, { env: { region: home }, terminationProtection: false, ...rest });
    for (const [name, value] of Object.entries(tagsOf(settings))) Tags.of(this).add(name, value);
    const distribution = new CfnParameter(this, "DistributionId", {
      type: "String",
      description: "The output DistributionId of the stack that this one watches",
      allowedPattern: "E[A-Z0-9]+",
    });
    new Alarms(this, "Alarms", { watches: edgeWatches(distribution.valueAsString), email: settings.alarmEmail });
  }
}
