import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };
export type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array };

/** A server on loopback that records its requests. If `answer` is undefined, it never answers. */
export async function aServer(answer: (asked: Asked) => Answer | undefined | Promise<Answer | undefined>) {
  const asked: Asked[] = [];
  const listener = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const request = {
      method: message.method ?? "",
      path: message.url ?? "",
      headers: message.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    asked.push(request);
    const given = await answer(request);
    if (given !== undefined) response.writeHead(given.status, given.headers).end(given.body);
  });
  await new Promise<void>((ready) => void listener.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      listener.closeAllConnections();
      await new Promise<void>((closed) => void listener.close(() => closed()));
    },
  };
}
