import { randomBytes } from "node:crypto";
import { type Command, InvalidArgumentError } from "commander";
import type { KeyOrder } from "../operator/partner/change-keys.ts";
import { exitCodes } from "../reports/report.ts";
import type { Flags, Settings } from "../settings.ts";
import type { Line } from "../terminal/screen/screen.ts";

/** How long the earlier keys of a rotation count, in milliseconds, if nobody says. */
const usualOverlap = 24 * 3_600_000;

/** An order without what the program adds to it. */
type Order = KeyOrder extends infer Each ? (Each extends KeyOrder ? Omit<Each, "time" | "tell"> : never) : never;

type Common = Flags & { readonly json?: boolean };
type KeyFlags = Common & { readonly expires?: string; readonly for?: number; readonly old?: true };

/** What the program lends its commands: how to describe one with the common options, its settings, how to print a report, and a run's time. */
type Lent = {
  readonly described: (command: Command, description: string) => Command;
  /** "check": a command that needs neither target nor state. */
  readonly settings: (flags: Common, command?: "check") => Promise<Settings>;
  readonly say: (report: unknown, lines: readonly Line[], flags: Common) => Promise<void>;
  readonly time: number;
};

/** Adds the commands about partners. */
export function addPartner(wireroom: Command, { described, settings, say, time }: Lent): void {
  const partner = wireroom.command("partner").description("give partners access to their files, and take it away");
  const command = (name: string, description: string) => described(partner.command(name), description);
  const change = async (order: Order, flags: Common) => {
    const [{ changeKeys }, { keyLines }] = await Promise.all([
      import("../operator/partner/change-keys.ts"),
      import("../terminal/partner-keys.ts"),
    ]);
    const report = await changeKeys({ ...order, time, tell: () => {} }, await settings(flags));
    await say(report, keyLines(report), flags);
    process.exitCode = report.outcome === "busy" ? exitCodes.problems : exitCodes.fine;
  };
  const chance = (bytes: number) => randomBytes(bytes);

  command("add", "give a partner its first key; shows it once, and publishes no feed")
    .argument("<name>", "the partner's name in site.yaml")
    .option("--expires <date>", "when the key ends (default: never, or as site.yaml says)")
    .action((name: string, flags: KeyFlags) => change({ action: "add", name, chance, ...expiring(flags) }, flags));
  command("rotate", "give a partner another key; the earlier ones count for a while")
    .argument("<name>", "the partner's name in site.yaml")
    .option("--for <duration>", "how long the earlier keys still count, such as 30m or 7d (default: 24h)", durationOf)
    .option("--expires <date>", "when the new key ends (default: never, or as site.yaml says)")
    .action((name: string, flags: KeyFlags) =>
      change({ action: "rotate", name, chance, overlap: flags.for ?? usualOverlap, ...expiring(flags) }, flags),
    );
  command("revoke", "take a partner's keys away at once; publishes no feed")
    .argument("<name>", "the partner's name")
    .option("--old", "only the earlier keys of a rotation")
    .action((name: string, flags: KeyFlags) => change({ action: "revoke", name, which: flags.old === true ? "old" : "all" }, flags));
  command("try", "show one article in the partner's dialect, and what was decided about it; writes nothing")
    .argument("<name>", "the partner's name in site.yaml")
    .requiredOption("--article <file>", "the article: a path below the content, or a file elsewhere")
    .action(async (name: string, { article, ...flags }: Common & { readonly article: string }) => {
      const [{ tryArticle }, { triedLines }] = await Promise.all([
        import("../operator/partner/try-article.ts"),
        import("../terminal/partner-report.ts"),
      ]);
      const report = await tryArticle(name, article, await settings(flags, "check"));
      await say(report, triedLines(report), flags);
      process.exitCode = report.included ? exitCodes.fine : exitCodes.problems;
    });
  command("list", "show who may fetch what, and until when; writes nothing").action(async (flags: Common) => {
    const [{ listPartners }, { partnerLines }] = await Promise.all([
      import("../operator/partner/list-keys.ts"),
      import("../terminal/partner-keys.ts"),
    ]);
    const report = await listPartners(await settings(flags));
    await say(report, partnerLines(report), flags);
  });
}

/** What one partner has, and why not more (`status --partner`). */
export async function tellPartner(name: string, flags: Common, { settings, say }: Pick<Lent, "settings" | "say">): Promise<void> {
  const [{ partnerStatusOf }, { partnerStatusLines }] = await Promise.all([
    import("../operator/partner/partner-status.ts"),
    import("../terminal/partner-report.ts"),
  ]);
  const report = await partnerStatusOf(name, await settings(flags));
  await say(report, partnerStatusLines(report), flags);
  process.exitCode = report.holds.length > 0 ? exitCodes.problems : exitCodes.fine;
}

function expiring({ expires }: KeyFlags): { readonly expires?: string } {
  return expires === undefined ? {} : { expires };
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function durationOf(written: string): number {
  const [, count, unit = ""] = /^(\d{1,6})([smhd])$/.exec(written) ?? [];
  if (count === undefined) throw new InvalidArgumentError("Write a duration such as 30m, 24h or 7d.");
  return Number(count) * (units[unit] ?? 0);
}
