import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { parse } from "yaml";
import { parseSite } from "../../lambda/channels/site/site-file.ts";
import { cdkPackages, planAws, writeAws } from "../../lambda/operator/init/aws/aws.ts";
import { howToDeploy } from "../../lambda/terminal/init.ts";
import { shown } from "../../lambda/terminal/screen/screen.ts";
import { aFolder, wireroom } from "../support/a-command.ts";
import { memoryStore } from "../support/stores/memory-store.ts";

const root = join(import.meta.dirname, "../..");
const siteAt = (url: string, more = "") => parseSite(`url: ${url}\n${more}`, "site.yaml");
const site = siteAt("https://news.example/");
const workflowPath = ".github/workflows/wireroom.yml";
const filesFor = async (content: string, of = site) => (await planAws({ content, site: of }, memoryStore("project"))).files;

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, string>> };
type Job = { readonly permissions: object; readonly steps: readonly Step[]; readonly environment?: string };
type Workflow = { readonly permissions: object; readonly concurrency: object; readonly jobs: Readonly<Record<string, Job>> };
const workflowFor = async (content: string, of = site) => parse((await filesFor(content, of))[workflowPath] ?? "") as Workflow;
const scriptOf = (job: Job | undefined): string => job?.steps.findLast(({ run }) => run !== undefined)?.run ?? "";

describe("the files", () => {
  it("are an app of ten lines, cdk.json, a workflow and what Git ignores", async () => {
    const files = await filesFor("content");
    expect(Object.keys(files)).toEqual(["app.mts", "cdk.json", ".gitignore", workflowPath]);
    expect(files["app.mts"]?.trimEnd().split("\n").length).toBeLessThanOrEqual(10);
    expect(JSON.parse(files["cdk.json"] ?? "")).toMatchObject({ app: "node app.mts", output: ".wireroom/cdk.out" });
  });

  it("never overwrite one that is there, or one that comes meanwhile", async () => {
    const project = memoryStore("project");
    await project.write("cdk.json", Buffer.from("{}"), {});
    const plan = await planAws({ content: "content", site }, project);
    expect(plan.left).toEqual(["cdk.json"]);
    await project.write(".gitignore", Buffer.from("mine"), {});
    const done = await writeAws(plan, project);
    expect([Object.keys(done.files), done.left]).toEqual([
      ["app.mts", workflowPath],
      ["cdk.json", ".gitignore"],
    ]);
    for (const [key, text] of [
      ["cdk.json", "{}"],
      [".gitignore", "mine"],
    ] as const)
      expect(Buffer.from((await project.read(key))?.bytes ?? []).toString()).toBe(text);
  });

  it("need the packages that the construct is tested with", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    expect(cdkPackages).toEqual(["aws-cdk", "aws-cdk-lib", "constructs"].map((name) => `${name}@${devDependencies[name]}`));
    expect(shown(howToDeploy({ files: {}, left: [], packages: cdkPackages })).filter((line) => line.startsWith("  "))).toHaveLength(3);
  });

  test.each([
    ["https://news.example/", "news-example"],
    ["https://1news.example/", "site-1news-example"],
    ["https://новости.example/", "xn-b1amnebsh-example"],
    [`https://${"a".repeat(40)}.example/`, "a".repeat(30)],
  ])("name the stack of %s after its host: %s", async (url, name) => {
    expect((await filesFor("content", siteAt(url)))["app.mts"]).toContain(`new Stack(app, "${name}",`);
  });

  test.each(["../elsewhere", "/srv/news", "s3://wire/news"])(
    "are refused for articles that are not in the project: %s",
    async (content) => {
      await expect(filesFor(content)).rejects.toThrow(`${content} is not in this folder`);
    },
  );
});

describe("the workflow", () => {
  it("has no key, and gives each job only the rights that it needs", async () => {
    const text = (await filesFor("content"))[workflowPath] ?? "";
    expect(text).not.toMatch(/secrets\.|aws-access-key|AWS_SECRET/);
    const { permissions, jobs } = await workflowFor("content");
    expect(permissions).toEqual({});
    expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
      check: { contents: "read" },
      deploy: { "id-token": "write" },
      articles: { contents: "read", "id-token": "write" },
      readers: {},
    });
  });

  it("installs packages and runs the repository's code only where there is no identity", async () => {
    const { jobs } = await workflowFor("content");
    for (const { permissions, steps } of Object.values(jobs).filter(({ permissions }) => "id-token" in permissions)) {
      expect(permissions).toHaveProperty("id-token", "write");
      for (const { run = "" } of steps) expect(run).not.toMatch(/\bnpm\b|\bnpx\b|wireroom\.js/);
    }
  });

  it("names every action by its commit, as the project's own workflow does", async () => {
    const used = [...((await filesFor("content"))[workflowPath] ?? "").matchAll(/uses: (.+)$/gm)].map(([, action = ""]) => action);
    const ours = readFileSync(join(root, workflowPath.replace("wireroom", "deploy")), "utf8");
    expect(used.length).toBeGreaterThan(8);
    for (const action of used) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      expect(ours).toContain(action);
    }
  });

  it("runs one deployment after the other, and cuts none", async () => {
    expect((await workflowFor("content")).concurrency).toEqual({
      group: `wireroom-$${"{{ github.ref }}"}`,
      "cancel-in-progress": `$${"{{ github.event_name == 'pull_request' }}"}`,
    });
  });

  it("ends with the doctor on the first feed of site.yaml; with none where every feed comes and goes", async () => {
    const channels = "channels: [{ by: tag }, { name: world, formats: [json] }]";
    expect(scriptOf((await workflowFor("content", siteAt("https://news.example/", channels))).jobs["readers"])).toContain(
      `doctor "$${"{FEEDS}"}world/feed.json"`,
    );
    const none = await workflowFor("content", siteAt("https://news.example/", "channels: [{ by: tag }]"));
    expect(Object.keys(none.jobs)).toEqual(["check", "deploy", "articles"]);
  });

  const hasJq = spawnSync("sh", ["-c", "command -v jq"]).status === 0;
  it.skipIf(!hasJq)("takes the outputs of the stack from what cdk wrote (needs jq)", async () => {
    await using folder = await aFolder();
    const outputs = { "news-example": { NewsroomContentBucketName: "bucket-1", NewsroomFeedsUrl: "https://d1.example/" } };
    writeFileSync(join(folder.path, "outputs.json"), JSON.stringify(outputs));
    const script = scriptOf((await workflowFor("content")).jobs["deploy"]);
    const env = { ...process.env, GITHUB_OUTPUT: join(folder.path, "output") };
    execFileSync("bash", ["-eo", "pipefail", "-c", script], { cwd: folder.path, env });
    expect(readFileSync(env.GITHUB_OUTPUT, "utf8")).toBe("content=bucket-1\nfeeds=https://d1.example/\n");
  });
});

