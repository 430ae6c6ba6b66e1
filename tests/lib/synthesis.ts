import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { settingsOf } from "../../lib/settings.ts";
import { newsroomIn, WireroomStack } from "../../lib/stack.ts";
import { stackNameOf } from "../../lib/stack-name.ts";

export const root = join(import.meta.dirname, "..", "..");

export type Resource = { readonly Type: string; readonly Properties: Record<string, unknown>; readonly [attribute: string]: unknown };
export type Statement = Record<string, unknown>;

/** The template of the stack with the context of cdk.json and the `wireroom` settings of a test. The function is not bundled. */
export function templateOf(settings: Record<string, unknown> = {}): Template {
  return Template.fromStack(stackOf(settings));
}

export function stackOf(settings: Record<string, unknown> = {}): WireroomStack {
  const app = appOf(settings);
  const parsed = settingsOf(app.node);
  return new WireroomStack(app, stackNameOf(parsed), { settings: parsed });
}

/** The stacks of the newsroom by name, as a shell in that region would deploy them. */
export function stacksOf(settings: Record<string, unknown>, shell?: string): Readonly<Record<string, Stack>> {
  const app = appOf(settings);
  newsroomIn(app, shell);
  return Object.fromEntries(app.node.children.flatMap((child) => (child instanceof Stack ? [[child.stackName, child]] : [])));
}

function appOf(settings: Record<string, unknown>): App {
  const { context } = JSON.parse(readFileSync(join(root, "cdk.json"), "utf8")) as { context: Record<string, unknown> };
  return new App({
    builtinCloudFormationValidation: false,
    context: { ...context, wireroom: settings, "aws:cdk:bundling-stacks": [] },
  });
}

export function resourcesOf(template: Template, type: string): Readonly<Record<string, Resource>> {
  return template.findResources(type) as Record<string, Resource>;
}

/** The only resource of a type, without its logical id. */
export function onlyOne(template: Template, type: string): Resource {
  const found = Object.values(resourcesOf(template, type));
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} resources of ${type}`);
  return found[0];
}

/** The headers added to every response, or only to media. */
export function addedBy(template: Template, policy: "HeadersPolicy" | "MediaHeadersPolicy" = "HeadersPolicy"): Record<string, unknown> {
  const found = Object.entries(resourcesOf(template, "AWS::CloudFront::ResponseHeadersPolicy")).find(
    ([id]) => name(id) === `Delivery${policy}`,
  );
  return found?.[1].Properties.ResponseHeadersPolicyConfig as Record<string, unknown>;
}

/** Intrinsic functions in a short form: {"Fn::GetAtt": ["A", "Arn"]} is "<A.Arn>", without the hash of generated ids. */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  const { Ref, "Fn::GetAtt": attribute, "Fn::Join": join } = value as Record<string, unknown>;
  if (typeof Ref === "string") return `<${name(Ref)}>`;
  if (Array.isArray(attribute)) return `<${name(attribute[0])}.${attribute[1]}>`;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(readable).join(join[0] as string);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
}

export function name(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, "");
}

/** The statements of a policy document in a readable form, with actions and resources always as lists. */
export function statements(document: unknown): readonly Statement[] {
  return (readable(document) as { Statement: Statement[] }).Statement.map((one) => ({
    ...one,
    Action: [one.Action].flat(),
    Resource: [one.Resource].flat(),
  }));
}
