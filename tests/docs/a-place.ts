import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { aLog } from "../operator/proof/a-log.ts";

const root = join(import.meta.dirname, "../..");

/** What npm says where nothing may be fetched, and no news are told. */
const quiet = { npm_config_offline: "true", npm_config_audit: "false", npm_config_fund: "false", npm_config_update_notifier: "false" };

/** The environment of a reader at a console, with the Node of the tests, and nobody who answers. */
export function readersEnvironment(): Readonly<Record<string, string | undefined>> {
  const { CI, NO_COLOR, FORCE_COLOR, VITEST, NODE_OPTIONS, NODE_ENV, ...rest } = process.env;
  const given = Object.fromEntries(Object.entries(rest).filter(([name]) => !/^(?:npm_|AWS_|WIREROOM_|VITEST)/.test(name)));
  return { ...given, ...quiet, PATH: `${dirname(process.execPath)}:${rest["PATH"]}`, LC_ALL: "C.UTF-8", TZ: "UTC" };
}

/** The places of the pages, each an own folder below one that is removed in the end. */
export function readersPlaces(): {
  readonly placeFor: (where: string) => string;
  readonly [Symbol.dispose]: () => void;
} {
  const home = mkdtempSync(join(tmpdir(), "wireroom-docs-"));
  let count = 0;
  let packed: string | undefined;

  const clone = (): string => {
    count += 1;
    const folder = join(home, `${count}`, "wireroom");
    const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" });
    for (const file of files.split("\0").filter((name) => name !== "" && existsSync(join(root, name)))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      copyFileSync(join(root, file), join(folder, file));
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    return folder;
  };
  /** Packs once, in a clone: two tests that pack in one folder would take each other's dist/ away. */
  const tarball = (): string => {
    if (packed === undefined) {
      const cwd = clone();
      execFileSync("npm", ["pack"], { cwd, env: readersEnvironment(), stdio: ["ignore", "ignore", "pipe"] });
      packed = join(cwd, "wireroom-0.1.0.tgz");
    }
    return packed;
  };
  /** The package as npm installs it, for folders of which the page does not tell how. */
  const installed = (): string => {
    const folder = join(home, "installed");
    if (!existsSync(folder)) {
      mkdirSync(folder);
      execFileSync("tar", ["-xzf", tarball(), "-C", folder]);
    }
    return join(folder, "package");
  };
  const newFolder = (isInstalled: boolean): string => {
    count += 1;
    const folder = join(home, `${count}`, "my-newsroom");
    mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
    if (isInstalled) {
      symlinkSync(installed(), join(folder, "node_modules", "wireroom"));
      symlinkSync("../wireroom/dist/wireroom.js", join(folder, "node_modules", ".bin", "wireroom"));
      return folder;
    }
    rmSync(join(folder, "node_modules"), { recursive: true });
    copyFileSync(tarball(), join(folder, "wireroom-0.1.0.tgz"));
    return folder;
  };

  return {
    placeFor: (where) => {
      const tree = / with (\w+)$/.exec(where)?.[1];
      const folder = where.startsWith("in a clone") ? clone() : newFolder(tree !== undefined);
      if (tree === undefined) return folder;
      const from = join(import.meta.dirname, "trees", tree);
      if (existsSync(join(from, "content"))) rmSync(join(folder, "content"), { recursive: true, force: true });
      cpSync(from, folder, { recursive: true });
      if (tree === "wire") writeLogs(join(folder, "logs"));
      return folder;
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** A day of access logs for the pages that read them. */
function writeLogs(folder: string): void {
  const rss = "/partners/msn-uk/rss.xml";
  const lines = [
    ["2026-11-21T08:00:00Z", rss, 200, "MSN/1.0"],
    ["2026-11-22T08:00:00Z", rss, 401, "MSN/1.0"],
    ["2026-11-22T08:05:00Z", rss, 304, "MSN/1.0"],
    ["2026-11-22T09:00:00Z", "/all/rss.xml", 200, "Feedbin feed-id:1 - 25 subscribers"],
    ["2026-11-23T08:00:00Z", rss, 200, "MSN/1.0"],
  ] as const;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "2026-11-21.parquet"), aLog(lines));
}

/** What `npm install` would fetch from the registry, taken from the packages of the project: "aws-cdk-lib@2.276.0". */
export function takeInstalled(folder: string, command: string): void {
  for (const [, name = ""] of command.matchAll(/ ((?:@[\w-]+\/)?[\w-]+)@[\d.]+(?= |$)/g)) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(join(root, "node_modules", name), link);
    const bin = join(folder, "node_modules", ".bin", "cdk");
    mkdirSync(dirname(bin), { recursive: true });
    if (name === "aws-cdk" && !existsSync(bin)) symlinkSync(join(root, "node_modules", ".bin", "cdk"), bin);
  }
}
