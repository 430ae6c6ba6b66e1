import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../synthesis.ts";

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

const home = await mkdtemp(join(tmpdir(), "wireroom-package-"));
afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs a program with the Node of a folder first in the path. */
async function ran(cwd: string, bin: string, program: string, ...words: readonly string[]): Promise<Ended> {
  const env = { ...process.env, PATH: [bin, process.env["PATH"]].join(delimiter) };
  try {
    return { code: 0, ...(await promisify(execFile)(program, [...words], { cwd, env, maxBuffer: 64 << 20 })) };
  } catch (error) {
    return error as Ended;
  }
}

const own = dirname(process.execPath);
const packed = await ran(root, own, "npm", "pack", "--json", "--pack-destination", home);
if (packed.code !== 0) throw new Error(packed.stderr);
const [{ filename, files, size }] = JSON.parse(packed.stdout) as [
  { readonly filename: string; readonly size: number; readonly files: readonly { readonly path: string }[] },
];
const tarball = join(home, filename);
const dist = join(root, "dist");

/** The folder of a Node's program, as npm has it; undefined: npm cannot get it here. */
async function nodeOf(version: string): Promise<string | undefined> {
  const folder = join(home, `node-${version}`);
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), "{}");
  const got = await ran(folder, own, "npm", "install", `node@${version}`, "--prefer-offline");
  return got.code === 0 ? join(folder, "node_modules", "node", "bin") : undefined;
}

describe("the tarball", () => {
  it("holds programs, types, docs and licences: no test, no source map, no source", () => {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["dist/wireroom.js", "dist/lambda/command/cli.js", "dist/lambda/function/handler.mjs"]));
    expect(paths).toEqual(
      expect.arrayContaining(["LICENSE", "dist/THIRD-PARTY-LICENSES.txt", "dist/lambda/edge/edge.js", "dist/lib/wireroom.d.ts"]),
    );
    expect(
      paths.filter(
        (path) => !/^(dist\/|docs\/(?:partners\/)?[\w-]+\.md$|docs\/partners\/follow\.mjs$|README\.md$|LICENSE$|package\.json$)/.test(path),
      ),
    ).toEqual([]);
    expect(paths.filter((path) => /\.map$|(?<!\.d)\.ts$|test/.test(path))).toEqual([]);
    expect(size).toBeLessThan(3_000_000);
  });

  it("holds no path of the machine that built it", async () => {
    const programs = (await readdir(dist, { recursive: true })).filter((name) => /\.(m?js|ts)$/.test(name));
    for (const name of programs) expect(await readFile(join(dist, name), "utf8"), name).not.toContain(root);
  });

  it("holds each thread beside the program that starts it", async () => {
    const folder = join(dist, "lambda", "command");
    const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")));
    const started = texts.flatMap((text) => [...text.matchAll(/new URL\("\.\/([^"]+)",import\.meta\.url\)/g)].map(([, name = ""]) => name));
    expect(started.length).toBeGreaterThan(0);
    for (const name of started) {
      const thread = new Worker(join(folder, name));
      await new Promise((online, failed) => thread.once("online", online).once("error", failed));
      await thread.terminate();
    }
  });
});

describe.each(["22", "24", "26"])("with Node %s, in an empty folder", async (version) => {
  const node = await nodeOf(version);
  const folder = join(home, `newsroom-${version}`);

  it.skipIf(node === undefined)("installs, explains itself, starts a newsroom and publishes it (needs that Node from npm)", async () => {
    const bin = node ?? "";
    await mkdir(folder);
    expect((await ran(folder, bin, "node", "--version")).stdout).toMatch(new RegExp(`^v${version}\\.`));
    expect(await ran(folder, bin, "npm", "init", "-y")).toMatchObject({ code: 0 });
    expect(await ran(folder, bin, "npm", "install", "--offline", tarball)).toMatchObject({ code: 0 });
    expect((await readdir(join(folder, "node_modules"))).filter((name) => !name.startsWith("."))).toEqual(["wireroom"]);

    const help = await ran(folder, bin, "npx", "wireroom", "--help");
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining("publish") });
    expect(await ran(folder, bin, "npx", "wireroom", "init", "--yes")).toMatchObject({ code: 0 });
    const started = await ran(folder, bin, "npx", "wireroom", "start", "--once");
    expect(started).toMatchObject({ code: 0, stdout: expect.stringContaining("2 published") });
    const feed = join(folder, ".wireroom", "preview", "all", "rss.xml");
    expect(await readFile(feed, "utf8")).toContain("<title>The first story</title>");

    // More articles than one thread is worth.
    for (let count = 0; count < 250; count += 1)
      await writeFile(
        join(folder, "content", `story-${count}.md`),
        `---\ntitle: Story ${count}\ndate: 2026-03-01\n---\n\nText ${count}.\n`,
      );
    const published = await ran(folder, bin, "npx", "wireroom", "publish", "--json");
    expect(published).toMatchObject({ code: 0 });
    expect((JSON.parse(published.stdout) as { readonly articles: unknown }).articles).toMatchObject({ published: 252 });
  });
});

