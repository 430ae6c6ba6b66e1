/** Milliseconds that a run still has. Absent where nobody stops it. */
export type TimeLeft = () => number;

/** What is kept for ending well: giving back the lease, saying how far the run came. Milliseconds. */
const reserve = 15_000;

/** Whether nothing new may be begun. What is under way is finished. */
export function isOver(left: TimeLeft | undefined): boolean {
  return left !== undefined && left() < reserve;
}
