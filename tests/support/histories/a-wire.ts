import { parseSite } from "../../../lambda/channels/site/site-file.ts";
import { cancel } from "../../../lambda/operator/cancel.ts";
import { publish } from "../../../lambda/run/pipeline.ts";
import type { Ports } from "../../../lambda/run/ports.ts";
import { fingerprintsOf } from "../../../lambda/run/process/program.ts";
import { ownCode } from "../../../lambda/settings.ts";
import { headIn } from "../../../lambda/state/head.ts";
import { stateKeys } from "../../../lambda/state/state-keys.ts";
import type { Store } from "../../../lambda/stores/store.ts";
import { lose, putBack } from "../a-state.ts";
import { memoryStore } from "../stores/memory-store.ts";
import type { Bytes } from "./from-outside.ts";

/** The allowed ends of a run; any other is a breach. */
export type End = "done" | "busy" | "cut" | string;

export const HARMS = ["catalog gone", "catalog older", "manifest gone", "manifest older", "ledger gone"] as const;

/** A wire that a history runs, on any kind of store. */
export type Wire = {
  readonly write: (key: string, text: string) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  readonly publish: (now: number) => Promise<End>;
  /** Ended silently after this many writes, or at the corresponding place. */
  readonly cut: (now: number, writes: number) => Promise<End>;
  /** One run that waits at its n-th access to a store, while something happens and another run takes place. */
  readonly race: (now: number, at: number, meanwhile: () => Promise<void>) => Promise<readonly End[]>;
  readonly cancel: (now: number, key: string, erase: boolean) => Promise<End>;
  readonly harm: (how: (typeof HARMS)[number]) => Promise<void>;
  readonly files: () => Promise<Bytes>;
  /** Every content, present and past, of all stores, by name. */
  readonly remains: () => Promise<Bytes>;
};

const site = async (content: Store) => parseSite(Buffer.from((await content.read("site.yaml"))?.bytes ?? []).toString("utf8"), "site.yaml");

/** A wire in memory, with the real program: runs are cut and interleaved at the stores. */
export async function aWireInMemory(): Promise<Wire> {
  const [content, target, state] = [memoryStore("content"), memoryStore("target"), memoryStore("state")];
  const { program } = await fingerprintsOf(ownCode);
  const keys = new Set<string>();
  let runs = 0;
  const noting = (store: Store): Store => ({
    ...store,
    write: (key, ...rest) => {
      keys.add(`${store.address}/${key}`);
      return store.write(key, ...rest);
    },
  });
  const [its, feeds, mind] = [noting(content), noting(target), noting(state)];
  const places = { content: "content", target: "target" };
  const portsAt = (now: number, stores: Pick<Ports, "target" | "state">): Ports => ({
    ...stores,
    content: its,
    places,
    now: new Date(now).toISOString(),
    program,
    holder: `run ${++runs}`,
    tell: () => {},
    announcer: async () => undefined,
    elapsed: () => 0,
  });
  const run = async (now: number, stores: Pick<Ports, "target" | "state">): Promise<End> => {
    try {
      return (await publish(portsAt(now, stores), await site(content), [])).kind;
    } catch (error) {
      return String(error);
    }
  };
  const all = { target: feeds, state: mind };
  return {
    write: async (key, text) => void (await its.write(key, Buffer.from(text))),
    remove: async (key) => void (await its.remove(key)),
    publish: (now) => run(now, all),
    cut: async (now, writes) => {
      let left = writes;
      const dying = (store: Store): Store => {
        const gone = () => Promise.reject(new Error("cut"));
        const ask =
          <A extends readonly unknown[], R>(work: (...words: A) => Promise<R>, writes: boolean) =>
          (...words: A): Promise<R> => {
            if (left <= 0) return gone();
            if (writes) left -= 1;
            return work(...words);
          };
        const { list, read, history, write, remove, dropHistory } = store;
        return {
          ...store,
          list: ask(list, false),
          read: ask(read, false),
          history: ask(history, false),
          write: ask(write, true),
          remove: ask(remove, true),
          dropHistory: ask(dropHistory, true),
        };
      };
      const end = await run(now, { target: dying(feeds), state: dying(mind) });
      return left <= 0 ? "cut" : end;
    },
    race: async (now, at, meanwhile) => {
      let [looks, other] = [0, undefined as End | undefined];
      const waiting = (store: Store): Store => {
        const { list, read, write, remove } = store;
        const ask =
          <A extends readonly unknown[], R>(work: (...words: A) => Promise<R>) =>
          async (...words: A): Promise<R> => {
            if (++looks === at) {
              await meanwhile();
              other = await run(now + 1000, all);
            }
            return work(...words);
          };
        return { ...store, list: ask(list), read: ask(read), write: ask(write), remove: ask(remove) };
      };
      const end = await run(now, { target: waiting(feeds), state: waiting(mind) });
      return other === undefined ? [end] : [end, other];
    },
    cancel: async (now, id, erase) => {
      try {
        const ports = portsAt(now, all);
        const settings = { ...ports, began: ports.now, site: await site(content), editable: false, cloud: { endpoints: {} } };
        const { outcome, canceled } = await cancel({ id, erase, time: 60_000, tell: () => {} }, settings);
        return canceled.erased === "busy" || outcome === "busy" ? "busy" : "done";
      } catch (error) {
        return String(error);
      }
    },
    harm: async (how) => {
      const [what, becomes] = how.split(" ") as ["catalog" | "manifest" | "ledger", "gone" | "older"];
      if (what === "ledger") await state.remove(stateKeys.head);
      else if (becomes === "gone") await lose(state, what);
      else {
        const heads = await Promise.all((await state.history(stateKeys.head)).map(async (one) => headIn(await one.read(), "head.json")));
        const root = JSON.stringify(heads[0]?.roots[what]);
        const older = heads.find((head) => head?.roots[what] !== undefined && JSON.stringify(head.roots[what]) !== root);
        if (older !== undefined && (await state.read(stateKeys.head)) !== undefined) await putBack(state, what, older);
      }
    },
    files: async () =>
      new Map(
        await Promise.all(
          (await target.list()).map(async ({ key }) => [key, (await target.read(key))?.bytes ?? new Uint8Array()] as const),
        ),
      ),
    remains: async () => {
      const stores = { content, target, state };
      const found = [...keys].map(async (name) => {
        const [place, key] = name.split(/\/(.*)/s) as [keyof typeof stores, string];
        const past = await stores[place].history(key);
        return Promise.all(past.map(async (one) => [`${one.version} of ${name}`, await one.read()] as const));
      });
      return new Map((await Promise.all(found)).flat());
    },
  };
}
