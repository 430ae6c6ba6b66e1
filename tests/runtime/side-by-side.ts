import { setTimeout as sleep } from "node:timers/promises";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { untilFresh } from "../../lambda/plan/outbox.ts";
import { stateKeys } from "../../lambda/state/state-keys.ts";
import { bundle } from "../../lib/bundle/bundling.ts";
import { addedHeaders } from "../lib/added-headers.ts";
import { aFolder } from "../support/a-command.ts";
import { aFile, aSiteFile } from "../support/a-newsroom.ts";
import { aServer } from "../support/a-server.ts";
import { type ACdn, aCdn, bucketOrigin } from "../support/aws/a-cdn.ts";
import { type AFunction, aFunction } from "../support/aws/a-function.ts";
import { aWorld, type Buckets, fill, plainFiles, type World } from "./a-world.ts";
import { aNotice, scheduled } from "./notices.ts";

/** How often SQS hands a message over before it lays it aside, and for how long nobody else gets it then (lib/notices.ts; a tenth of that). */
const queueing = { most: 5, hidden: 30_000, batch: 10, gathers: 1_000 } as const;
const queueUrl = "https://sqs.us-east-1.amazonaws.com/123456789012/Wireroom";
/** A feed may be told of so much later than the edge has it, milliseconds. */
const late = 120_000;

type Message = { readonly id: string; readonly body: string; at: number; tries: number };

/**
 * The bundle in several processes over one newsroom, as several schedules, notices and reminders have it run at once, while articles are
 * written all the time. `seconds`: for how long; where that is less than a hub waits for, its clock is put forward afterwards.
 */
