import { afterAll, describe } from "vitest";
import { name, resourcesOf, statements, templateOf } from "./lib/synthesis.ts";
import { runtimeContract } from "./runtime/contract.ts";
import { awsRuntime } from "./support/a-function.ts";
import { allow, cephBucket, cephClient, cephEndpoint, cephSkipped, type Right, removeBucket } from "./support/ceph.ts";

/** `KEY:SECRET` of a second user, who has no rights of its own: the function's. Without one the tests' own user runs it. */
const user = process.env["WIREROOM_TEST_S3_FUNCTION"]?.split(":");

type Names = { readonly content: string; readonly feeds: string; readonly state: string };

/** What the stack gives to the function's role, on these buckets. */
function rightsOn({ content, feeds, state }: Names): readonly Right[] {
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

const under = awsRuntime === undefined ? "the tests' own runtime client" : "aws-lambda-ric";
const as = user === undefined ? "" : ", as a user with the function's rights alone";

describe.skipIf(cephEndpoint === undefined)(`on a real S3 server${cephSkipped}`, () => {
  const made: string[] = [];
  afterAll(async () => {
    for (const bucket of made) await removeBucket(cephClient(), bucket);
  }, 120_000);

  runtimeContract(`the bundle, under ${under}${as}`, {
    client: awsRuntime,
    blog: true,
    buckets: async () => {
      const s3 = cephClient();
      const bucket = async () => {
        const one = await cephBucket(s3, { versioned: true });
        made.push(one);
        return one;
      };
      const names = { content: await bucket(), feeds: await bucket(), state: await bucket() };
      if (user !== undefined) for (const one of Object.values(names)) await allow(s3, one, "function", rightsOn(names));
      const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = process.env;
      const [key = AWS_ACCESS_KEY_ID, secret = AWS_SECRET_ACCESS_KEY] = user ?? [];
      return {
        names,
        endpoint: cephEndpoint ?? "",
        client: cephClient,
        env: { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_REGION: "us-east-1" },
      };
    },
  });
});
