import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { hubClient, within } from "../../lambda/clients/hub.ts";
import { isOutOfReach, leadingInside, reachOf } from "../../lambda/clients/inner-address.ts";
import { preview } from "../../lambda/preview/preview.ts";
import { aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { aServer } from "../support/a-server.ts";

const topic = "https://feeds.wire.example/all/rss.xml";

test("a ping is the form that hubs take, and any 2xx is a yes", async () => {
  for (const status of [200, 202, 204]) {
    await using hub = await aServer(() => ({ status }));
    await hubClient()(`${hub.url}/publish?key=1`, topic);
    expect(hub.asked).toMatchObject([
      {
        method: "POST",
        path: "/publish?key=1",
        headers: { "content-type": expect.stringContaining("application/x-www-form-urlencoded") as string },
        body: "hub.mode=publish&hub.url=https%3A%2F%2Ffeeds.wire.example%2Fall%2Frss.xml",
      },
    ]);
  }
});

test("the answer of a hub that refuses a feed is reported, and the next feed is still sent", async () => {
  await using hub = await aServer(({ body }) => (body.includes("rss") ? { status: 422, body: "not my topic\n" } : { status: 204 }));
  const ping = hubClient();
  await expect(ping(hub.url, topic)).rejects.toThrow(`${new URL(hub.url).host} answered 422: not my topic.`);
  await ping(hub.url, "https://feeds.wire.example/all/atom.xml");
});

test("a hub that does not answer is tried once in a run", async () => {
  await using hub = await aServer(() => undefined);
  const ping = hubClient({ patience: 50 });
  await expect(ping(hub.url, topic)).rejects.toThrow("did not answer in time.");
  await expect(ping(hub.url, topic)).rejects.toThrow("did not answer in time. It was not tried again in this run.");
  expect(hub.asked).toHaveLength(1);
});

test("a hub that does not exist is reported as out of reach", async () => {
  const gone = await aServer(() => ({ status: 204 }));
  await gone[Symbol.asyncDispose]();
  for (const url of [gone.url, gone.url.replace("127.0.0.1", "localhost")])
    await expect(hubClient()(url, topic)).rejects.toThrow(/cannot be reached \(.*ECONNREFUSED.*\)/);
});

test("a redirect on the hub's own host is followed with the same form", async () => {
  await using hub = await aServer(({ path }) => (path === "/" ? { status: 308, headers: { location: "/hub" } } : { status: 204 }));
  await hubClient()(hub.url, topic);
  expect(hub.asked.map(({ method, path, body }) => [method, path, body.length > 0])).toEqual([
    ["POST", "/", true],
    ["POST", "/hub", true],
  ]);
});

test("a redirect to another host is not followed, and a circle ends", async () => {
  await using other = await aServer(() => ({ status: 204 }));
  await using hub = await aServer(() => ({ status: 307, headers: { location: `${other.url}/hub` } }));
  await using circle = await aServer(() => ({ status: 307, headers: { location: "/" } }));
  await expect(hubClient()(hub.url, topic)).rejects.toThrow(`redirects to another host (${other.url}/hub)`);
  expect(other.asked).toEqual([]);
  await expect(hubClient()(circle.url, topic)).rejects.toThrow("redirects too often.");
});

test("a hub without https gets nothing, unless it is on this machine", async () => {
  await expect(hubClient()("http://hub.example/", topic)).rejects.toThrow("http://hub.example/ is not https");
});

test("only the beginning of an endless answer is read, and shown as one line without control characters", async () => {
  let sent = 0;
  const flood = createServer((_, response) => {
    response.writeHead(500);
    const more = (): void => {
      for (let going = true; going; ) {
        sent += 1_000;
        going = sent < 50_000_000 && response.write(`no\n\u001b[2J\u202e${"x".repeat(1_000)}`);
      }
      if (sent < 50_000_000) response.once("drain", more);
    };
    more();
  });
  await new Promise<void>((ready) => void flood.listen(0, "127.0.0.1", ready));
  try {
    const { port } = flood.address() as AddressInfo;
    await expect(hubClient()(`http://127.0.0.1:${port}/`, topic)).rejects.toThrow(
      /^127\.0\.0\.1:\d+ answered 500: no\\u000a\\u001b\[2J\\u202ex{100,200}\.$/,
    );
    expect(sent).toBeLessThan(20_000_000);
  } finally {
    flood.closeAllConnections();
    flood.close();
  }
});

describe("from the function", () => {
  const asked = (hub: string, reach: "outside" | "outside or here" = "outside") => hubClient({ reach, patience: 200 })(hub, topic);

  test.each([
    "http://127.0.0.1:9/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://localhost/",
    "https://a.localhost./",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.1.2.3/",
    "https://172.31.0.1/",
    "https://192.168.0.1/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    "https://hub/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[2002:a9fe:a9fe::]/",
    "https://[::a9fe:a9fe]/",
    "https://hub.internal/",
    "https://hub.localdomain/",
  ])("%s gets nothing", async (hub) => {
    await expect(asked(hub)).rejects.toThrow("is this machine or in a private network, where no hub may be. Nothing was sent.");
  });

  test.each([["127.0.0.1"], ["10.0.0.1"], ["1.1.1.1", "169.254.169.254"], ["::ffff:192.168.0.1"]])(
    "nor does a name that leads to %s",
    async (...addresses) => {
      const resolve = within("outside", (_, __, callback) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        ),
      );
      const error = await new Promise((told) => void resolve("hub.example", {}, (failed) => told(failed)));
      expect(String(error)).toContain("hub.example is this machine or in a private network");
    },
  );

  test("a name that leads outside is connected at its resolved address", async () => {
    const found = [{ address: "1.1.1.1", family: 4 }];
    const resolve = within("outside", (_, __, callback) => callback(null, found));
    expect(await new Promise((told) => void resolve("hub.example", {}, (_, address) => told(address)))).toBe("1.1.1.1");
    expect(await new Promise((told) => void resolve("hub.example", { all: true }, (_, addresses) => told(addresses)))).toEqual(found);
  });

  test.each(["1.1.1.1", "2606:4700::1111", "172.32.0.1", "169.253.0.1", "100.128.0.1"])("%s is outside", (address) =>
    expect(isOutOfReach(address, "outside")).toBe(false),
  );

  test("a redirect is not followed, not even on the hub's own host", async () => {
    await using hub = await aServer(({ path }) => (path === "/" ? { status: 308, headers: { location: "/hub" } } : { status: 204 }));
    await expect(asked(hub.url, "outside or here")).rejects.toThrow("/hub, which is not followed.");
    expect(hub.asked).toHaveLength(1);
  });
});

test("the function reaches this machine only if its own S3 is there, and the command reaches any host", () => {
  expect(reachOf(false, undefined)).toBe("anywhere");
  expect(reachOf(true, undefined)).toBe("outside");
  expect(reachOf(true, "https://s3.vpce.example/")).toBe("outside");
  expect(reachOf(true, "https://10.0.0.7/")).toBe("outside");
  expect(reachOf(true, "http://127.0.0.1:4566")).toBe("outside or here");
});

test("a setting of site.yaml that leads into a private network is named", () => {
  const moved = { "/a/": "/b/", "/old/": "https://new.example/" };
  expect(leadingInside({ hub: "https://hub.example/", moved }, "outside")).toBeUndefined();
  expect(leadingInside({ moved: { ...moved, "/x/": "http://169.254.169.254/" } }, "outside")).toMatch(
    /^site\.yaml: "\/x\/" leads to http:\/\/169\.254\.169\.254\/, which/,
  );
  expect(leadingInside({ hub: "http://localhost:1/", moved }, "outside")).toMatch(/^site\.yaml: "hub" leads to/);
  expect(leadingInside({ hub: "http://localhost:1/", moved }, "anywhere")).toBeUndefined();
});

test("all pings of a run have half a minute from the first on, and at most the rest of the run", async () => {
  await using hub = await aServer(() => ({ status: 204 }));
  let time = 60_000;
  const ping = hubClient({ clock: () => time });
  await ping(hub.url, topic);
  time += 29_999;
  await ping(hub.url, topic);
  time += 1;
  await expect(ping(hub.url, topic)).rejects.toThrow("This run had no time left to ping it.");
  await expect(hubClient({ left: () => 5_000 })(hub.url, topic)).rejects.toThrow("This run had no time left to ping it.");
  expect(hub.asked).toHaveLength(2);
});

test("a pinged hub finds the new feed at its topic, with the hub named in it", async () => {
  const newsroom = await aNewsroom(someArticles(1));
  const fetched: { readonly body: string; readonly link: string | null }[] = [];
  await using hub = await aServer(async ({ body }) => {
    const named = new URL(new URLSearchParams(body).get("hub.url") ?? "");
    const answer = await fetch(`${site.address}${named.pathname}`);
    fetched.push({ body: await answer.text(), link: answer.headers.get("link") });
    return { status: answer.ok ? 202 : 404 };
  });
  const file = `${aSiteFile}hub: ${hub.url}/\n`;
  const ping = hubClient();
  const ports = {
    announcer: async (one: { readonly kind: string }): Promise<undefined> => {
      if ("topic" in one && "hub" in one) await ping(String(one.hub), String(one.topic));
    },
  };
  await newsroom.publish("2026-11-20T12:00:00Z", { site: file });
  const site = await preview(newsroom.target, { url: "https://wire.example/", feedUrl: "https://wire.example/" }, 0);
  try {
    const { announced } = await newsroom.publish("2026-11-20T12:05:00Z", { site: file, ports });
    expect(announced.map(({ kind }) => kind)).toEqual(["told", "told", "told"]);
    expect(fetched).toHaveLength(3);
    for (const { body, link } of fetched) {
      expect(body).toContain("Article 01");
      expect(link).toContain(`<${hub.url}/>; rel="hub"`);
    }
  } finally {
    await site.close();
  }
});
