import { name, resourcesOf, statements, templateOf } from "../lib/synthesis.ts";
import { allow, cephBucket, cephClient, cephEndpoint, type Right, removeBucket } from "../support/s3/ceph.ts";
import type { Buckets } from "./a-world.ts";

/** `KEY:SECRET` of a second user, who has no rights of its own: the function's. Without one the tests' own user runs it. */
export const functionUser = process.env["WIREROOM_TEST_S3_FUNCTION"]?.split(":");

/** Three fresh buckets on Ceph for each call, on which the function has the stack's rights; `remove` takes all of them away. */
export function cephBuckets(): { readonly make: () => Promise<Buckets>; readonly remove: () => Promise<void> } {
  const made: string[] = [];
  const s3 = cephClient();
  const bucket = async () => {
    const one = await cephBucket(s3, { versioned: true });
    made.push(one);
    return one;
  };
  return {
    make: async () => {
      const names = { content: await bucket(), feeds: await bucket(), state: await bucket() };
      if (functionUser !== undefined) for (const one of Object.values(names)) await allow(s3, one, "function", rightsOn(names));
      const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = process.env;
      const [key = AWS_ACCESS_KEY_ID, secret = AWS_SECRET_ACCESS_KEY] = functionUser ?? [];
      return {
        names,
        endpoint: cephEndpoint ?? "",
        client: cephClient,
        env: { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_REGION: "us-east-1" },
      };
    },
    remove: async () => {
      for (const one of made) await removeBucket(s3, one);
    },
  };
}

/** What the stack gives to the function's role, on these buckets. */
function rightsOn({ content, feeds, state }: Buckets["names"]): readonly Right[] {
  const buckets = { "<ContentBucket.Arn>": content, "<FeedsBucket.Arn>": feeds, "<StateBucket.Arn>": state };
  const named = (resource: string) =>
    Object.entries(buckets).reduce((text, [id, bucket]) => text.replace(id, `arn:aws:s3:::${bucket}`), resource);
  const policies = Object.values(resourcesOf(templateOf(), "AWS::IAM::Policy")).filter(({ Properties }) =>
    (Properties.Roles as { readonly Ref: string }[]).some(({ Ref }) => name(Ref) === "BuilderRole"),
  );
  return policies
    .flatMap(({ Properties }) => statements(Properties.PolicyDocument))
    .map(({ Action, Resource }) => ({
      Action: (Action as string[]).filter((action) => action.startsWith("s3:")),
      Resource: (Resource as string[]).map(named),
    }))
    .filter(({ Action }) => Action.length > 0);
}