export function sideBySide(
  title: string,
  options: { readonly buckets: () => Promise<Buckets>; readonly client?: string | undefined; readonly seconds: number },
): void {
  const { seconds } = options;
  const processes = 3;
  describe(title, () => {
    let home: Awaited<ReturnType<typeof aFolder>>;
    let world: World;
    let cdn: ACdn;
    const functions: AFunction[] = [];
    const faults: string[] = [];
    const ends = new Map<string, number>();
    const queue: Message[] = [];
    let [sent, most, ahead] = [0, 0, 0];
    const send = (body: string, delay = 0) => queue.push({ id: `m-${++sent}`, body, at: Date.now() + delay, tries: 0 });

    /** What the hub has got of each feed, through the edge, and when. */
    const told = new Map<string, { readonly text: string; readonly at: number }>();
    let sqs: Awaited<ReturnType<typeof aServer>>;
    let hub: Awaited<ReturnType<typeof aServer>>;
    let env: Readonly<Record<string, string>>;

    beforeAll(async () => {
      home = await aFolder();
      bundle(home.path);
      sqs = await aServer(({ body }) => {
        const { MessageBody, DelaySeconds } = JSON.parse(body) as { MessageBody: string; DelaySeconds: number };
        send(MessageBody, DelaySeconds * 1000);
        return { status: 200, body: '{"MessageId":"1"}' };
      });
      hub = await aServer(async ({ body }) => {
        const topic = new URLSearchParams(body).get("hub.url") ?? "";
        const text = await (await fetch(cdn.url + new URL(topic).pathname)).text();
        told.set(topic, { text, at: Date.now() });
        return { status: 204 };
      });
      world = await aWorld(await options.buckets(), { folder: home.path, client: options.client });
      env = { ...world.env, WIREROOM_QUEUE: queueUrl, AWS_ENDPOINT_URL_SQS: sqs.url };
      for (let number = 0; number < processes; number += 1)
        functions.push(await aFunction({ folder: home.path, env, timeout: 60, memory: 1769, client: options.client }));
      const { buckets } = world;
      const credentials = buckets.client().config.credentials;
      const s3 = new S3Client({ endpoint: buckets.endpoint, region: "us-east-1", credentials });
      cdn = await aCdn({ origin: bucketOrigin(s3, buckets.names.feeds), rows: world.edge.rows, headers: addedHeaders() });
    });
    afterAll(async () => {
      await Promise.all(functions.map((one) => one.close()));
      await cdn?.close();
      await sqs?.[Symbol.asyncDispose]();
      await hub?.[Symbol.asyncDispose]();
      await world?.[Symbol.asyncDispose]();
      await home?.[Symbol.asyncDispose]();
    });

    const invoked = async (run: AFunction, event: unknown): Promise<unknown> => {
      // Whose clock is ahead has so much less time.
      const ended = await run.invoke(event, { seconds: 60 + ahead / 1000 });
      if (ended.kind === "answered") return ended.payload;
      faults.push(JSON.stringify(ended).slice(0, 1000));
      return undefined;
    };
    const count = (what: string) => ends.set(what, (ends.get(what) ?? 0) + 1);

    /** Hands over what lies in the queue, as long as `open` says; what was not done with comes again. */
    const serve = async (run: AFunction, turn: number, open: () => boolean) => {
      let next = Date.now() + turn * 7_000;
      // A fault is the end: what is given back after it only comes again.
      while (open() && faults.length === 0) {
        const batch = queue.filter(({ at }) => at <= Date.now()).slice(0, queueing.batch);
        if (Date.now() >= next) {
          next = Date.now() + 20_000;
          const payload = (await invoked(run, scheduled)) as { readonly outcome?: string } | undefined;
          count(payload?.outcome ?? "fault");
        } else if (batch.length > 0) {
          for (const message of batch) {
            message.at = Date.now() + queueing.hidden;
            message.tries += 1;
            most = Math.max(most, message.tries);
          }
          const answer = (await invoked(run, eventOf(batch))) as
            | { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }
            | undefined;
          const back = new Set(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) ?? batch.map(({ id }) => id));
          count(back.size > 0 ? "given back" : "batch");
          for (const message of batch) if (!back.has(message.id)) queue.splice(queue.indexOf(message), 1);
        } else await sleep(queueing.gathers / 4);
      }
    };

    test(`${processes} processes for ${seconds} s cause no fault, lose no message, and tell the hub the newest state`, {
      timeout: seconds * 1000 + 600_000,
    }, async () => {
      const says = new Map<string, string>();
      const write = async (key: string, text: string | undefined) => {
        if (text === undefined) await world.content.remove(key);
        else await world.content.write(key, Buffer.from(text));
        send(JSON.stringify(aNotice(key, text === undefined ? "Object Deleted" : "Object Created")));
      };
      await fill(world.content, {
        "site.yaml": `${aSiteFile}hub: ${hub.url}/\nguard: { lose: 1, atLeast: 1000 }\nchannels: [{ name: all, limit: 500, bytes: 4MB }]\n`,
      });
      const end = Date.now() + seconds * 1000;
      let writing = true;
      const working = functions.map((run, turn) =>
        serve(run, turn, () => writing || queue.some(({ at }) => at <= Date.now() + queueing.hidden)),
      );
      let acts = 0;
      for (; Date.now() < end && faults.length === 0; acts += 1) {
        const key = `a-${acts % 40}.md`;
        const words = `edition ${acts} of ${key}.`;
        const canceled = acts % 11 === 10;
        says.set(key, canceled ? "" : words);
        const day = String(1 + (acts % 28)).padStart(2, "0");
        await write(key, aFile({ title: key, date: `2026-03-${day}T09:00:00Z`, ...(canceled ? { status: "canceled" } : {}) }, words));
        await sleep(700);
      }
      writing = false;
      await Promise.all(working);
      expect(faults).toEqual([]);
      const stopped = Date.now();

      const text = (await plainFiles(world.feeds))["all/feed.json"] ?? "";
      expect([...says].filter(([, words]) => words !== "" && !text.includes(words)).map(([key]) => key)).toEqual([]);
      const left = (key: string) =>
        [...text.matchAll(/edition (\d+) of (a-\d+\.md)\./g)].filter(([words, , of]) => of === key && words !== says.get(key));
      expect([...says.keys()].flatMap((key) => left(key).map(([words]) => words))).toEqual([]);

      // What a run left to be told is due when the edge has it: here by the clock of the functions, if nobody is to wait for that.
      if (seconds * 1000 < untilFresh) {
        ahead = untilFresh;
        for (const run of functions) await run.redeploy({ ...env, WIREROOM_TEST_AHEAD: String(ahead) });
        cdn.later(ahead / 1000);
        for (const message of queue) message.at -= ahead;
      }
      await Promise.all(functions.map((run, turn) => serve(run, turn, () => queue.length > 0 && Date.now() < stopped + untilFresh + late)));
      const files = await plainFiles(world.feeds);
      const waits = [...told].map(([topic, { text: got, at }]) => ({
        topic,
        newest: got === files[new URL(topic).pathname.slice(1)],
        after: at - stopped,
      }));
      const figures = `${acts} acts, ${sent} messages, handed over at most ${most} times; ${[...ends].map(([what, times]) => `${times} ${what}`).join(", ")}; the hub was told ${hub.asked.length} times, last ${Math.max(...waits.map(({ after }) => Math.round(after / 1000)))} s after the last act`;
      process.stdout.write(`${figures}\n`);
      expect(faults).toEqual([]);
      expect([queue.length, most < queueing.most]).toEqual([0, true]);
      expect(waits.map(({ topic, newest }) => [topic.split("/").at(-1), newest]).sort()).toEqual([
        ["atom.xml", true],
        ["feed.json", true],
        ["rss.xml", true],
      ]);
      for (const { after } of waits) expect(after).toBeLessThan(untilFresh - ahead + late);
      expect(await world.state.read(stateKeys.lease)).toBeUndefined();
    });
  });
}

function eventOf(batch: readonly Message[]): object {
  return {
    Records: batch.map(({ id, body, tries }) => ({
      messageId: id,
      receiptHandle: "AQEB",
      body,
      attributes: { ApproximateReceiveCount: String(tries) },
      messageAttributes: {},
      md5OfBody: "",
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:us-east-1:123456789012:Wireroom-Notices",
      awsRegion: "us-east-1",
    })),
  };
}
