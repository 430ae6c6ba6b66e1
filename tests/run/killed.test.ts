import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { wireroom } from "../support/a-command.ts";
import { aDesk } from "../support/a-desk.ts";
import { aFile, aSiteFile, someArticles } from "../support/a-newsroom.ts";

const lambda = resolve(import.meta.dirname, "../../lambda");
const of = (file: string) => JSON.stringify(pathToFileURL(join(lambda, file)).href);
/** Takes the lease as a run of the command for a moment long ago does, and never ends. */
const writing = `
import { settingsOf } from ${of("settings.ts")};
import { underLease } from ${of("run/process/lease.ts")};
const settings = await settingsOf({ content: "content", to: "site", now: "2026-01-01" }, () => new Date());
await underLease({ ...settings, elapsed: () => 0 }, () => new Promise(() => setInterval(() => console.log("writing"), 10)));`;

test.skipIf(!existsSync("/proc/self/stat"))(
  "a killed run delays neither the next run of its machine nor a withdrawal (needs Linux)",
  async () => {
    await using desk = await aDesk({ "site.yaml": aSiteFile, ...someArticles(2) });
    const places = ["--content", join(desk.path, "content"), "--to", join(desk.path, "site")];
    const lease = join(desk.path, "site.state", "lease.json");
    const killedOne = async () => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", writing], {
        cwd: desk.path,
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      const busy = await wireroom(["publish", ...places]);
      expect([busy.code, busy.stdout]).toEqual([1, "Another run is writing. This run did nothing; run again.\n"]);
      child.kill("SIGKILL");
      await once(child, "exit");
      expect(existsSync(lease)).toBe(true);
    };
    await killedOne();
    expect((await wireroom(["publish", ...places])).code).toBe(0);
    await desk.write("a-01.md", aFile({ title: "Anew", date: "2026-03-01T09:00:00Z" }));
    await killedOne();
    const canceled = await wireroom(["cancel", "a-02.md", ...places]);
    expect([canceled.code, canceled.stderr, existsSync(lease)]).toEqual([0, "", false]);
  },
);
