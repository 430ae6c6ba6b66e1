import type { S3Client } from "@aws-sdk/client-s3";
import { parseSite } from "../../../lambda/channels/site/site-file.ts";
import type { Announcement } from "../../../lambda/plan/manifest/manifest.ts";
import { untilFresh } from "../../../lambda/plan/outbox.ts";
import { announceDue } from "../../../lambda/run/announce.ts";
import { publish } from "../../../lambda/run/pipeline.ts";
import type { Ports } from "../../../lambda/run/ports.ts";
import type { Published } from "../../../lambda/run/prepared.ts";
import { s3Store } from "../../../lambda/stores/s3/s3.ts";
import type { Key, Store } from "../../../lambda/stores/store.ts";
import { aFile } from "../a-newsroom.ts";

/** The three places of a newsroom. */
export type Places = Readonly<Record<"content" | "target" | "state", Store>>;

/** `bucket` has all three, each below a prefix of its name. */
export function placesIn(client: S3Client, bucket: string, prefix = ""): Places {
  const at = (name: string) => s3Store({ bucket, prefix: `${prefix}${name}`, client });
  return { content: at("content"), target: at("target"), state: at("state") };
}

/** Files by key; `undefined` deletes the file. */
export type Events = Readonly<Record<Key, string | Uint8Array | undefined>>;

export const eventfulSite = `title: The Wire
url: https://wire.example/
permalink: /{slug}/
ids: { authority: wire.example, since: 2026-01-01 }
languages: [ru, en]
hub: https://hub.example/
pages: true
channels: [{ name: all, limit: 2, archive: monthly }, { by: tag }]
`;

const story = (day: string, says: Readonly<Record<string, string>> = {}, body = `The words of ${day}.`) =>
  aFile({ title: `Story ${day}`, date: `2026-${day}T09:00:00Z`, ...says }, body);
const picture = (says: string) => Buffer.from(`\x89PNG\r\n\x1a\n${says}`, "latin1");

/** The first content: dated and undated articles over three months, one with a picture. */
export const beginning: Events = {
  "kept.md": story("03-01"),
  "moved.md": story("03-02"),
  "canceled.md": story("04-01", { tags: "tea" }),
  "edited.md": story("05-01", { tags: "tea" }),
  "pictured.md": story("05-02", {}, "![A picture](picture.png)"),
  "note.md": "# A note\n\nWithout a date.\n",
  "picture.png": picture("first"),
};

/** The later changes: an edit, a move, a withdrawal, a new undated article, another picture. */
export const events: Events = {
  "moved.md": undefined,
  "elsewhere/moved.md": story("03-02"),
  "canceled.md": story("04-01", { tags: "tea", status: "canceled", reason: "It was not so." }),
  "edited.md": story("05-01", { tags: "tea" }, "Other words."),
  "news.md": "# News\n\nWithout a date, too.\n",
  "picture.png": picture("second"),
};

export async function change(content: Store, files: Events): Promise<void> {
  for (const [key, file] of Object.entries(files)) {
    if (file === undefined) await content.remove(key);
    else await content.write(key, typeof file === "string" ? Buffer.from(file) : file);
  }
}

/** One run, as a door starts it, and the reminder that calls when its pings are due. */
export async function runOn(
  places: Places,
  now: string,
  announced: Announcement[],
  says: Partial<Ports> & { readonly site?: string; readonly allow?: readonly string[] } = {},
): Promise<Published> {
  const { site = eventfulSite, allow = [], ...given } = says;
  const moment = new Date(now).toISOString();
  const ports: Ports = {
    ...places,
    places: { content: "content", target: "target" },
    now: moment,
    program: "test",
    holder: crypto.randomUUID(),
    tell: () => {},
    announcer: async (announcement) => void announced.push(announcement),
    elapsed: () => 0,
    distribution: "EDGE",
    ...given,
  };
  const published = await publish(ports, parseSite(site, "site.yaml"), allow);
  await announceDue({ ...ports, now: new Date(Date.parse(moment) + untilFresh).toISOString() });
  return published;
}
