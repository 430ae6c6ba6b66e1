/** The parts of a template that a picture needs. */
type Template = { readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>> };

/** The resources in the picture, and their labels. The rest are policies, roles and alarms, which belong to these. */
const drawn: Readonly<Record<string, (name: string) => string>> = {
  "AWS::S3::Bucket": (name) => `[(${name})]`,
  "AWS::Lambda::Function": (name) => `[[${name}]]`,
  "AWS::SQS::Queue": (name) => `>${name}]`,
  "AWS::Events::Rule": (name) => `{{${name}}}`,
  "AWS::Scheduler::Schedule": (name) => `([${name}])`,
  "AWS::Scheduler::ScheduleGroup": (name) => `([${name}])`,
  "AWS::CloudFront::Distribution": (name) => `{${name}}`,
  "AWS::CloudFront::Function": (name) => `[[${name}]]`,
  "AWS::CloudFront::KeyValueStore": (name) => `[(${name})]`,
  "AWS::SNS::Topic": (name) => `>${name}]`,
};

const names: Readonly<Record<string, string>> = {
  ContentBucket: "content",
  FeedsBucket: "feeds",
  StateBucket: "state",
  DeadLetters: "dead letters",
  NoticesQueue: "notice queue",
  NoticesRule: "rule: object created or deleted",
  BuilderFunction: "function",
  BuilderSchedule: "schedule",
  MomentsGroup: "one-off schedule",
  DeliveryDistribution: "CloudFront",
  DeliveryEdge: "edge function",
  DeliveryEdgeTable: "edge table",
  AlarmsTopic: "alarm topic",
};

/**
 * The stack as a Mermaid picture: a node for each resource that moves or holds something, and an arrow for each reference between
 * two of them, labelled with the property that has it. A policy connects its holder with the resources of its permissions.
 */
export function diagram(template: Template): string {
  const resources = Object.entries(template.Resources);
  const nodes = resources.filter(([, { Type }]) => Type in drawn);
  const ids = new Set(nodes.map(([id]) => id));
  const direct = nodes.flatMap(([id, { Properties }]) => referencesIn(Properties, ids).map((to) => [id, to] as const));
  const roles = new Map(nodes.flatMap(([id, { Properties }]) => rolesIn(Properties, template).map((role) => [role, id] as const)));
  const granted = resources
    .filter(([, { Type }]) => Type === "AWS::IAM::Policy")
    .flatMap(([, { Properties }]) => {
      const { Roles, PolicyDocument } = Properties as {
        readonly Roles: readonly { readonly Ref: string }[];
        readonly PolicyDocument: unknown;
      };
      const from = Roles.flatMap(({ Ref }) => roles.get(Ref) ?? []);
      return from.flatMap((id) => referencesIn(PolicyDocument, ids).map((to) => [id, to] as const));
    });
  const mapped = resources
    .filter(([, { Type }]) => Type === "AWS::Lambda::EventSourceMapping")
    .flatMap(([, { Properties }]) => {
      const { EventSourceArn, FunctionName } = Properties as { readonly EventSourceArn: unknown; readonly FunctionName: unknown };
      return referencesIn(EventSourceArn, ids).flatMap((from) => referencesIn(FunctionName, ids).map((to) => [from, to] as const));
    });
  const arrows = [...direct, ...granted, ...mapped]
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => `  ${plain(from)} --> ${plain(to)}`);
  return [
    "flowchart LR",
    ...nodes.map(([id, { Type }]) => `  ${plain(id)}${drawn[Type]?.(names[plain(id)] ?? plain(id))}`).sort(),
    ...[...new Set(arrows)].sort(),
    "",
  ].join("\n");
}

function rolesIn(properties: unknown, template: Template): readonly string[] {
  const roles = new Set(Object.keys(template.Resources).filter((id) => template.Resources[id]?.Type === "AWS::IAM::Role"));
  return referencesIn(properties, roles);
}

/** The logical ids in a value, from Ref or Fn::GetAtt. */
function referencesIn(value: unknown, ids: ReadonlySet<string>): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => referencesIn(one, ids));
  if (typeof value !== "object" || value === null) return [];
  const { Ref, "Fn::GetAtt": attribute } = value as { readonly Ref?: unknown; readonly "Fn::GetAtt"?: unknown };
  const found = typeof Ref === "string" ? Ref : Array.isArray(attribute) ? String(attribute[0]) : undefined;
  if (found !== undefined) return ids.has(found) ? [found] : [];
  return Object.values(value).flatMap((one) => referencesIn(one, ids));
}

/** A logical id without the hash that CDK gives it. */
function plain(id: string): string {
  return id.replace(/[0-9A-F]{8}$/, "");
}
