import { expect, it } from "vitest";
import { onlyOne, readable, resourcesOf, templateOf } from "../synthesis.ts";

it("tells the topic when the month's costs exceed the budget, and when they probably will", () => {
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

it("does not exist unless the settings ask for it", () => {
  expect(resourcesOf(templateOf({ budget: 0 }), "AWS::Budgets::Budget")).toEqual({});
});

it("has a page with the alarms, the runs, the queues and the requests of readers", () => {
  const { DashboardBody } = onlyOne(templateOf(), "AWS::CloudWatch::Dashboard").Properties;
  const text = JSON.stringify(readable(DashboardBody));
  for (const part of ["Alarms", "Runs", "Notices and dead letters", "Requests of readers", "AlarmsRunFailed"]) expect(text).toContain(part);
});
