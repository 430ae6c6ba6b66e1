import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { handler } from "../lambda/handler.ts";
import type { BatchAnswer } from "../lambda/operator/sqs-batch.ts";
import { stateKeys } from "../lambda/state/state-keys.ts";
import type { Store } from "../lambda/stores/store.ts";
import { onlyOne, resourcesOf, templateOf } from "./lib/synthesis.ts";
import { aNotice, scheduled } from "./runtime/notices.ts";
import { aFile, aSiteFile } from "./support/a-newsroom.ts";
import { aQueue, type QueueSettings } from "./support/aws/a-queue.ts";
import { type SimulatedTime, simulatedTime } from "./support/aws/simulated-time.ts";
import { memoryStore } from "./support/stores/memory-store.ts";

const world = vi.hoisted(() => ({ stores: {} as Record<string, Store>, sleep: async (_: number): Promise<void> => {} }));
vi.mock("../lambda/stores/open/open.ts", () => ({ openStore: (address: string) => world.stores[address] }));
vi.mock("node:timers/promises", async (original) => ({
  ...(await original<typeof import("node:timers/promises")>()),
  setTimeout: (milliseconds: number) => world.sleep(milliseconds),
}));

/** A slow day of S3, in milliseconds a request: a run holds the lease for about half a minute. */
const delay = { list: 3_000, read: 50, write: 1_000 } as const;

function slow(store: Store): Store {
  const after =
    <A extends readonly unknown[], R>(milliseconds: number, work: (...words: A) => Promise<R>) =>
    async (...words: A): Promise<R> => {
      await world.sleep(milliseconds);
      return work(...words);
    };
  const { scan, list, read, write, remove, history } = store;
  return {
    ...store,
    scan: async function* (prefix) {
      await world.sleep(delay.list);
      yield* scan(prefix);
    },
    list: after(delay.list, list),
    read: after(delay.read, read),
    history: after(delay.read, history),
    write: after(delay.write, write),
    remove: after(delay.write, remove),
  };
}

/** The queue, its mapping and the function's limit, as the stack has them. */
function fromStack(): QueueSettings & { readonly timeout: number } {
  const template = templateOf();
  const queue = Object.values(resourcesOf(template, "AWS::SQS::Queue")).find(({ Properties }) => Properties.RedrivePolicy !== undefined);
  const { VisibilityTimeout, RedrivePolicy } = (queue?.Properties ?? {}) as {
    VisibilityTimeout: number;
    RedrivePolicy: { maxReceiveCount: number };
  };
  const mapping = onlyOne(template, "AWS::Lambda::EventSourceMapping").Properties as {
    BatchSize: number;
    MaximumBatchingWindowInSeconds: number;
    ScalingConfig: { MaximumConcurrency: number };
  };
  const { Timeout } = onlyOne(template, "AWS::Lambda::Function").Properties as { Timeout: number };
  return {
    hidden: VisibilityTimeout * 1000,
    most: RedrivePolicy.maxReceiveCount,
    batch: mapping.BatchSize,
    gathers: mapping.MaximumBatchingWindowInSeconds * 1000,
    atOnce: mapping.ScalingConfig.MaximumConcurrency,
    timeout: Timeout * 1000,
  };
}

const uploads = 2_000;
const minute = 60_000;
const began = Date.parse("2026-11-23T10:00:00Z");
const quiet = { POWERTOOLS_LOG_LEVEL: "SILENT", WIREROOM_CONTENT: "s3://content", WIREROOM_TO: "s3://feeds", WIREROOM_STATE: "s3://state" };

describe(`${uploads} uploads in a minute, with a schedule that calls, too`, () => {
  const stores = { content: memoryStore("s3://content"), feeds: memoryStore("s3://feeds"), state: memoryStore("s3://state") };
  let time: SimulatedTime;
  let queue: ReturnType<typeof aQueue>;
  let ended: number;
  const outcomes: (string | undefined)[] = [];
  const write = (key: string, text: string) => stores.content.write(key, Buffer.from(text));

  beforeAll(async () => {
    const settings = fromStack();
    for (const [name, value] of Object.entries(quiet)) vi.stubEnv(name, value);
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    vi.useFakeTimers({ toFake: ["Date", "performance", "setInterval", "clearInterval"], now: began });
    time = simulatedTime();
    world.sleep = time.sleep;
    for (const store of Object.values(stores)) world.stores[store.address] = slow(store);
    await write("site.yaml", `${aSiteFile}channels: [{ name: all, formats: [json], archive: monthly }]\n`);
    const call = (event: object) => {
      const deadline = time.now() + settings.timeout;
      return handler(event, { getRemainingTimeInMillis: () => deadline - time.now() });
    };
    queue = aQueue(time, settings, (event) => call(event) as Promise<BatchAnswer>);
    const finished = queue.open();
    void time.start(async () => {
      for (let number = 0; number < uploads; number += 1) {
        const date = new Date(began - (uploads - number) * 1_000).toISOString();
        await write(`a-${number}.md`, aFile({ title: `Article ${number}`, date }, `The words of article ${number}.`));
        queue.send(aNotice(`a-${number}.md`));
        await time.sleep(minute / uploads);
      }
      queue.close();
    });
    for (const at of [20_000, 50_000])
      void time.start(async () => {
        await time.sleep(at);
        outcomes.push(((await call(scheduled)) as { readonly outcome?: string }).outcome);
      });
    await time.pass();
    await finished;
    ended = time.now();
  });

  afterAll(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test("are all published", async () => {
    const feeds = (await stores.feeds.list()).filter(({ key }) => key.endsWith("/feed.json"));
    const texts = await Promise.all(
      feeds.map(async ({ key }) => Buffer.from((await stores.feeds.read(key))?.bytes ?? []).toString("utf8")),
    );
    const shown = new Set(texts.flatMap((text) => (JSON.parse(text) as { items: { title: string }[] }).items.map(({ title }) => title)));
    expect(shown.size).toBe(uploads);
  });

  test("end in no dead letter, and each notice reaches the function once", () => {
    expect(queue.deadLetters).toEqual([]);
    expect(queue.receipts).toHaveLength(uploads);
    expect(Math.max(...queue.receipts)).toBe(1);
  });

  test("are published a few minutes after the last one", () => {
    expect((ended - began) / minute).toBeLessThan(6);
  });

  test("leave no scheduled call undone, and no lease behind", async () => {
    expect(outcomes.filter((outcome) => outcome !== "published" && outcome !== "unchanged")).toEqual([]);
    expect(await stores.state.read(stateKeys.lease)).toBeUndefined();
  });
});
