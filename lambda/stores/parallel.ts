/** How many requests are under way at once: enough to hide the latency of S3, few enough not to be told to slow down. */
const lanes = 16;

/**
 * Does the work on every item, several at a time, and gives the results in the items' order. After the first failure nothing new is
 * begun, and it is thrown when all that was under way has ended: whoever hears of it may give back a lease that still protects that.
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
