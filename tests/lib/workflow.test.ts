import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { aFolder } from "../support/a-command.ts";
import { root } from "./synthesis.ts";

type Job = {
  readonly if?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, string>> }[];
};
type Workflow = { readonly permissions: unknown; readonly jobs: Readonly<Record<string, Job>> };

const text = readFileSync(join(root, ".github", "workflows", "deploy.yml"), "utf8");
const { permissions, jobs } = parse(text) as Workflow;
const scripts = Object.keys((JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object }).scripts);

const withIdentity = Object.entries(jobs).filter(([, job]) => job.permissions?.["id-token"] === "write");

describe("the workflow", () => {
  it("has no key: it reaches AWS through a role, with GitHub's identity", () => {
    expect(text).not.toMatch(/secrets\.|aws-access-key|AWS_SECRET/);
    expect(withIdentity.map(([name]) => name)).toEqual(["deployed", "deploy"]);
    for (const [, { steps }] of withIdentity) {
      const credentials = steps.find(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
      expect(credentials?.with?.["role-to-assume"]).toMatch(/^\$\{\{ vars\.AWS_\w+_ROLE \}\}$/);
    }
    expect([permissions, jobs.test?.permissions]).toEqual([{ contents: "read" }, undefined]);
  });

  it("installs and synthesises without an identity, and passes on the result", () => {
    const made = /npm (install|ci|i)\b|npx |\bsynth\b|npm test/;
    for (const [name, { steps }] of withIdentity) for (const { run = "" } of steps) expect(run, name).not.toMatch(made);
    expect(jobs.test?.steps.map(({ run }) => run)).toEqual(expect.arrayContaining(["npm install", "npm run synth"]));
    expect(jobs.test?.steps.at(-1)?.with).toMatchObject({ name: "synthesised", path: "cdk.out\nnode_modules/aws-cdk\n" });
    for (const [, { steps }] of withIdentity) expect(steps.some(({ with: given }) => given?.["name"] === "synthesised")).toBe(true);
  });

  it("runs no code of a pull request with an identity, and has none in the job that compares", () => {
    const { deployed, diff } = jobs;
    expect(deployed?.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))).toEqual([]);
    for (const { run = "" } of deployed?.steps ?? []) expect(run).not.toMatch(/\bnode\b|node_modules|\bcdk (diff|deploy)\b/);
    expect(deployed?.permissions).toEqual({ "id-token": "write" });
    expect(diff?.permissions).toEqual({});
    expect(diff?.steps.at(-1)?.run).toContain("cdk diff");
  });

  it("uses the reading role only for templates", () => {
    const asked = [...(jobs.deployed?.steps.map(({ run = "" }) => run).join("\n") ?? "").matchAll(/\baws ([a-z0-9]+ [a-z-]+)/g)].map(
      ([, words]) => words,
    );
    expect(asked).toEqual(["cloudformation get-template"]);
  });

  it("names every action by its commit, with the version beside it", () => {
    const uses = [...text.matchAll(/uses: (\S+)(.*)$/gm)].map(([, action = "", comment = ""]) => ({ action, comment }));
    expect(uses.length).toBeGreaterThan(8);
    for (const { action, comment } of uses) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
  });

  it("deploys only main, with the command that plans first, after the tests", () => {
    const deploying = Object.entries(jobs).filter(([, { steps }]) => steps.some(({ run }) => /\bdeploy\b/.test(run ?? "")));
    expect(deploying.map(([name]) => name)).toEqual(["deploy"]);
    expect(jobs.deploy).toMatchObject({ needs: "test", if: expect.stringContaining("github.ref == 'refs/heads/main'") });
    expect(jobs.deploy?.steps.at(-1)?.run).toMatch(/^npm run deploy -- --app cdk\.out /);
  });

  it("ends with the doctor on the feed that the deployment named, without an identity", () => {
    expect(jobs["readers"]).toMatchObject({ needs: "deploy", if: "needs.deploy.outputs.feed != ''" });
    expect(jobs["readers"]?.permissions).toBeUndefined();
    expect(jobs["readers"]?.steps.at(-1)?.run).toBe('npm run wireroom -- doctor "$FEED"');
  });

  it("calls only existing scripts", () => {
    const called = [...text.matchAll(/npm (?:run )?([\w-]+)/g)]
      .map(([, script = ""]) => script)
      .filter((script) => !["install", "test"].includes(script));
    expect(called.filter((script) => !scripts.includes(script) && script !== "cache")).toEqual([]);
  });
});

describe("the plan step of the workflow", () => {
  const script = jobs.deployed?.steps.find(({ run }) => run?.includes("get-template"))?.run ?? "";
  const has = (command: string) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;

  it.skipIf(!has("jq"))("takes the deployed template of each stack in its region, and none of a missing stack (needs jq)", async () => {
    await using folder = await aFolder();
    const artifacts = {
      Tree: { type: "cdk:tree" },
      Wireroom: { type: "aws:cloudformation:stack", environment: "aws://unknown-account/unknown-region" },
      "Wireroom-Edge": { type: "aws:cloudformation:stack", environment: "aws://unknown-account/us-east-1" },
      "--odd": { type: "aws:cloudformation:stack", environment: "aws://unknown-account/us-east-1" },
    };
    await mkdir(join(folder.path, "cdk.out"));
    await writeFile(join(folder.path, "cdk.out", "manifest.json"), JSON.stringify({ artifacts }));
    const aws =
      '#!/bin/sh\necho "$@" >>called\ncase "$*" in *-Edge*) echo "Stack does not exist" >&2; exit 254;; esac\necho \'{"Resources":{}}\'\n';
    await writeFile(join(folder.path, "aws"), aws, { mode: 0o755 });
    const env = { PATH: `${folder.path}:${process.env["PATH"]}`, AWS_REGION: "eu-central-1" };
    expect(spawnSync("bash", ["-eo", "pipefail", "-c", script], { cwd: folder.path, env }).status).toBe(0);
    const written = await Promise.all(
      ["Wireroom", "Wireroom-Edge"].map((name) => readFile(join(folder.path, "deployed", `${name}.json`), "utf8")),
    );
    expect(written).toEqual(['{"Resources":{}}\n', "{}\n"]);
    const called = await readFile(join(folder.path, "called"), "utf8");
    expect(called).toContain("--stack-name Wireroom --region eu-central-1 ");
    expect(called).toContain("--stack-name Wireroom-Edge --region us-east-1 ");
    expect(called).not.toContain("odd");
  });
});
