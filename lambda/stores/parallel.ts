/** The number of concurrent requests: enough to hide the latency of S3, and few enough that S3 does not ask to slow down. */
const lanes = 16;

/**
 * Does the work on every item, several at a time, and returns the results in the order of the items. After the first failure
 * nothing new begins, and the failure is thrown when all work in progress has ended: the caller may then release the lease that
 * protects this work.
 */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  let failed = false;
  const lane = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await work(items[index] as T);
      } catch (cause) {
        failed = true;
        throw cause;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(lanes, items.length) }, lane));
  const broken = ended.find((one) => one.status === "rejected");
  if (broken !== undefined) throw broken.reason;
  return results;
}
