import { cp, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { App } from "aws-cdk-lib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { s3Store } from "../../lambda/stores/s3/s3.ts";
import { bundle } from "../../lib/bundling.ts";
import { newsroomIn } from "../../lib/newsroom.ts";
import { review } from "../../lib/review.ts";
import { smokeTest } from "../../lib/smoke-test.ts";
import { fill } from "../runtime/a-world.ts";
import { wireroom } from "../support/a-command.ts";
import { aFunction } from "../support/a-function.ts";
import { aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { aServer } from "../support/a-server.ts";
import { aCloudDesk } from "./cloud-desk.ts";
import { root } from "./synthesis.ts";

const channels = (count: number) => Array.from({ length: count }, (_, n) => ({ path: `channel-${n}` }));
const changed = (...keys: readonly string[]) => keys.map((key) => ({ key, why: "changed" }));

describe("what a new program does to feeds", () => {
  it("counts a feed once, however many of its documents change, and asks beyond a tenth", () => {
    const written = changed("channel-0/rss.xml", "channel-0/atom.xml", "channel-0/archive/2026-01/rss.xml", "channel-1/feed.json");
    expect(review({ channels: channels(20), files: { written }, holds: [] })).toEqual({
      changed: ["channel-0", "channel-1"],
      feeds: 20,
      lines: ["The new program would change the bytes of 2 of 20 feeds: channel-0, channel-1."],
    });
    expect(review({ channels: channels(19), files: { written }, holds: [] }).question).toBe(
      "2 of 19 feeds would get other bytes, more than a tenth. Deploy?",
    );
  });

  it("counts neither new feeds, nor pages, nor restored documents", () => {
    const written = [
      ...changed("channel-0/index.html", "index.html", "status.json", "feeds.opml"),
      { key: "channel-1/rss.xml", why: "new" },
      { key: "channel-2/rss.xml", why: "restored" },
    ];
    expect(review({ channels: channels(3), files: { written }, holds: [] })).toMatchObject({ changed: [] });
    expect(review({ channels: channels(3), files: { written }, holds: [] })).not.toHaveProperty("question");
  });

  it("asks if the plan holds something", () => {
    const { lines, question } = review({ channels: channels(9), files: { written: [] }, holds: [{ name: "world", hash: "1f3c9a2b" }] });
    expect(lines).toContain("It would hold world (--allow world@1f3c9a2b).");
    expect(question).toBe("One change would be held. Deploy?");
  });
});

describe("npm run deploy", () => {
  let desk: Awaited<ReturnType<typeof aCloudDesk>>;
  beforeEach(async () => {
    desk = await aCloudDesk();
    await desk.stub("cdk", "");
  });
  afterEach(async () => desk[Symbol.asyncDispose]());
  const deploy = (...words: readonly string[]) => desk.run("deploy.ts", ...words);
  const uploaded = (files: Readonly<Record<string, string>>) => fill(s3Store({ bucket: "content", client: desk.s3.client() }), files);
  const publish = async (site: string) => {
    await uploaded({ "site.yaml": site, ...someArticles(3) });
    const words = ["publish", "--content", "s3://content", "--to", "s3://feeds", "--state", "s3://state"];
    expect(await wireroom(words, { env: desk.s3.env })).toMatchObject({ code: 0 });
  };

  it("has nothing to compare at a first deployment", async () => {
    await desk.noStack();
    expect(await deploy("--require-approval", "never")).toMatchObject({ code: 0, stderr: expect.stringContaining("no stack yet") });
    expect(await desk.called("cdk")).toBe("deploy Wireroom --require-approval never\n");
  });

  it("continues if no byte of a feed would change, and changes nothing before", async () => {
    await desk.theStack();
    await publish(aSiteFile);
    desk.s3.clearRequests();
    expect(await deploy()).toMatchObject({ code: 0, stderr: expect.stringContaining("would change the bytes of 0 of 1 feed.") });
    expect(desk.s3.requests.filter(({ method }) => method !== "GET" && method !== "HEAD")).toEqual([]);
    expect(await desk.called("cdk")).toBe("deploy Wireroom\n");
  });

  it("asks the bundle as the function runs it: a bundle deployed already reads no article", async () => {
    await desk.theStack();
    await uploaded({ "site.yaml": aSiteFile, ...someArticles(3) });
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
    expect(await deploy()).toMatchObject({ code: 0, stderr: expect.stringContaining("would change the bytes of 0 of 1 feed.") });
    expect(
      desk.s3.requests.flatMap(({ operation, bucket, key }) => (operation === "GetObject" && bucket === "content" ? [key] : [])),
    ).toEqual(["site.yaml"]);
  });

  it("stops with the program's message if it cannot plan, and continues with --yes", async () => {
    await desk.theStack();
    expect(await deploy()).toMatchObject({ code: 1, stderr: expect.stringContaining("There is no site.yaml in s3://content") });
    expect(await desk.called("cdk")).toBe("");
    expect(await deploy("--yes")).toMatchObject({ code: 0 });
    expect(await desk.called("cdk")).toBe("deploy Wireroom\n");
  });

  it("stops if feeds would change and nobody says yes, and continues with --yes", async () => {
    await desk.theStack();
    await publish(aSiteFile);
    // Another title of the whole site has the effect of another program: it is in every feed.
    await uploaded({ "site.yaml": aSiteFile.replace(/^title: .*$/m, "title: Another") });
    const stopped = await deploy();
    expect(stopped).toMatchObject({ code: 1, stderr: expect.stringContaining("1 of 1 feed would get other bytes, more than a tenth.") });
    expect(await desk.called("cdk")).toBe("");
    expect(await deploy("--yes")).toMatchObject({ code: 0 });
    expect(await desk.called("cdk")).toBe("deploy Wireroom\n");
  });

  it("stops if the stack cannot be read", async () => {
    await desk.stub("aws", 'echo "Unable to locate credentials" >&2', 255);
    expect(await deploy("--yes")).toMatchObject({ code: 1, stderr: expect.stringContaining("Nothing was done.") });
    expect(await desk.called("cdk")).toBe("");
  });

  it("fetches a feed at the end, plain and as gzip, and reports that its bytes are those of the bucket", async () => {
    await desk.theStack();
    await publish(aSiteFile);
    expect(await deploy()).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("/all/rss.xml answers with the bytes of the feeds bucket, plain and as gzip."),
    });
    expect(desk.asked.map(({ path, headers }) => [path, headers["accept-encoding"]])).toEqual([
      ["/all/rss.xml", "identity"],
      ["/all/rss.xml", "gzip"],
    ]);
  });

  it("has nothing to fetch from a wire that has published nothing yet", async () => {
    await desk.theStack();
    await uploaded({ "site.yaml": aSiteFile, ...someArticles(3) });
    expect(await deploy()).toMatchObject({ code: 0, stderr: expect.stringContaining("No feed has been published yet") });
  });

  it("passes on the credentials of the person who deploys, whatever the way of signing in", async () => {
    await desk.theStack({ keys: JSON.stringify({ Version: 1, AccessKeyId: "test", SecretAccessKey: "test", SessionToken: "t" }) });
    await publish(aSiteFile);
    const signedIn = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_PROFILE: "desk" };
    // The edge and the copying belong to the tests; this test is about the plan of the new program.
    const { stderr } = await desk.runCopy(join(root, "lib", "deploy.ts"), [], signedIn);
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
      await publish(aSiteFile);
      const ended = await desk.runCopy(join(home, "lib", "deploy.ts"), ["--app", "cdk.out"]);
      expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining("would change the bytes of 0 of 1 feed.") });
      expect(await desk.called("cdk")).toBe(
        "deploy Wireroom --app cdk.out\ndeploy Wireroom-Edge --app cdk.out --parameters DistributionId=E1\n",
      );
      expect(await desk.called("aws")).toContain("--region eu-central-1\n");
    });
  });
});

