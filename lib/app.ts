import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { settingsOf } from "./settings.ts";
import { WireroomStack } from "./stack.ts";
import { stackNameOf } from "./stack-name.ts";

// What cdk runs (cdk.json). CDK checks the template against CloudFormation's schema by itself; cdk-nag adds AWS's advice on security
// and on serverless functions, and every finding either is mended or is acknowledged with its reason beside the construct.
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
const settings = settingsOf(app.node);
new WireroomStack(app, stackNameOf(settings), { description: "Wireroom: feeds from articles", settings });