describe("a CDK app in the folder of an installed package", async () => {
  const folder = join(home, "app");
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await ran(folder, own, "npm", "install", "--offline", "--no-save", tarball);
  for (const name of ["aws-cdk-lib", "constructs", "cdk-nag", "@types"])
    await symlink(join(root, "node_modules", name), join(folder, "node_modules", name));
  const cdk = join(root, "node_modules", ".bin", "cdk");
  const documented = /```ts[^\n]*\n(.*?)```/s.exec(await readFile(join(root, "docs", "cdk.md"), "utf8"))?.[1] ?? "";
  const nag = `import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
`;
  const twoStacks = documented
    .replace(
      /const stack = .*/,
      'const [one, two] = ["us-east-1", "eu-west-1"].map((region) => new Stack(app, region, { env: { region } })) as [Stack, Stack];',
    )
    .replace("Wireroom(stack", "Wireroom(one")
    .replace("Wireroom(stack", "Wireroom(two");
  const offline = ["HTTPS_PROXY=http://127.0.0.1:9", "HTTP_PROXY=http://127.0.0.1:9"];
  const synthesised = (where: string, ...words: readonly string[]) =>
    ran(where, own, "env", ...offline, cdk, "synth", "--quiet", "--strict", ...words);

  it.each([
    ["one stack", documented, ["News"]],
    ["two stacks in two regions", twoStacks, ["us-east-1", "eu-west-1"]],
  ])("synthesises two newsrooms in %s offline, without a finding of cdk-nag, a warning or a build", async (_, app, stacks) => {
    expect(app.trim().split("\n").length).toBeLessThanOrEqual(10);
    await writeFile(join(folder, "app.ts"), app + nag);
    const made = await synthesised(folder, "--app", "node app.ts");
    expect([made.code, made.stderr]).toEqual([0, expect.not.stringMatching(/warning|error/i)]);
    const { pluginReports } = JSON.parse(await readFile(join(folder, "cdk.out", "validation-report.json"), "utf8")) as {
      readonly pluginReports: unknown;
    };
    expect(pluginReports).toEqual([]);
    const names = await readdir(join(folder, "cdk.out"));
    for (const stack of stacks) expect(names).toContain(`${stack}.template.json`);
    const bundles = await Promise.all(
      names.filter((name) => name.startsWith("asset.")).map((name) => readdir(join(folder, "cdk.out", name))),
    );
    expect(bundles.filter((files) => files.includes("handler.mjs"))).toHaveLength(1);
  });

  it("synthesises what init --aws writes, and a second newsroom beside it, offline and without a finding of cdk-nag", async () => {
    const newsroom = join(home, "herald");
    await mkdir(newsroom);
    await ran(newsroom, own, "npm", "init", "-y");
    await ran(newsroom, own, "npm", "install", "--offline", tarball);
    for (const name of ["aws-cdk-lib", "constructs", "cdk-nag"])
      await symlink(join(root, "node_modules", name), join(newsroom, "node_modules", name));
    for (const words of [["--site-url", "https://herald.example/"], ["--aws"]])
      expect(await ran(newsroom, own, "npx", "wireroom", "init", "--yes", ...words)).toMatchObject({ code: 0 });
    const app = await readFile(join(newsroom, "app.mts"), "utf8");
    expect(app.trim().split("\n").length).toBeLessThanOrEqual(10);
    await writeFile(join(newsroom, "app.mts"), `${app}new Wireroom(stack, "Courier");\n${nag}`);
    const made = await synthesised(newsroom);
    expect([made.code, made.stderr]).toEqual([0, expect.not.stringMatching(/warning|error/i)]);
    const read = async (name: string) => JSON.parse(await readFile(join(newsroom, ".wireroom", "cdk.out", name), "utf8")) as object;
    expect(await read("validation-report.json")).toMatchObject({ pluginReports: [] });
    expect(await read("herald-example.template.json")).toMatchObject({
      Outputs: { NewsroomContentBucketName: {}, NewsroomFeedsUrl: {}, CourierContentBucketName: {}, CourierFeedsUrl: {} },
    });
  });

  it("has types", async () => {
    await writeFile(join(folder, "app.ts"), documented);
    const options = { strict: true, noEmit: true, module: "nodenext", target: "es2024", types: ["node"], skipLibCheck: true };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["app.ts"] }));
    const tsc = join(root, "node_modules", ".bin", "tsc");
    expect(await ran(folder, own, tsc, "-p", folder)).toMatchObject({ code: 0, stdout: "" });
    await writeFile(join(folder, "app.ts"), documented.replace("logDays: 90", 'logDays: "90"'));
    expect(await ran(folder, own, tsc, "-p", folder)).toMatchObject({ stdout: expect.stringContaining("app.ts(7") });
  });
});

it("says in one sentence which Node it needs, and exits with 2, where the Node is older", async () => {
  const older = join(home, "older.mjs");
  const start = join(dist, "wireroom.js");
  await writeFile(
    older,
    `Object.defineProperty(process.versions, "node", { value: "20.20.2" });\nawait import(${JSON.stringify(start)});\n`,
  );
  expect(await ran(home, own, "node", older)).toMatchObject({
    code: 2,
    stderr: "wireroom needs Node 22.22, 24 or newer, and this is Node 20.20.2.\n",
  });
  const { code, stdout } = await ran(home, own, "node", older, "--json");
  expect([code, JSON.parse(stdout)]).toMatchObject([2, { outcome: "failed", exitCode: 2, error: { kind: "usage" } }]);
});
