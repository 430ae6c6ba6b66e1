import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../../../lambda/operator/run.ts";
import { desk } from "../../../lambda/preview/desk/desk.ts";
import { accessLogs } from "../../../lambda/preview/desk/reading/access-logs.ts";
import { preview } from "../../../lambda/preview/preview.ts";
import { settingsOf } from "../../../lambda/settings.ts";
import { openStore } from "../../../lambda/stores/open/open.ts";
import { aLog, type Logged } from "../../operator/proof/a-log.ts";
import { aFolder } from "../../support/a-command.ts";

/** A newsroom in a folder, published at will, and its desk as `wireroom preview` serves it. */
export type ADesk = AsyncDisposable & {
  readonly folder: string;
  readonly logs: string;
  readonly address: string;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  readonly remove: (...names: readonly string[]) => Promise<void>;
  readonly publish: (now?: string) => Promise<void>;
  /** Only the clock goes on. */
  readonly wait: (now: string) => void;
  /** A page of the desk, by its path and parameters. */
  readonly page: (path: string) => Promise<string>;
};

/** `logs`: files of access logs that the desk reads. */
export async function aDesk(files: Readonly<Record<string, string>>, logs?: readonly (readonly Logged[])[]): Promise<ADesk> {
  const folder = await aFolder();
  let clock = "2026-04-01T09:00:00Z";
  const settings = () => settingsOf({ content: folder.path, now: clock }, () => new Date(clock));
  const order = { time: 600_000, tell: () => {} };
  const write = async (more: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(more)) {
      await mkdir(dirname(join(folder.path, name)), { recursive: true });
      await writeFile(join(folder.path, name), text);
    }
  };
  await write(files);
  const { target, site } = await settings();
  const place = join(folder.path, ".logs");
  await mkdir(place);
  for (const [index, lines] of (logs ?? []).entries()) await writeFile(join(place, `${index}.parquet`), aLog(lines));
  const read = logs === undefined ? {} : { logs: accessLogs(openStore(place), 60_000) };
  const seen = desk({ real: settings, served: target, flags: { content: folder.path }, order, ...read });
  const server = await preview(target, site, 0, { desk: seen });
  return {
    folder: folder.path,
    logs: place,
    address: server.address,
    write,
    remove: async (...names) => {
      for (const name of names) await rm(join(folder.path, name));
    },
    publish: async (now = clock) => {
      clock = now;
      await run({ command: "publish", allow: [], ...order }, await settings());
    },
    wait: (now) => {
      clock = now;
    },
    page: async (path) => (await fetch(`${server.address}/-/${path}`)).text(),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
