import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { threadsOf } from "../../../lib/bundle/command.ts";
import { root } from "../synthesis.ts";

type Manifest = Readonly<Record<string, unknown>>;

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

describe("the package", () => {
  it("installs nothing beside itself: every library is in its bundles, and CDK is there only where somebody deploys", () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.peerDependenciesMeta).toEqual({ "aws-cdk-lib": { optional: true }, constructs: { optional: true } });
    expect(Object.keys(manifest.peerDependencies as object)).toEqual(["aws-cdk-lib", "constructs"]);
  });

  it("can be published, and has a command", () => {
    expect(manifest).toMatchObject({ name: "wireroom", bin: { wireroom: "dist/wireroom.js" } });
    expect(manifest.private).toBeUndefined();
  });
});

describe("a file that is started by its address is built beside the file that starts it", () => {
  it.each([
    ["run/a.ts", 'new Worker(new URL("./thread.ts", import.meta.url), {})', ["run/thread.ts"]],
    ["run/a.ts", 'const file = new URL("./x.ts", import.meta.url);\nnew URL("./y.ts", import.meta.url);', ["run/x.ts", "run/y.ts"]],
    ["run/a.ts", 'new URL("./x.ts", site.url); import("./z.ts")', []],
  ])("%s: %s", (file, text, threads) => {
    expect(threadsOf(new Map([[file, text]]))).toEqual(threads);
  });
});
