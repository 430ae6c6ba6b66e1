import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
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

describe("the workflow", () => {
  it("keeps no key: AWS is reached by a role, for which GitHub vouches", () => {
    expect(text).not.toMatch(/secrets\.|aws-access-key|AWS_SECRET/);
    for (const name of ["diff", "deploy"]) {
      const credentials = jobs[name]?.steps.find(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
      expect(credentials?.with?.["role-to-assume"]).toMatch(/^\$\{\{ vars\.AWS_\w+_ROLE \}\}$/);
      expect(jobs[name]?.permissions).toEqual({ contents: "read", "id-token": "write" });
    }
    expect([permissions, jobs.test?.permissions]).toEqual([{ contents: "read" }, undefined]);
  });

  it("deploys main alone, by the command that looks first, after the tests", () => {
    const deploying = Object.entries(jobs).filter(([, { steps }]) => steps.some(({ run }) => /\bdeploy\b/.test(run ?? "")));
    expect(deploying.map(([name]) => name)).toEqual(["deploy"]);
    expect(jobs.deploy).toMatchObject({ needs: "test", if: expect.stringContaining("github.ref == 'refs/heads/main'") });
    expect(jobs.deploy?.steps.at(-1)?.run).toMatch(/^npm run deploy -- /);
    expect(jobs.diff?.steps.at(-1)?.run).toBe("npx cdk diff --method=template");
  });

  it("calls only scripts that there are", () => {
    const called = [...text.matchAll(/npm (?:run )?([\w-]+)/g)]
      .map(([, script = ""]) => script)
      .filter((script) => !["install", "test"].includes(script));
    expect(called.filter((script) => !scripts.includes(script) && script !== "cache")).toEqual([]);
  });
});
