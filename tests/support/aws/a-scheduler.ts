import { aServer } from "../a-server.ts";

/**
 * EventBridge Scheduler with one schedule or none: GetSchedule and UpdateSchedule need it to exist, CreateSchedule needs it not to.
 * `refuses`: the status with which it answers each change. `at`: the times it was set to, in order.
 */
export async function aScheduler(found?: string, refuses?: number) {
  let schedule = found;
  const set: string[] = [];
  const server = await aServer(({ method, body }) => {
    if (schedule === undefined && method !== "POST") return { status: 404, body: '{"Message":"Schedule next does not exist."}' };
    if (method === "GET") return { status: 200, body: schedule ?? "" };
    if (schedule !== undefined && method === "POST") return { status: 409, body: '{"Message":"Schedule next already exists."}' };
    set.push((JSON.parse(body) as { readonly ScheduleExpression: string }).ScheduleExpression);
    if (refuses !== undefined) return { status: refuses, body: "{}" };
    schedule = body;
    return { status: 200, body: "{}" };
  });
  return { ...server, at: (): readonly string[] => set };
}
