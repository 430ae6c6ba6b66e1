import type { AwsPlan, InitPlan } from "../reports/started.ts";
import type { Line } from "./screen/screen.ts";

/** In which folder init found the site, if not in the one where it looked. */
export function withinLines(
  within: { readonly folder: string; readonly generator: string; readonly others: readonly string[] } | undefined,
) {
  if (within === undefined) return [];
  const { folder, generator, others } = within;
  return [
    `The site is in ${folder} (${generator}): site.yaml belongs there.`,
    ...(others.length > 0 ? [`Sites are also in ${others.join(", ")}: name one of them with --content instead.`] : []),
    "",
  ];
}

/** What init found, and the site.yaml that it proposes; nothing for an empty folder. */
export function foundLines({ content, files, found }: InitPlan): readonly Line[] {
  if (found === undefined) return [];
  const { generator, survey } = found;
  const { read, undated, quarantined, languages, sections, tags } = survey;
  const facts = [
    `${survey.files} articles (${generator}) in ${folderName(content)}; ${read} of them were read`,
    ...(languages.length > 0 ? [`languages: ${languages.join(", ")}`] : []),
    ...(sections.length > 0 ? [`sections: ${sections.slice(0, 6).join(", ")}${sections.length > 6 ? ", …" : ""}`] : []),
    ...(tags > 0 ? [`tags: ${tags}`] : []),
    ...(undated > 0 ? [`without a date: ${undated}, which the first run that publishes them would date`] : []),
    ...(quarantined > 0 ? [`with a problem, which wireroom check explains: ${quarantined}`] : []),
  ];
  return [
    "Found:",
    ...facts.map((fact) => `  ${fact}`),
    "",
    "site.yaml:",
    ...(files["site.yaml"] ?? "")
      .trimEnd()
      .split("\n")
      .map((line) => (line === "" ? "" : { verbatim: `  ${line}` })),
    "",
  ];
}

/** `place`: as the person named it, or as init found it. */
export function howToStart({ content, files }: InitPlan, place: string): readonly string[] {
  const where = place === "content" || place === "." ? "" : ` --content ${/\s/.test(place) ? JSON.stringify(place) : place}`;
  return [`Wrote ${Object.keys(files).join(", ")} to ${folderName(content)}.`, `To see the feeds, run: wireroom start${where}`];
}

const folderName = (address: string): string => (address === "." ? "this folder" : address);

/** What init --aws would write. */
export function awsLines({ files, left }: AwsPlan): readonly string[] {
  const names = Object.keys(files);
  return [
    ...(names.length > 0 ? ["New files:", ...names.map((name) => `  ${name}`)] : ["There is nothing to write."]),
    ...(left.length > 0 ? ["Left as they are:", ...left.map((name) => `  ${name}`)] : []),
    "",
  ];
}

/** The commands after init --aws. */
export function howToDeploy({ files, packages }: AwsPlan): readonly Line[] {
  const names = Object.keys(files);
  return [
    ...(names.length > 0 ? [`Wrote ${names.join(", ")}.`] : []),
    "The next three commands, the last with AWS credentials:",
    { verbatim: `  npm install --save-dev --save-exact ${packages.join(" ")}` },
    { verbatim: "  npx cdk synth --quiet" },
    { verbatim: "  npx cdk bootstrap && npx cdk deploy" },
  ];
}
