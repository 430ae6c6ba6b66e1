import { expect, it } from "vitest";
import { onlyOne, readable, resourcesOf, templateOf } from "./synthesis.ts";

it("tells the topic when the month costs more than was meant, and when it is on the way there", () => {
  const { Budget, NotificationsWithSubscribers } = readable(
    onlyOne(templateOf({ budget: 12 }), "AWS::Budgets::Budget").Properties,
  ) as Record<string, unknown>;
  expect(Budget).toEqual({ BudgetType: "COST", TimeUnit: "MONTHLY", BudgetLimit: { Amount: 12, Unit: "USD" } });
  const told = NotificationsWithSubscribers as { readonly Notification: Record<string, unknown>; readonly Subscribers: unknown }[];
  expect(told.map(({ Notification }) => [Notification.NotificationType, Notification.Threshold])).toEqual([
    ["FORECASTED", 100],
    ["ACTUAL", 100],
  ]);
  for (const { Subscribers } of told) expect(Subscribers).toEqual([{ SubscriptionType: "SNS", Address: "<AlarmsTopic>" }]);
});

it("tells nobody where nobody asks", () => {
  expect(resourcesOf(templateOf({ budget: 0 }), "AWS::Budgets::Budget")).toEqual({});
});

it("has a page that shows the alarms, the runs, what waits and what readers ask", () => {
  const { DashboardBody } = onlyOne(templateOf(), "AWS::CloudWatch::Dashboard").Properties;
  const text = JSON.stringify(readable(DashboardBody));
  for (const part of ["What calls for somebody", "Runs", "What waits", "What readers ask", "AlarmsRunFailed"]) expect(text).toContain(part);
});
