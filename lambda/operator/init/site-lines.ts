import type { Instant } from "../../articles/model/article.ts";
import type { Survey } from "../../reports/started.ts";
import type { Proposal } from "./proposal.ts";

/** The values of a new site.yaml; `isKnown`: the url is the site's, not our example. */
export type SiteValues = {
  readonly proposal: Proposal;
  readonly survey: Survey;
  readonly title: string;
  readonly url: string;
  readonly isKnown: boolean;
  readonly language: string;
  readonly now: Instant;
};

const quoted = (text: string): string => JSON.stringify(text);
const list = (all: readonly string[]): string => `[${all.map(quoted).join(", ")}]`;

/** A site.yaml for articles that exist, each line with the reason for it. */
export function siteLines({ proposal, survey, title, url, isKnown, language, now }: SiteValues): string {
  const { generator, description, copyright, author, timezone, articles, ignore, permalink, doubt, people } = proposal;
  const several = survey.languages.length > 1;
  const lines = [
    `# Written by wireroom init for ${generator}. docs/site-yaml.md explains every key.`,
    "",
    `title: ${quoted(title)}`,
    ...(description === undefined ? [] : [`description: ${quoted(description)}`]),
    isKnown ? "# The address of the site, where the articles live." : "# The address of the site: PLEASE CHANGE IT.",
    `url: ${quoted(url)}`,
    "# Where the feeds will live, if that is another address:",
    "# feedUrl: https://feeds.example.org/",
    ...(copyright === undefined ? [] : [`copyright: ${quoted(copyright)}`]),
    ...(author === undefined ? [] : ["# The author of the feed; articles name their own.", `author: { name: ${quoted(author)} }`]),
    "# The language of articles that name none, and what may be found in their texts.",
    `language: ${quoted(language)}`,
    ...(several ? [`languages: ${list(survey.languages)}`] : []),
    ...(timezone === undefined ? [] : ["# Dates without an offset are in this zone.", `timezone: ${quoted(timezone)}`]),
    "",
    "# Readers know an article by its id, which is made from these. Never change them once somebody subscribes.",
    `ids: { authority: ${quoted(new URL(url).hostname)}, since: ${now.slice(0, 10)} }`,
    "",
    "# Which files are articles, and which are not.",
    `articles: ${list(articles)}`,
    ...(ignore.length === 0 ? [] : [`ignore: ${list(ignore)}`]),
    ...(proposal.static.length === 0
      ? []
      : [
          "# The files of these folders are at the top of the site: /img/a.png may be static/img/a.png.",
          `static: ${list(proposal.static)}`,
        ]),
    ...(people === undefined ? [] : ["# Who the authors' short names stand for.", `people: ${quoted(people)}`]),
    "",
    ...(permalink === undefined
      ? [
          "# The address of an article that names none:",
          `# ${doubt ?? "the site's pattern is not known."}`,
          '# permalink: "/{year}/{month}/{slug}/"',
        ]
      : [
          "# The address of an article that names none. Compare one with the site.",
          ...(doubt === undefined ? [] : [`# ${doubt}`]),
          ...(survey.sections.length > 0 && /^(?:Jekyll|Hexo)$/.test(generator) && JSON.stringify(permalink).includes("{section}")
            ? [`# {section} is the first category of an article; ${generator} may write all of them.`]
            : []),
          ...(typeof permalink === "string"
            ? [`permalink: ${quoted(permalink)}`]
            : ["permalink:", ...Object.entries(permalink).map(([glob, template]) => `  ${quoted(glob)}: ${quoted(template)}`)]),
        ]),
    "",
    "channels:",
    several
      ? `  - { name: all, title: ${quoted(title)}, split: language }   # everything, and once more for each language`
      : `  - { name: all, title: ${quoted(title)} }`,
    ...(survey.sections.length > 1 ? ['  - { by: section, title: "{value}" }   # a feed for each section'] : []),
    ...(survey.tags > 1 && survey.tags <= 200 ? ['  - { by: tag, title: "Tagged {value}" }   # a feed for each tag'] : []),
    ...(survey.undated > 0 ? ["", ...undatedLines(survey)] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function undatedLines({ undated, read, undatedFolders }: Survey): readonly string[] {
  const folders = undatedFolders.slice(0, 5).map(([folder, count]) => `${folder === "" ? "the top" : folder} (${count})`);
  return [
    `# ${undated} of ${read} articles have no date: the first run that publishes them gives them its own. They are in ${folders.join(", ")}${undatedFolders.length > 5 ? ", …" : ""}.`,
    "# Write dates into them first, or leave them out with ignore.",
  ];
}