describe("the upload", () => {
  /** A repository with two articles in two commits, and an `aws` that notes how it is called and which files are newer than the bucket's. */
  const uploaded = async (content: string, bucketHolds: "nothing" | "the first commit") => {
    await using folder = await aFolder();
    const at = (name: string) => join(folder.path, name);
    const git = (...words: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@wire.example", ...words], {
        cwd: folder.path,
        encoding: "utf8",
      }).trim();
    mkdirSync(at(join(content, "world")), { recursive: true });
    git("init", "-q");
    for (const name of ["old.md", "gone.md", "world/éa b.md"]) writeFileSync(at(join(content, name)), "first");
    git("add", ".");
    git("commit", "-qm", "first");
    const first = git("rev-parse", "HEAD");
    writeFileSync(at(join(content, "world/éa b.md")), "secnd");
    git("rm", "-q", join(content, "gone.md"));
    git("commit", "-qam", "second");
    const bin = `#!/bin/sh\necho "$@" >>"$CALLS"\ncase "$*" in *" -") if [ -n "$HELD" ]; then echo "$HELD"; else exit 1; fi;; "s3 cp - "*) cat >>"$CALLS";; esac\n`;
    await using tools = await aFolder();
    writeFileSync(join(tools.path, "aws"), bin, { mode: 0o755 });
    const calls = join(tools.path, "calls");
    const env = {
      ...process.env,
      PATH: `${tools.path}:${process.env["PATH"]}`,
      BUCKET: "wire",
      CALLS: calls,
      HELD: bucketHolds === "nothing" ? "" : first,
    };
    const script = scriptOf((await workflowFor(content)).jobs["articles"]);
    const { status } = spawnSync("bash", ["-eo", "pipefail", "-c", script], { cwd: folder.path, env });
    const isNew = (name: string) => statSync(at(join(content, name))).mtimeMs > 0;
    return { status, head: git("rev-parse", "HEAD"), calls: readFileSync(calls, "utf8"), new: ["old.md", "world/éa b.md"].filter(isNew) };
  };

  it("takes every file when the bucket holds none, and then notes the commit", async () => {
    const { status, calls, head, new: files } = await uploaded("content", "nothing");
    expect([status, files]).toEqual([0, ["old.md", "world/éa b.md"]]);
    expect(calls).toMatch(/^s3 sync content s3:\/\/wire --delete --exclude \.\* --exclude \*\/\.\*$/m);
    expect(calls.endsWith(`s3 cp - s3://wire/.commit\n${head}\n`)).toBe(true);
  });

  it("takes only what has changed since the commit that the bucket holds, also of the same size", async () => {
    expect(await uploaded("content", "the first commit")).toMatchObject({ status: 0, new: ["world/éa b.md"] });
  });

  it("leaves npm's files out where the articles are beside them, and takes a folder of any name", async () => {
    expect((await uploaded(".", "the first commit")).calls).toContain(" --exclude node_modules/* --exclude package.json ");
    expect(await uploaded("the news' $(id)", "the first commit")).toMatchObject({ status: 0, new: ["world/éa b.md"] });
  });
});

describe("the command", () => {
  it("asks first, writes with --yes, and names what it leaves", async () => {
    await using folder = await aFolder();
    const cwd = folder.path;
    expect(await wireroom(["init", "--aws"], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("has no site.yaml. Run npx wireroom init first."),
    });
    await wireroom(["init", "--yes"], { cwd });
    expect(await wireroom(["init", "--aws"], { cwd })).toMatchObject({ code: 1, stdout: expect.stringContaining("Nothing was written.") });
    expect(await wireroom(["init", "--aws", "--yes"], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Wrote app.mts, cdk.json"),
    });
    expect(await wireroom(["init", "--aws"], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Left as they are:\n  app.mts"),
    });
    expect(await wireroom(["check", "--strict"], { cwd })).toMatchObject({ code: 0 });
  });
});
