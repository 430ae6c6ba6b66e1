import { Fault } from "../fault.ts";
import { type Refusal, type Request, signedPost, signedPut } from "./signed-request.ts";

/** Sets the one schedule that calls the function once. `moment`: ISO 8601 in UTC. */
export type SetMoment = (moment: string) => Promise<void>;

const minute = 60_000;
/** How far ahead a schedule has to lie to be taken for one, milliseconds. */
const margin = 5_000;

/**
 * EventBridge Scheduler's UpdateSchedule, or CreateSchedule where there is none yet (API of 2021-06-30). The schedule stays when it has run, so
 * that it is made once. `target`: the function's ARN. `endpoint`: for tests.
 */
export function momentsClient(
  { schedule, role }: { readonly schedule: string; readonly role: string },
  target: string,
  endpoint?: string,
  clock: () => number = Date.now,
): SetMoment {
  const [, region, group, name] = /^arn:[^:]+:scheduler:([^:]+):\d+:schedule\/([\w.-]+)\/([\w.-]+)$/.exec(schedule) ?? [];
  if (region === undefined || group === undefined || name === undefined)
    throw new Fault(`WIREROOM_MOMENT is no schedule: got "${schedule}". Write arn:aws:scheduler:REGION:ACCOUNT:schedule/GROUP/NAME.`, {
      kind: "usage",
    });
  return async (moment) => {
    const request: Request = {
      service: "scheduler",
      region,
      url: `${(endpoint ?? `https://scheduler.${region}.amazonaws.com`).replace(/\/+$/, "")}/schedules/${name}`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        GroupName: group,
        Description: "Wireroom: the next moment at which time alone changes a feed",
        ScheduleExpression: `at(${wholeMinute(moment, clock())})`,
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
    try {
      await signedPut(request);
    } catch (error) {
      if (!(error instanceof Error) || (error.cause as Partial<Refusal> | undefined)?.status !== 404) throw error;
      await signedPost(request);
    }
  };
}

/** Schedules are kept to the minute: before the moment there would be nothing to do, and one in the past would never come. */
function wholeMinute(moment: string, now: number): string {
  const at = Math.ceil(Math.max(Date.parse(moment), now + margin) / minute) * minute;
  return new Date(at).toISOString().slice(0, 19);
}
