import { afterAll, beforeAll, expect, test } from "vitest";
import type { Announcement } from "../../lambda/plan/manifest/manifest.ts";
import { inParallel } from "../../lambda/stores/parallel.ts";
import { aFile } from "../support/a-newsroom.ts";
import { type Places, placesIn, runOn } from "../support/faults/a-bucket-newsroom.ts";
import { type S3Server, startS3 } from "../support/s3/s3-server.ts";

const count = 2_000;
const site = `title: The Wire
url: https://wire.example/
permalink: /{slug}/
ids: { authority: wire.example, since: 2026-01-01 }
languages: [en]
hub: https://hub.example/
channels: [{ name: all, limit: 20 }, { by: section, limit: 20 }]
`;
const story = (number: number, says: Readonly<Record<string, string>> = {}, body = `The words of ${number}.`) => {
  const date = new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString();
  return aFile({ title: `Story ${number}`, date, section: `desk ${number % 10}`, ...says }, body);
};

let server: S3Server;
let places: Places;

beforeAll(async () => {
  server = await startS3({ buckets: ["wire"] });
  places = placesIn(server.client(), "wire");
  await inParallel([...Array(count).keys()], (number) => places.content.write(`${number}.md`, Buffer.from(story(number))));
  const embargo = "2026-11-20T15:00:00Z";
  await places.content.write(
    "embargoed.md",
    Buffer.from(aFile({ title: "Embargoed", date: "2026-11-20T10:00:00Z", section: "desk 3", embargo })),
  );
  await runOn(places, "2026-11-20T12:00:00Z", [], { site });
});
afterAll(() => server.close());

/** What a run asked of the server, and what it told the world. */
async function costOf(now: string) {
  server.clearRequests();
  const announced: Announcement[] = [];
  await runOn(places, now, announced, { site });
  const of = (operation: string, place: string) =>
    server.requests
      .filter((request) => request.operation === operation && request.key.startsWith(place))
      .map(({ key }) => key.slice(place.length));
  return {
    read: of("GetObject", "content/"),
    written: of("PutObject", "target/")
      .filter((key) => !key.endsWith(".gz"))
      .sort(),
    puts: [...of("PutObject", ""), ...of("CopyObject", "")].length,
    deletes: of("DeleteObject", "").length,
    published: of("GetObject", "target/"),
    told: announced.length,
    requests: server.requests.length,
  };
}

const filesOf = (...paths: readonly string[]) =>
  [
    ...paths.flatMap((path) => ["atom.xml", "feed.json", "index.html", "rss.xml"].map((file) => `${path}/${file}`)),
    "index.html",
    "status.json",
  ].sort();

test(`a second run over ${count} unchanged articles reads none, writes nothing, removes nothing and tells nobody`, async () => {
  const { requests, ...cost } = await costOf("2026-11-20T13:00:00Z");
  expect(cost).toEqual({ read: [], written: [], puts: 0, deletes: 0, published: [], told: 0 });
  process.stdout.write(`unchanged: ${requests} requests\n`);
});

test(`one article of ${count} that changed is the only one read, and only the channels that show it are written`, async () => {
  await places.content.write("1995.md", Buffer.from(story(1995, {}, "Other words.")));
  const { requests, read, written, deletes, told } = await costOf("2026-11-20T14:00:00Z");
  expect({ read, written, told }).toEqual({ read: ["1995.md"], written: filesOf("all", "section/desk-5"), told: 6 });
  // The lease, twice (the announcement takes it again), and the article as it was.
  expect(deletes).toBe(3);
  process.stdout.write(`one changed: ${requests} requests\n`);
});

test("an article that no window reaches is read when it changed, and no feed is written", async () => {
  await places.content.write("5.md", Buffer.from(story(5, {}, "Other words.")));
  const { read, written } = await costOf("2026-11-20T14:30:00Z");
  expect({ read, written }).toEqual({ read: ["5.md"], written: [] });
});

test("an embargo that ends makes its own changes, and no other article is read", async () => {
  const { read, written, told } = await costOf("2026-11-20T15:00:00Z");
  expect({ read, written, told }).toEqual({ read: ["embargoed.md"], written: filesOf("all", "section/desk-3"), told: 6 });
});
