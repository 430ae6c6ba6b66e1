import { describe, expect, test } from "vitest";
import { commit, loadState } from "../../lambda/state/state.ts";
import { aFile, aNewsroom, aSiteFile, someArticles } from "../support/a-newsroom.ts";
import { lose } from "../support/a-state.ts";
import { itemsOf } from "../support/readers/json-items.ts";
import { counted } from "../support/stores/a-counted-store.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const noon = "2026-11-20T12:00:00Z";
const later = "2026-11-20T14:00:00Z";

describe("media", () => {
  /** A picture of one pixel. */
  const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  const body = "![A pixel](pixel.png)\n\n![On the site](/there.png) ![Lost](lost.png) [Sound](/sounds/a.mp3)";
  const aGallery = async () => {
    const newsroom = await aNewsroom({ "story/a.md": aFile({ title: "Pictures", date: "2026-03-01", image: "pixel.png" }, body) });
    await newsroom.content.write("story/pixel.png", pixel);
    await newsroom.content.write("sounds/a.mp3", Buffer.from("sound"));
    return newsroom;
  };

  test("media are published once, under the hash of their bytes, and shown from there", async () => {
    const newsroom = await aGallery();
    const { prepared } = await newsroom.publish(noon);
    const media = (await newsroom.target.list("media/")).map(({ key }) => key);
    expect(media).toHaveLength(2);
    const picture = media.find((key) => key.endsWith(".png")) ?? "";
    expect(Buffer.from((await newsroom.target.read(picture))?.bytes ?? []).equals(pixel)).toBe(true);
    expect((await newsroom.target.read(picture))?.headers).toEqual({
      contentType: "image/png",
      cacheControl: "public, max-age=31536000, immutable",
    });
    const [item] = itemsOf(await newsroom.files());
    expect(item?.content_html).toContain(`src="https://wire.example/${picture}"`);
    expect(item?.content_html).toContain('src="https://wire.example/there.png"');
    expect(item).toMatchObject({ image: `https://wire.example/${picture}` });
    expect((await newsroom.files())["all/rss.xml"]).toContain('fileSize="70"');
    expect(JSON.stringify(await newsroom.files())).not.toContain("wireroom-media:");
    expect(prepared.notices.map(({ code, message }) => [code, message])).toEqual([
      [
        "file-missing",
        "The article shows story/lost.png, which is not in the content or is too large. The article is published without it.",
      ],
    ]);
  });

  test("media of an article that no document shows are neither measured nor reported as missing", async () => {
    const content = counted(memoryStore("content"));
    const newsroom = await aNewsroom(someArticles(2), { content: content.store });
    await newsroom.write("old.md", aFile({ title: "Old", date: "2020-01-01", image: "old.png" }, "![](older.png) ![](gone.png)"));
    for (const name of ["old.png", "older.png"]) await newsroom.content.write(name, pixel);
    const site = `${aSiteFile}channels: [{ name: all, limit: 2 }]\n`;
    const { prepared } = await newsroom.publish(noon, { site });
    expect(prepared.notices).toEqual([]);
    expect(content.count.read.filter((key) => key.endsWith(".png"))).toEqual([]);
    // A check reads every text.
    const checked = await newsroom.publish(later, { site, ports: { everyBody: true } });
    expect(checked.prepared.notices.map(({ code }) => code)).toEqual(["file-missing"]);
  });

  test("a JPEG named .png is published as a JPEG everywhere", async () => {
    const jpeg = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0001108000200030301110002110103110111ffd9", "hex");
    const newsroom = await aNewsroom({ "a.md": aFile({ title: "Pictures", date: "2026-03-01", image: "a.png" }, "Text.") });
    await newsroom.content.write("a.png", jpeg);
    await newsroom.publish(noon);
    const [key = ""] = (await newsroom.target.list("media/")).map((file) => file.key);
    expect(key).toMatch(/^media\/[0-9a-f]{32}\.jpg$/);
    expect((await newsroom.target.read(key))?.headers?.contentType).toBe("image/jpeg");
    const files = await newsroom.files();
    expect(files["all/rss.xml"]).toContain('type="image/jpeg"');
    expect(files["all/feed.json"]).toContain('width=\\"3\\" height=\\"2\\"');
  });

  test("a web page named .jpg is not published and not read again", async () => {
    const content = counted(memoryStore());
    const body = "![Lost](a.jpg) ![The same](/a.jpg)";
    const newsroom = await aNewsroom({ "a.md": aFile({ title: "Pictures", date: "2026-03-01" }, body) }, { content: content.store });
    await newsroom.write("a.jpg", "<!doctype html><title>Not found</title>");
    const { prepared } = await newsroom.publish(noon);
    expect(await newsroom.target.list("media/")).toEqual([]);
    const message = "The article shows a.jpg, which is not a picture but a web page. The article is published without it.";
    const hint = "Put the real file there, with the file extension of its format.";
    expect(prepared.notices).toEqual([{ kind: "notice", code: "file-mistaken", key: "a.md", message, hint }]);
    content.count.read.length = 0;
    expect((await newsroom.publish(later)).prepared.notices).toHaveLength(1);
    expect(content.count.read).toEqual([]);
    await newsroom.content.write("a.jpg", pixel);
    expect((await newsroom.publish("2026-11-20T15:00:00Z")).prepared.notices).toEqual([]);
    expect(await newsroom.target.list("media/")).toHaveLength(1);
  });

  test("media measured by an older program are measured again", async () => {
    const content = counted(memoryStore());
    const newsroom = await aNewsroom({ "story/a.md": aFile({ title: "Pictures", date: "2026-03-01" }, body) }, { content: content.store });
    await newsroom.content.write("story/pixel.png", pixel);
    await newsroom.publish(noon);
    const { catalog } = await loadState(newsroom.state);
    const media = catalog.value.media.map(({ way: _, ...medium }) => medium);
    await commit(newsroom.state, await loadState(newsroom.state), { catalog: { ...catalog.value, media } });
    content.count.read.length = 0;
    await newsroom.publish(later);
    expect(content.count.read).toEqual(["story/pixel.png"]);
  });

  test("pictures of site and channel are published from the content; if it has none, their addresses stay", async () => {
    const newsroom = await aNewsroom(someArticles(1));
    for (const key of ["logo.png", "world.png"]) await newsroom.content.write(key, Buffer.from(`\x89PNG\r\n\x1a\n${key}`, "latin1"));
    const world = "- { name: world, image: world.png }\n- { name: other, image: /elsewhere.png }\n";
    const site = `${aSiteFile}image: https://wire.example/logo.png\nicon: /icon.png\nchannels:\n- { name: all }\n${world}`;
    await newsroom.publish(noon, { site });
    const files = await newsroom.files();
    const [first = "", second = ""] = ["all", "world"].map(
      (path) => /"icon": "https:\/\/wire.example\/(.*?)"/.exec(files[`${path}/feed.json`] ?? "")?.[1],
    );
    expect([files[first], files[second]].map((bytes) => bytes?.slice(-9))).toEqual([expect.stringContaining("logo.png"), "world.png"]);
    expect(files["other/feed.json"]).toContain('"icon": "https://wire.example/elsewhere.png"');
    expect(files["all/feed.json"]).toContain('"favicon": "https://wire.example/icon.png"');
  });

  test("an address at the top of the site is also looked for in the static folders, and measured once", async () => {
    const content = counted(memoryStore());
    const story = aFile({ title: "Pictures", date: "2026-03-01", image: "/img/a.png" }, "![A](/img/a.png) ![B](../static/img/a.png)");
    const newsroom = await aNewsroom({ "posts/a.md": story }, { content: content.store });
    await newsroom.content.write("static/img/a.png", pixel);
    const site = `${aSiteFile}static: /static/\n`;
    const { prepared } = await newsroom.publish(noon, { site });
    const [item] = itemsOf(await newsroom.files());
    expect(item?.content_html?.match(/https:\/\/wire\.example\/media\/[0-9a-f]+\.png/g)).toHaveLength(2);
    expect(prepared.notices).toEqual([]);
    content.count.read.length = 0;
    await newsroom.publish(later, { site });
    expect(content.count.read).toEqual([]);
  });

  test("unchanged media are not read again, and nothing is written", async () => {
    const content = counted(memoryStore());
    const newsroom = await aNewsroom({ "story/a.md": aFile({ title: "Pictures", date: "2026-03-01" }, body) }, { content: content.store });
    await newsroom.content.write("story/pixel.png", pixel);
    await newsroom.publish(noon);
    content.count.read.length = 0;
    const { prepared } = await newsroom.publish(later);
    expect([content.count.read, prepared.changes.plan.writes, prepared.changes.plan.copies]).toEqual([[], [], []]);
    await lose(newsroom.state, "manifest");
    await lose(newsroom.state, "catalog");
    const again = await newsroom.publish(later);
    expect([again.prepared.changes.plan.writes, again.prepared.changes.plan.copies]).toEqual([[], []]);
  });

  test("a replaced picture gets another name, and its article is written again", async () => {
    const newsroom = await aGallery();
    await newsroom.publish(noon);
    const before = (await newsroom.target.list("media/")).map(({ key }) => key);
    await newsroom.content.write("story/pixel.png", Buffer.concat([pixel, Buffer.from("more")]));
    await newsroom.publish(later);
    const after = (await newsroom.target.list("media/")).map(({ key }) => key);
    const [fresh] = after.filter((key) => !before.includes(key));
    expect(after).toEqual(expect.arrayContaining(before));
    expect(itemsOf(await newsroom.files())[0]?.content_html).toContain(fresh);
  });

  test("after the target is lost, every picture that an entry shows comes back, and no entry shows one whose file is gone too", async () => {
    const names = ["changed", "gone", "lost", "same"];
    const newsroom = await aNewsroom(
      Object.fromEntries(
        names.map((name) => [`${name}.md`, aFile({ title: name, date: "2026-03-01", image: `${name}.png` }, `![](in-${name}.png)`)]),
      ),
    );
    const picture = (name: string) => newsroom.content.write(name, Buffer.concat([pixel, Buffer.from(name)]));
    for (const name of names.flatMap((each) => [`${each}.png`, `in-${each}.png`])) await picture(name);
    await newsroom.publish(noon);
    await picture("other.png");
    await newsroom.write("changed.md", aFile({ title: "changed", date: "2026-03-01" }, "![](other.png)"));
    for (const key of ["gone.md", "in-gone.png", "lost.png"]) await newsroom.remove(key);
    const grace = "2026-11-20T12:10:00Z";
    await newsroom.publish(grace);
    expect(picturesIn(await newsroom.files())).toEqual({ shown: 7, dead: [] });
    for (const { key } of await newsroom.target.list()) await newsroom.target.remove(key);
    const { prepared } = await newsroom.publish("2026-11-20T12:20:00Z");
    expect(picturesIn(await newsroom.files())).toEqual({ shown: 5, dead: [] });
    expect(prepared.notices.map(({ code, key }) => [code, key])).toEqual([
      ["file-missing", "gone.md"],
      ["file-missing", "lost.md"],
    ]);
  });

  test("a picture whose file is gone stays if somebody restored its copy, and is left out if somebody replaced it", async () => {
    const newsroom = await aGallery();
    await newsroom.publish(noon);
    await newsroom.remove("story/pixel.png");
    const [copy = ""] = (await newsroom.target.list("media/")).map(({ key }) => key).filter((key) => key.endsWith(".png"));
    const was = (await newsroom.target.read(copy))?.bytes ?? new Uint8Array();
    await newsroom.target.write(copy, was);
    await newsroom.publish(later);
    expect(picturesIn(await newsroom.files())).toEqual({ shown: 1, dead: [] });
    await newsroom.target.write(
      copy,
      Uint8Array.from(was, (byte) => byte ^ 1),
    );
    const { prepared } = await newsroom.publish("2026-11-20T16:00:00Z");
    expect(picturesIn(await newsroom.files())).toEqual({ shown: 0, dead: [] });
    expect(prepared.notices.map(({ message }) => message)).toContainEqual(expect.stringContaining("The article shows story/pixel.png"));
  });

  /** How many published pictures the feeds show, and those that are not there. */
  function picturesIn(files: Readonly<Record<string, string>>) {
    const shown = new Set(JSON.stringify(Object.values(files)).match(/media\/[0-9a-f]{32}\.png/g));
    return { shown: shown.size, dead: [...shown].filter((key) => !Object.hasOwn(files, key)) };
  }

  test("text that looks like a placeholder stays text", async () => {
    const newsroom = await aNewsroom({
      "a.md": aFile({ title: "T", date: "2026-03-01" }, "See wireroom-media:%zz;a and wireroom-media:b.png;c."),
    });
    await newsroom.publish(noon);
    expect(itemsOf(await newsroom.files())[0]?.content_html).toBe("<p>See wireroom-media:%zz;a and wireroom-media:b.png;c.</p>");
  });

  test("an article that moves with its pictures keeps its id", async () => {
    const newsroom = await aGallery();
    await newsroom.publish(noon);
    const id = itemsOf(await newsroom.files())[0]?.id;
    const text = Buffer.from((await newsroom.content.read("story/a.md"))?.bytes ?? []).toString("utf8");
    await newsroom.remove("story/a.md");
    await newsroom.write("moved/a.md", text);
    await newsroom.content.write("moved/pixel.png", pixel);
    await newsroom.publish(later);
    expect(itemsOf(await newsroom.files()).map((item) => item.id)).toEqual([id]);
  });
});
