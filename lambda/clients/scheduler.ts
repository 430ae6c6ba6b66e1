import { Fault } from "../fault.ts";
import { type Refusal, type Request, signedGet, signedPost, signedPut } from "./signed-request.ts";

/** Has the one schedule call the function at the moment, or sooner. `moment`: ISO 8601 in UTC. */
export type SetMoment = (moment: string) => Promise<void>;

const minute = 60_000;
/** How far ahead a schedule has to lie to be taken for one, milliseconds. */
const margin = 5_000;

/**
 * EventBridge Scheduler's UpdateSchedule, or CreateSchedule where there is none yet (API of 2021-06-30), upon what GetSchedule says. The schedule stays
 * when it has run, so that it is made once. Several processes set it, each of which knows its own run alone, and an older run may be the last to speak: so a
 * call that lies ahead is never put off. It finds out by itself what comes next. `target`: the function's ARN. `endpoint`: for tests.
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
  const url = `${(endpoint ?? `https://scheduler.${region}.amazonaws.com`).replace(/\/+$/, "")}/schedules/${name}`;
  const ask = { service: "scheduler", region, headers: { "content-type": "application/json" } };

  /** When the schedule calls next; undefined where there is none, or it does not call as it should. */
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

/** Of GetSchedule's answer, what tells whether it calls this function. */
type Standing = {
  readonly ScheduleExpression: string;
  readonly State: string;
  readonly Target: { readonly Arn: string; readonly RoleArn: string };
};

function statusOf(error: unknown): number | undefined {
  return error instanceof Error ? (error.cause as Partial<Refusal> | undefined)?.status : undefined;
}

/** Schedules are kept to the minute: before the moment there would be nothing to do, and one in the past would never come. */
function wholeMinute(moment: string, now: number): number {
  return Math.ceil(Math.max(Date.parse(moment), now + margin) / minute) * minute;
}
