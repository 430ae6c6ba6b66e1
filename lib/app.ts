import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { newsroomIn } from "./newsroom.ts";

// What cdk runs (cdk.json). CDK checks the template against CloudFormation's schema by itself; cdk-nag adds AWS's advice on security
// and on serverless functions, and every finding either is mended or is acknowledged with its reason beside the construct.
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
// biome-ignore lint/style/noProcessEnv: cdk tells the region of the shell that deploys in this way alone.
newsroomIn(app, process.env["CDK_DEFAULT_REGION"]);
