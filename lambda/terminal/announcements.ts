import type { RunReport } from "../reports/report.ts";

type Announcement = RunReport["announced"][number];
type Pending = RunReport["outbox"][number];

/** What the edge and hubs were told, and what they still have to be told: a line for each of them and each reason. */
export function announcementLines({ announced, outbox }: Pick<RunReport, "announced" | "outbox">): readonly string[] {
  return [
    ...[...Map.groupBy(announced, whom)].map(([who, all]) => `Announced: ${things(all)} to ${who}.`),
    ...[...Map.groupBy(outbox, ({ announcement, why }) => `${whom(announcement)}\n${why ?? ""}`).values()].map(pendingLine),
  ];
}

function pendingLine(pending: readonly Pending[]): string {
  const announcements = pending.map(({ announcement }) => announcement);
  const [first] = pending;
  const who = first === undefined ? "" : whom(first.announcement);
  if (first?.why !== undefined) {
    const stay = count(announcements) === 1 ? "It stays" : "They stay";
    return `Not announced: ${things(announcements)} to ${who}. ${first.why} ${stay} in the outbox; the next run tries again.`;
  }
  const moments = announcements.flatMap((one) => (one.kind === "ping" && one.due !== undefined ? [one.due] : [])).sort();
  const last = moments.at(-1);
  const when = last === undefined ? "" : ` after ${last.slice(11, 19)} UTC`;
  return `To be announced${when}, when no cache has the old bytes: ${things(announcements)} to ${who}. The next run does it; to wait for it now, use publish --wait.`;
}

const whom = (one: Announcement): string => (one.kind === "ping" ? one.hub : `CloudFront (${one.distribution})`);

const count = (all: readonly Announcement[]): number => all.reduce((sum, one) => sum + (one.kind === "ping" ? 1 : one.paths.length), 0);

function things(all: readonly Announcement[]): string {
  const word = all[0]?.kind === "ping" ? "feed" : "path";
  const number = count(all);
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
