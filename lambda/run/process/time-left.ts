/** The milliseconds that a run still has. Absent if nothing limits it. */
export type TimeLeft = () => number;

/** The time reserved for an orderly end: releasing the lease and reporting how far the run came. Milliseconds. */
const reserve = 15_000;

/** Whether nothing new may begin; work in progress is finished. */
export function isOver(left: TimeLeft | undefined): boolean {
  return left !== undefined && left() < reserve;
}
