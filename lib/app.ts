import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { newsroomIn } from "./stack.ts";

// The program that cdk runs (cdk.json). CDK itself checks the template against CloudFormation's schema. cdk-nag adds AWS's advice
// on security and on serverless functions; every finding is either corrected or acknowledged with its reason beside the
// construct.
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
// biome-ignore lint/style/noProcessEnv: cdk passes the region of the deploying shell only in this variable.
newsroomIn(app, process.env["CDK_DEFAULT_REGION"]);
