import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

/*
 * Counts the results of .ci/run: node .ci/summary.ts FOLDER. Each line of FOLDER/steps.tsv is a state, a name and a detail. A step
 * counts as one test, a vitest step as all of its tests. Prints the skips with their reasons, then the failures, then the count.
 */

/** A test that is skipped because one of these tools is missing is a failure, unless ALLOW_SKIP names the tool. */
const tools = ["ceph", "feedparser", "newsboat", "njs", "node-22", "rss2email", "sfeed", "xmllint"];

type Outcome = { readonly state: "passed" | "failed" | "skipped"; readonly name: string; readonly reason: string };

type Report = {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
};

const allowed = new Set((process.env.ALLOW_SKIP ?? "").split(",").map((tool) => tool.trim().toLowerCase()));

function withoutTool(tool: string, name: string, reason: string): Outcome {
  return allowed.has(tool)
    ? { state: "skipped", name, reason: `${reason} (ALLOW_SKIP names ${tool})` }
    : { state: "failed", name, reason: `${reason}; ALLOW_SKIP=${tool} would let it pass` };
}

/** A skipped test names its reason in its title. A test that needs ../shared may be skipped; one that needs a tool may not. */
function skippedTest(title: string, reason: string): Outcome {
  const tool = tools.find((name) => new RegExp(`\\b${name}\\b`, "i").test(title));
  if (tool === undefined || title.includes("../shared")) return { state: "skipped", name: title, reason };
  return withoutTool(tool, title, `skipped because ${tool} is missing`);
}

function ofFile({ name, status, message, assertionResults }: Report["testResults"][number]): readonly Outcome[] {
  const file = relative(process.cwd(), name);
  const tests = assertionResults.map((test): Outcome => {
    const title = `${file} > ${test.fullName.trim()}`;
    if (test.status === "passed") return { state: "passed", name: title, reason: "" };
    if (test.status === "failed") return { state: "failed", name: title, reason: "" };
    return skippedTest(title, status === "failed" ? "its file failed" : "");
  });
  // An unreadable file, or one whose hook failed, fails without a failed test.
  const silent = status === "failed" && tests.every(({ state }) => state !== "failed");
  return silent ? [...tests, { state: "failed", name: file, reason: message || "a hook failed, and tests did not run" }] : tests;
}

function ofVitest(name: string, path: string, exitCode: string): readonly Outcome[] {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(path, "utf8")) as Report;
  } catch {
    return [{ state: "failed", name, reason: "vitest wrote no report" }];
  }
  const outcomes = report.testResults.flatMap(ofFile);
  const silent = exitCode !== "0" && outcomes.every(({ state }) => state !== "failed");
  return silent ? [...outcomes, { state: "failed", name, reason: `vitest ended with ${exitCode}` }] : outcomes;
}

function ofStep(line: string): readonly Outcome[] {
  const [state = "", name = "", detail = ""] = line.split("\t");
  if (state.startsWith("vitest:")) return ofVitest(name, detail, state.slice("vitest:".length));
  if (state === "missing") return [withoutTool(name, name, detail)];
  return [{ state: state === "passed" || state === "skipped" ? state : "failed", name, reason: detail }];
}

const folder = process.argv[2] ?? ".";
const lines = readFileSync(join(folder, "steps.tsv"), "utf8").split("\n");
const outcomes = lines.filter((line) => line !== "").flatMap(ofStep);
const of = (state: Outcome["state"]): readonly Outcome[] => outcomes.filter((outcome) => outcome.state === state);

for (const state of ["skipped", "failed"] as const) {
  for (const { name, reason } of of(state)) console.log(`${state.padEnd(8)} ${name}${reason === "" ? "" : `: ${reason}`}`);
}
console.log(`${of("passed").length} passed, ${of("failed").length} failed, ${of("skipped").length} skipped`);
process.exitCode = of("failed").length > 0 || of("passed").length === 0 ? 1 : 0;
