import { Fault } from "../fault.ts";
import { type AwsRefusal, type Request, signedGet, signedPost, signedPut } from "./signed-request.ts";

/** Makes the one schedule call the function at the moment, or sooner. `moment`: ISO 8601 in UTC. */
export type ScheduleRun = (moment: string) => Promise<void>;

const minute = 60_000;
/** How far in the future a schedule must be to count, in milliseconds. */
const margin = 5_000;

/**
 * EventBridge Scheduler's UpdateSchedule, or CreateSchedule if the schedule does not exist yet (API of 2021-06-30), depending on
 * GetSchedule. The schedule stays after its call, so it is created only once. Several processes set it, each knows only its own
 * run, and an older run may come last: so a call in the future is never postponed. The called run finds the next moment itself.
 * `target`: the function's ARN. `endpoint`: for tests.
 */
export function schedulerClient(
  { schedule, role }: { readonly schedule: string; readonly role: string },
  target: string,
  endpoint?: string,
  clock: () => number = Date.now,
): ScheduleRun {
  const [, region, group, name] = /^arn:[^:]+:scheduler:([^:]+):\d+:schedule\/([\w.-]+)\/([\w.-]+)$/.exec(schedule) ?? [];
  if (region === undefined || group === undefined || name === undefined)
    throw new Fault(`WIREROOM_MOMENT is not a schedule: got "${schedule}". Write arn:aws:scheduler:REGION:ACCOUNT:schedule/GROUP/NAME.`, {
      kind: "usage",
    });
  const url = `${(endpoint ?? `https://scheduler.${region}.amazonaws.com`).replace(/\/+$/, "")}/schedules/${name}`;
  const ask = { service: "scheduler", region, headers: { "content-type": "application/json" } };

  /** The next call of the schedule; undefined if it does not exist, or does not call as it should. */
  const standing = async (): Promise<{ readonly there: boolean; readonly at?: number }> => {
    try {
      const text = await signedGet({ ...ask, url: `${url}?groupName=${encodeURIComponent(group)}` });
      const { ScheduleExpression = "", State, Target } = JSON.parse(text) as Partial<Standing>;
      const [, at] = /^at\(([\d:T-]+)\)$/.exec(ScheduleExpression) ?? [];
      const calls = at !== undefined && State === "ENABLED" && Target?.Arn === target && Target.RoleArn === role;
      return calls ? { there: true, at: Date.parse(`${at}Z`) } : { there: true };
    } catch (error) {
      if (statusOf(error) === 404) return { there: false };
      throw error;
    }
  };

  return async (moment) => {
    const now = clock();
    const wanted = wholeMinute(moment, now);
    const { there, at } = await standing();
    if (at !== undefined && at > now && at <= wanted) return;
    const request: Request = {
      ...ask,
      url,
      body: JSON.stringify({
        GroupName: group,
        Description: "Wireroom: the next moment at which time alone changes a feed",
        ScheduleExpression: `at(${new Date(wanted).toISOString().slice(0, 19)})`,
        ScheduleExpressionTimezone: "UTC",
        FlexibleTimeWindow: { Mode: "OFF" },
        ActionAfterCompletion: "NONE",
        State: "ENABLED",
        Target: {
          Arn: target,
          RoleArn: role,
          Input: JSON.stringify({ source: "aws.scheduler", "detail-type": "Scheduled Event", detail: { moment } }),
          // The next tick is the retry.
          RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 300 },
        },
      }),
    };
    await (there ? signedPut(request) : signedPost(request));
  };
}

/** The parts of GetSchedule's answer that show whether it calls this function. */
type Standing = {
  readonly ScheduleExpression: string;
  readonly State: string;
  readonly Target: { readonly Arn: string; readonly RoleArn: string };
};

function statusOf(error: unknown): number | undefined {
  return error instanceof Error ? (error.cause as Partial<AwsRefusal> | undefined)?.status : undefined;
}

/** Schedules have a resolution of one minute: before the moment there is nothing to do, and a schedule in the past never calls. */
function wholeMinute(moment: string, now: number): number {
  return Math.ceil(Math.max(Date.parse(moment), now + margin) / minute) * minute;
}
