import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Requests by S3's own names, such as PutObject. */
export type Counted = Readonly<Record<string, number>>;

export type Server = {
  readonly env: Readonly<Record<string, string>>;
  /** The requests since the last call. */
  readonly counted: () => Promise<Counted>;
  readonly close: () => void;
};

/**
 * The tests' own S3 server in a separate process, so that its work does not count as the client's. `articles`: how many short articles it
 * begins with.
 */
export async function startServer(bucket: string, articles = 0): Promise<Server> {
  const child = fork(fileURLToPath(new URL("s3-process.ts", import.meta.url)), [bucket, String(articles)]);
  const env = (await told(child)) as Server["env"];
  return {
    env,
    counted: async () => {
      const answer = told(child);
      child.send("count");
      return (await answer) as Counted;
    },
    close: () => child.disconnect(),
  };
}

function told(child: ChildProcess): Promise<unknown> {
  return new Promise((heard, failed) => {
    const ended = (code: number | null) => failed(new Error(`The S3 server ended with ${code}.`));
    child.once("exit", ended).once("message", (message) => {
      // Else each question leaves a listener behind, and Node warns of the eleventh.
      child.off("exit", ended);
      heard(message);
    });
  });
}