describe("the smoke test", () => {
  const rss = Buffer.from("<rss/>");
  let waits = 0;
  const world = (files: Readonly<Record<string, Buffer>>) => {
    waits = 0;
    return {
      stored: (key: string) => Promise.resolve(files[key]),
      wait: () => {
        waits += 1;
        return Promise.resolve();
      },
    };
  };
  const status = Buffer.from('{"channels":[{"path":"empty"},{"path":"all"}]}');

  it("waits until the edge has the newest bytes", async () => {
    let times = 0;
    await using edge = await aServer(() => ({ status: 200, body: ++times < 3 ? "<rss>old</rss>" : rss }));
    const there = world({ "status.json": status, "all/rss.xml": rss });
    expect(await smokeTest(`${edge.url}/`, there)).toContain(`${edge.url}/all/rss.xml answers`);
    expect(waits).toBe(2);
  });

  it.each([
    ["other bytes", 200, "<rss>old</rss>", "answers with 14 bytes that differ from the 6 bytes in the feeds bucket"],
    ["an error", 403, "no", "answers 403"],
    ["a redirect", 301, "", "answers 301"],
  ])("fails if readers get %s", async (_, code, body, message) => {
    await using edge = await aServer(() => ({ status: code, body, headers: { location: "/" } }));
    await expect(smokeTest(`${edge.url}/`, world({ "status.json": status, "all/rss.xml": rss }))).rejects.toThrow(message);
    expect(edge.asked).toHaveLength(4);
  });

  it("fails if nobody answers", async () => {
    const edge = await aServer(() => ({ status: 200 }));
    await edge[Symbol.asyncDispose]();
    await expect(smokeTest(`${edge.url}/`, world({ "status.json": status, "all/rss.xml": rss }))).rejects.toThrow("cannot be reached");
  });
});
