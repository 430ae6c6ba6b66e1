import type { DeskQuery } from "./desk-answer.ts";
import type { DeskSetting, DeskShown } from "./desk-setting.ts";
import type { DeskPage } from "./pages/desk-page.ts";
import { type FetchedPath, fetchedHead, fetchedView, withoutLogs } from "./pages/fetched-view.ts";
import { subscribersView } from "./pages/subscribers-view.ts";
import { withdrawalsOnAPage, withdrawalsView } from "./pages/withdrawals-view.ts";
import { daysOf } from "./reading/log-days.ts";
import { partnerDays } from "./reading/partner-days.ts";
import { subscriberDays } from "./reading/subscriber-days.ts";
import { withdrawalReach, withdrawnFromPartners } from "./reading/withdrawal-reach.ts";

const titles = {
  "/-/fetched": "What partners fetched",
  "/-/withdrawals": "Who has a withdrawn article",
  "/-/subscribers": "Subscribers",
} as const;

/** A page that is made from access logs. */
export async function proofPage(
  path: FetchedPath,
  { parameters }: DeskQuery,
  { view }: DeskShown,
  { logs }: DeskSetting,
): Promise<Pick<DeskPage, "title" | "section" | "body">> {
  const about = { title: titles[path], section: "fetched" } as const;
  const now = await logs?.();
  if (now?.kind !== "read") return { ...about, body: withoutLogs(path, now) };
  const days = daysOf(now.logs);
  const { site } = view.settings;
  const head = fetchedHead(path, now.address, now.logs);
  switch (path) {
    case "/-/fetched": {
      const names = site.partners.map(({ name }) => name);
      return { ...about, body: [...head, ...fetchedView(partnerDays(names, now.logs, days), days)] };
    }
    case "/-/withdrawals": {
      const ledger = view.prepared.before.ledger.value;
      const all = withdrawnFromPartners(ledger, site);
      const id = parameters.get("id") ?? undefined;
      const one = all.filter((entry) => entry.id === id);
      const reach = withdrawalReach(one.length === 0 ? all.slice(0, withdrawalsOnAPage) : one, { ledger, site }, now.logs, days);
      return { ...about, body: [...head, ...withdrawalsView({ reach, isOne: one.length > 0, all: all.length, days })] };
    }
    case "/-/subscribers":
      return { ...about, body: [...head, ...subscribersView(subscriberDays(now.logs, days), days, parameters.get("feed") ?? undefined)] };
  }
}
