import { afterAll, describe, expect, test } from "vitest";
import { eventful, type Story } from "../support/faults/a-ground.ts";
import { type Lane, theLanes } from "../support/faults/a-lane.ts";
import { cephGround } from "../support/faults/ceph-ground.ts";
import { cephBucket, cephClient, cephEndpoint, cephSkipped, removeBucket } from "../support/s3/ceph.ts";
import { befall, casesFor, requestsOf } from "./befall.ts";
import { cutShort, cutsOf } from "./cut.ts";
import { pairsOf, race, story } from "./race.ts";

/** Samples, so that a server that is slower than the tests' own is done in minutes. */
const steps = { faults: 4, cuts: 4, pairs: 61 } as const;

describe.skipIf(cephEndpoint === undefined)(`on a real S3 server${cephSkipped}`, { timeout: 600_000 }, () => {
  const buckets: string[] = [];
  const aBucket = async () => {
    const bucket = await cephBucket(cephClient(), { versioned: false });
    buckets.push(bucket);
    return bucket;
  };
  const open: Lane[] = [];
  const lanesOn = async (told: Story, patience = {}) => {
    const made = await theLanes(await cephGround(told, await aBucket(), cephClient()), told, 4, patience);
    open.push(...made.lanes);
    return made;
  };
  afterAll(async () => {
    await Promise.all(open.map(({ close }) => close()));
    for (const bucket of buckets) await removeBucket(cephClient(), bucket);
  }, 300_000);

  test("requests that fail damage nothing", async () => {
    const { lanes, expected } = await lanesOn(eventful);
    const cases = casesFor(await requestsOf(lanes[0]), false).filter((_, at) => at % steps.faults === 0);
    expect(await befall(lanes, expected, cases)).toEqual([]);
    process.stdout.write(`on Ceph: ${cases.length} faults\n`);
  });

  test("a run that is cut damages nothing", async () => {
    const { lanes, expected } = await lanesOn(eventful, { maxAttempts: 1 });
    const cuts = (await cutsOf(lanes[0])).filter((count) => count % steps.cuts === 1);
    expect(await cutShort(lanes, expected, cuts)).toEqual([]);
    process.stdout.write(`on Ceph: ${cuts.length} cuts\n`);
  });

  test("two runs at once damage nothing", async () => {
    const { lanes, expected } = await lanesOn(story);
    const pairs = (await pairsOf(lanes[0])).table.filter((_, at) => at % steps.pairs === 0);
    const { breaches, ends } = await race(lanes, expected, pairs);
    expect(breaches).toEqual([]);
    process.stdout.write(`on Ceph: ${pairs.length} pairs: ${ends}\n`);
  });
});
