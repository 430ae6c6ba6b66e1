/**
 * The number of cases of a law whose every case publishes newsrooms: `few`, or as many as are requested, up to 500. The same cases come each
 * time, so many more of them would find a fault once and not again.
 */
export function newsroomRuns(few: number): number {
  return Math.min(Number(process.env.WIREROOM_LAW_RUNS ?? few), 500);
}
