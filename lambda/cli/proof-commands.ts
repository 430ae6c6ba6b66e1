import { type Command, InvalidArgumentError } from "commander";
import type { Flags, Settings } from "../settings.ts";
import type { Line } from "../terminal/screen/screen.ts";

type Common = Flags & { readonly json?: boolean; readonly logs: string; readonly since?: string };

type Lent = {
  readonly described: (command: Command, description: string) => Command;
  readonly settings: (flags: Flags) => Promise<Settings>;
  readonly say: (report: unknown, lines: readonly Line[], flags: { readonly json?: boolean }) => Promise<void>;
};

/** Adds the commands that read CloudFront's access logs. They change nothing. */
export function addProof(wireroom: Command, { described, settings, say }: Lent): void {
  const reading = (parent: Command, name: string, description: string) =>
    described(parent.command(name), description)
      .requiredOption("--logs <place>", "where the access logs are, as Parquet: a folder or s3://bucket/prefix")
      .option("--since <day>", "leave out what is older than this day, such as 2026-11-01", dayOf);
  const load = async () => Promise.all([import("../operator/proof/prove.ts"), import("../terminal/proof.ts")]);
  const from = ({ logs, since }: Common) => ({ logs, ...(since === undefined ? {} : { since }) });

  const partner = wireroom.commands.find((command) => command.name() === "partner") ?? wireroom.command("partner");
  reading(partner, "log", "show what a partner fetched, and when, from the access logs")
    .argument("<name>", "the partner's name in site.yaml")
    .action(async (name: string, flags: Common) => {
      const [{ partnerLog }, { partnerLogLines }] = await load();
      const report = await partnerLog(name, from(flags), await settings(flags));
      await say(report, partnerLogLines(report), flags);
    });
  reading(
    wireroom,
    "withdrawn",
    "show which partners fetched an article before it was withdrawn, and which have fetched the withdrawal since",
  )
    .argument("<id>", "its id, as in the article, Atom or JSON Feed; or the path of its file")
    .action(async (id: string, flags: Common) => {
      const [{ withdrawnProof }, { withdrawnLines }] = await load();
      const report = await withdrawnProof(id, from(flags), await settings(flags));
      await say(report, withdrawnLines(report), flags);
    });
  reading(wireroom, "subscribers", "count the readers of each feed, as their programs report them in the access logs").action(
    async (flags: Common) => {
      const [{ subscribers }, { subscriberLines }] = await load();
      const report = await subscribers(from(flags));
      await say(report, subscriberLines(report), flags);
    },
  );
}

function dayOf(written: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) throw new InvalidArgumentError("Write a day such as 2026-11-01.");
  return written;
}
