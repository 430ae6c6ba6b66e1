import type { Store } from "../../../lambda/stores/store.ts";
import { copyOf, memoryStore } from "../stores/memory-store.ts";
import { change, type Places, runOn } from "./a-bucket-newsroom.ts";
import { firstRun, type Story, saysOf } from "./a-ground.ts";
import { type Expected, expectedOf, type Lane } from "./a-lane.ts";
import type { FaultProxy, Judge, Passing } from "./fault-proxy.ts";
import type { Held } from "./what-must-hold.ts";

const names = ["content", "target", "state"] as const;

/**
 * A lane whose stores are in memory: the same cases, a twentieth of the time. A judge sees each call of a store as if it were a request of
 * S3, and fails every one that it does not let pass.
 */
export async function aMemoryLane(
  story: Story,
  prepare: (places: Places) => Promise<void> = async () => {},
): Promise<{ readonly lane: Lane; readonly expected: Expected }> {
  const start: Places = { content: memoryStore("content"), target: memoryStore("target"), state: memoryStore("state") };
  await change(start.content, story.beginning);
  await runOn(start, story.first ?? firstRun, [], saysOf(story));
  await change(start.content, story.events);
  for (const { at, events } of story.later ?? []) {
    await runOn(start, at, [], saysOf(story));
    await change(start.content, events);
  }
  await prepare(start);
  const [one, other] = [aGate(), aGate()];
  const lane: Lane = {
    proxy: one.gate,
    otherProxy: other.gate,
    begin: async () => {
      const calm: Places = { content: copyOf(start.content), target: copyOf(start.target), state: copyOf(start.state) };
      const behind = ({ through }: ReturnType<typeof aGate>) =>
        Object.fromEntries(names.map((name) => [name, through(calm[name])])) as unknown as Places;
      const tried = behind(one);
      const held = async (): Promise<Held> => ({ target: await filesOf(calm.target), state: await filesOf(calm.state) });
      return { tried, hasty: tried, other: behind(other), calm, held };
    },
    close: async () => {},
  };
  return { lane, expected: await expectedOf(lane, story) };
}

async function filesOf(store: Store): Promise<Held["target"]> {
  const listed = await store.list();
  const read = listed.map(async ({ key }) => {
    const { bytes = new Uint8Array(), headers = {} } = (await store.read(key)) ?? {};
    const { contentType, cacheControl } = headers;
    return [key, { bytes, headers: { ...(contentType && { contentType }), ...(cacheControl && { cacheControl }) } }] as const;
  });
  return new Map(await Promise.all(read));
}

function aGate(): { readonly gate: FaultProxy; readonly through: (store: Store) => Store } {
  const seen: Passing[] = [];
  const times = new Map<string, number>();
  let [judge, done]: [Judge, (passing: Passing) => void] = [() => ({ kind: "pass" }), () => {}];
  const pass = async (method: string, url: string): Promise<Passing> => {
    const turn = (times.get(`${method} ${url}`) ?? 0) + 1;
    times.set(`${method} ${url}`, turn);
    const passing = { name: `${method} ${url} #${turn}`, method, url, number: seen.length + 1 };
    seen.push(passing);
    const { kind } = await judge(passing);
    if (kind !== "pass") throw new Error(`${passing.name} failed: ${kind}`);
    return passing;
  };
  const through = (store: Store): Store => {
    const asked =
      <A extends readonly unknown[], R>(method: string, work: (...words: A) => Promise<R>) =>
      async (...words: A): Promise<R> => {
        const passing = await pass(method, `${store.address}/${typeof words[0] === "string" ? words[0] : ""}`);
        const result = await work(...words);
        done(passing);
        return result;
      };
    const { list, find, read, stream, history, write, remove, dropHistory, purge } = store;
    return {
      ...store,
      scan: async function* (prefix, points) {
        done(await pass("GET", `${store.address}/${prefix ?? ""}`));
        yield* store.scan(prefix, points);
      },
      ...{ list: asked("GET", list), find: asked("GET", find), read: asked("GET", read), stream: asked("GET", stream) },
      ...{ history: asked("GET", history), write: asked("PUT", write), remove: asked("DELETE", remove) },
      ...{ dropHistory: asked("DELETE", dropHistory), purge: asked("DELETE", purge) },
    };
  };
  const begin: FaultProxy["begin"] = (next = () => ({ kind: "pass" }), told = () => {}) => {
    seen.length = 0;
    times.clear();
    [judge, done] = [next, told];
  };
  return { gate: { endpoint: "", seen, begin, close: async () => {} }, through };
}
