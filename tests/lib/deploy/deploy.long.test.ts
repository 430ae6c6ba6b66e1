import { cp, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { App } from "aws-cdk-lib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundle } from "../../../lib/bundle/bundling.ts";
import { newsroomIn } from "../../../lib/stack.ts";
import { aSiteFile, someArticles } from "../../support/a-newsroom.ts";
import { aFunction } from "../../support/aws/a-function.ts";
import { root } from "../synthesis.ts";
import { aDeployDesk } from "./cloud-desk.ts";

describe("npm run deploy", () => {
  let desk: Awaited<ReturnType<typeof aDeployDesk>>;
  beforeEach(async () => {
    desk = await aDeployDesk();
  });
  afterEach(async () => desk[Symbol.asyncDispose]());

  it("asks the bundle as the function runs it: a bundle deployed already reads no article", async () => {
    await desk.theStack();
    // Without addresses, of which the doctor would say that they lead nowhere.
    await desk.upload({ "site.yaml": aSiteFile.replace("permalink: /{slug}/\n", ""), ...someArticles(3) });
    const places = { WIREROOM_CONTENT: "s3://content", WIREROOM_TO: "s3://feeds", WIREROOM_STATE: "s3://state" };
    const run = await aFunction({
      folder: dirname(bundle(join(desk.folder, "deployed"))),
      env: { ...desk.s3.env, ...places },
      timeout: 60,
      memory: 1769,
    });
    expect(await run.invoke({ command: "publish" })).toMatchObject({ kind: "answered", payload: { outcome: "published" } });
    await run.close();
    desk.s3.clearRequests();
    expect(await desk.deploy()).toMatchObject({ code: 0, stderr: expect.stringContaining("would change the bytes of 0 of 1 feed.") });
    expect(
      desk.s3.requests.flatMap(({ operation, bucket, key }) => (operation === "GetObject" && bucket === "content" ? [key] : [])),
    ).toEqual(["site.yaml"]);
  });

  it("stops with the program's message if it cannot plan, and continues with --yes", async () => {
    await desk.theStack();
    expect(await desk.deploy()).toMatchObject({ code: 1, stderr: expect.stringContaining("There is no site.yaml in s3://content") });
    expect(await desk.called("cdk")).toBe("");
    expect(await desk.deploy("--yes")).toMatchObject({ code: 0 });
    expect(await desk.called("cdk")).toBe("deploy Wireroom\n");
  });

  it("stops if feeds would change and nobody says yes, and continues with --yes", async () => {
    await desk.theStack();
    await desk.publish(aSiteFile);
    // Another title of the whole site has the effect of another program: it is in every feed.
    await desk.upload({ "site.yaml": aSiteFile.replace(/^title: .*$/m, "title: Another") });
    const stopped = await desk.deploy();
    expect(stopped).toMatchObject({ code: 1, stderr: expect.stringContaining("1 of 1 feed would get other bytes, more than a tenth.") });
    expect(await desk.called("cdk")).toBe("");
    expect(await desk.deploy("--yes")).toMatchObject({ code: 0 });
    expect(await desk.called("cdk")).toBe("deploy Wireroom\n");
  });

  it("fetches a feed at the end, plain and as gzip, and reports that its bytes are those of the bucket", async () => {
    await desk.theStack();
    await desk.publish(aSiteFile);
    expect(await desk.deploy()).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("/all/rss.xml answers with the bytes of the feeds bucket, plain and as gzip."),
    });
    expect(desk.asked.slice(0, 2).map(({ path, headers }) => [path, headers["accept-encoding"]])).toEqual([
      ["/all/rss.xml", "identity"],
      ["/all/rss.xml", "gzip"],
    ]);
  });

  it("then has the doctor examine the feed as readers meet it, and fails if it is ill", async () => {
    await desk.theStack();
    await desk.publish(aSiteFile);
    expect(await desk.deploy()).toMatchObject({ code: 0, stdout: expect.stringContaining("The feed is healthy") });
    let times = 0;
    const feeds = desk.s3.objects("feeds");
    // The two requests of the comparison are served, and all later ones get another type.
    desk.edgeAnswers(({ path, headers }) => {
      times += 1;
      const zipped = times <= 2 && headers["accept-encoding"] === "gzip";
      const body = feeds.get(`${path.slice(1)}${zipped ? ".gz" : ""}`)?.bytes ?? new Uint8Array();
      return { status: 200, body, headers: { "content-type": "text/plain", ...(zipped ? { "content-encoding": "gzip" } : {}) } };
    });
    expect(await desk.deploy()).toMatchObject({ code: 1, stdout: expect.stringContaining("text/plain") });
  });

  it("has nothing to fetch from a wire that has published nothing yet", async () => {
    await desk.theStack();
    await desk.upload({ "site.yaml": aSiteFile, ...someArticles(3) });
    expect(await desk.deploy()).toMatchObject({ code: 0, stderr: expect.stringContaining("No feed has been published yet") });
  });

  it("passes on the credentials of the person who deploys, whatever the way of signing in", async () => {
    await desk.theStack({ keys: JSON.stringify({ Version: 1, AccessKeyId: "test", SecretAccessKey: "test", SessionToken: "t" }) });
    await desk.publish(aSiteFile);
    const signedIn = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_PROFILE: "desk" };
    // The edge and the copying belong to the tests; this test is about the plan of the new program.
    const { stderr } = await desk.runCopy(join(root, "lib", "deploy", "deploy.ts"), [], signedIn);
    expect(stderr).toContain("would change the bytes of 0 of 1 feed.");
    expect(await desk.called("aws")).toContain("configure export-credentials --format process\n");
  });

  describe("of an earlier synthesis, without packages", () => {
    let home: string;
    beforeEach(async () => {
      home = join(desk.folder, "home");
      const app = new App({
        outdir: join(home, "cdk.out"),
        builtinCloudFormationValidation: false,
        context: { wireroom: { region: "eu-central-1" } },
      });
      newsroomIn(app, undefined);
      app.synth();
      await cp(join(root, "lib"), join(home, "lib"), { recursive: true });
      await writeFile(join(home, "package.json"), '{"type":"module"}');
      await writeFile(join(home, "cdk.json"), JSON.stringify({ context: { wireroom: { region: "eu-central-1" } } }));
    });

    it("asks the bundle in it, deploys it and its alarms at the edge, and installs nothing", async () => {
      await desk.theStack();
      await desk.publish(aSiteFile);
      const ended = await desk.runCopy(join(home, "lib", "deploy", "deploy.ts"), ["--app", "cdk.out"]);
      expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining("would change the bytes of 0 of 1 feed.") });
      expect(await desk.called("cdk")).toBe(
        "deploy Wireroom --app cdk.out\ndeploy Wireroom-Edge --app cdk.out --parameters DistributionId=E1\n",
      );
      expect(await desk.called("aws")).toContain("--region eu-central-1\n");
    });
  });
});
