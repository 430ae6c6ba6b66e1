import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

/**
 * Reports when the account's costs of a month exceed the budget, or probably will. For the whole account: AWS separates costs by
 * stack only after somebody activates the tag for it, and a budget without data is worse than none.
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, props: { readonly dollars: number; readonly topic: ITopic }) {
    super(scope, id);
    const subscribers = [{ subscriptionType: "SNS", address: props.topic.topicArn }];
    new CfnBudget(this, "Month", {
      budget: { budgetType: "COST", timeUnit: "MONTHLY", budgetLimit: { amount: props.dollars, unit: "USD" } },
      notificationsWithSubscribers: (["FORECASTED", "ACTUAL"] as const).map((notificationType) => ({
        notification: { notificationType, comparisonOperator: "GREATER_THAN", threshold: 100, thresholdType: "PERCENTAGE" },
        subscribers,
      })),
    });
  }
}
