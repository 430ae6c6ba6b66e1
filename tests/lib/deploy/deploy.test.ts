import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { review } from "../../../lib/deploy/review.ts";
import { smokeTest } from "../../../lib/deploy/smoke-test.ts";
import { aSiteFile } from "../../support/a-newsroom.ts";
import { aServer } from "../../support/a-server.ts";
import { aDeployDesk } from "./cloud-desk.ts";

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
  let desk: Awaited<ReturnType<typeof aDeployDesk>>;
  beforeEach(async () => {
    desk = await aDeployDesk();
  });
  afterEach(async () => desk[Symbol.asyncDispose]());

  it("has nothing to compare at a first deployment", async () => {
    await desk.noStack();
    expect(await desk.deploy("--require-approval", "never")).toMatchObject({ code: 0, stderr: expect.stringContaining("no stack yet") });
    expect(await desk.called("cdk")).toBe("deploy Wireroom --require-approval never\n");
  });

  it("continues if no byte of a feed would change, and changes nothing before", async () => {
    await desk.theStack();
    await desk.publish(aSiteFile);
    desk.s3.clearRequests();
    expect(await desk.deploy()).toMatchObject({ code: 0, stderr: expect.stringContaining("would change the bytes of 0 of 1 feed.") });
    expect(desk.s3.requests.filter(({ method }) => method !== "GET" && method !== "HEAD")).toEqual([]);
    expect(await desk.called("cdk")).toBe("deploy Wireroom\n");
  });

  it("stops if the stack cannot be read", async () => {
    await desk.stub("aws", 'echo "Unable to locate credentials" >&2', 255);
    expect(await desk.deploy("--yes")).toMatchObject({ code: 1, stderr: expect.stringContaining("Nothing was done.") });
    expect(await desk.called("cdk")).toBe("");
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
    expect(await smokeTest(`${edge.url}/`, there)).toEqual({
      said: expect.stringContaining(`${edge.url}/all/rss.xml answers`),
      feed: `${edge.url}/all/rss.xml`,
    });
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
