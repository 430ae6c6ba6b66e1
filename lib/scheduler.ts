import { ArnFormat, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { ScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";

/**
 * The function's own alarm clock: a group with one schedule, which the function creates and moves, so that an embargo ends on
 * time and not at the next tick. The group is deleted with the stack, and the schedule with the group.
 */
export class Scheduler extends Construct {
  /** The schedule's ARN. */
  readonly schedule: string;
  /** The role of the scheduler when it calls. */
  readonly role: Role;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this);
    // CDK would keep it, and its name would then be taken when a failed or deleted stack is created again. It contains only the
    // alarm clock.
    const group = new ScheduleGroup(this, "Group", { removalPolicy: RemovalPolicy.DESTROY });
    this.schedule = stack.formatArn({
      service: "scheduler",
      resource: "schedule",
      resourceName: `${group.scheduleGroupName}/next`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": stack.account, "aws:SourceArn": group.scheduleGroupArn } },
      }),
    });
  }

  /** The function's permissions: to set the schedule, and to give it the role that may only call the function. */
  rights(): readonly PolicyStatement[] {
    return [
      new PolicyStatement({
        sid: "SetMoment",
        actions: ["scheduler:CreateSchedule", "scheduler:GetSchedule", "scheduler:UpdateSchedule"],
        resources: [this.schedule],
      }),
      new PolicyStatement({
        sid: "GiveRole",
        actions: ["iam:PassRole"],
        resources: [this.role.roleArn],
        conditions: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
      }),
    ];
  }

  call(handler: IFunction): void {
    this.role.addToPolicy(new PolicyStatement({ sid: "Call", actions: ["lambda:InvokeFunction"], resources: [handler.functionArn] }));
  }
}
