import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

/**
 * Tells when the account's month costs more than was meant, or is on the way there. Of the whole account: costs can be told apart by stack
 * only once somebody has activated the tag for it, and a budget that sees nothing is worse than none.
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
