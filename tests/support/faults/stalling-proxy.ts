import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";

export type StallingProxy = {
  readonly endpoint: string;
  /** The proxy accepts requests for which this is true, and never answers them. */
  stall: ((method: string, path: string) => boolean) | undefined;
  readonly stalled: () => number;
  readonly close: () => Promise<void>;
};

/** A proxy in front of an S3 server, on loopback. Keeps the Host header unchanged, because the signature covers it. */
export async function startStallingProxy(to: string): Promise<StallingProxy> {
  const { hostname, port } = new URL(to);
  let stalled = 0;
  const server = createServer((incoming, outgoing) => {
    const { method = "GET", url: path = "/", headers } = incoming;
    if (proxy.stall?.(method, path) === true) {
      stalled += 1;
      incoming.resume();
      return;
    }
    const onward = send({ hostname, port, method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.rawHeaders);
      response.pipe(outgoing);
    });
    onward.once("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  const proxy: StallingProxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stall: undefined,
    stalled: () => stalled,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
  return proxy;
}
