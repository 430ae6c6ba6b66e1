import type { IncomingMessage, ServerResponse } from "node:http";
import type { Desk } from "./desk/desk.ts";
import { type DeskAnswer, deskFileAnswer } from "./desk/desk-answer.ts";
import { type Live, livePath, liveScript, liveScriptPath } from "./live.ts";

/** What a preview has beside the published files: pages that hear of each publication, and a desk. */
export type Beside = { readonly pages?: Live; readonly desk?: Desk };

/** The names of this machine. */
export const ownNames: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Answers below `/-/`, where nothing is published, and only under this machine's own names: a page of another site that leads the name of
 * the newsroom here must not read the desk. Undefined if the request is for a published file. `host`: as requested, without its port.
 */
export function besideAnswer(request: IncomingMessage, response: ServerResponse, host: string, beside: Beside): Promise<void> | undefined {
  const path = request.url ?? "/";
  return path.startsWith("/-/") && (beside.pages ?? beside.desk) !== undefined ? answered(request, response, host, beside) : undefined;
}

async function answered(request: IncomingMessage, response: ServerResponse, host: string, { pages, desk }: Beside): Promise<void> {
  const { pathname: path, searchParams: parameters } = new URL(request.url ?? "/", "http://desk");
  if (ownNames.includes(host) && path === livePath && pages !== undefined) {
    pages.listen(response);
    return;
  }
  const { status, headers, body } = await answerTo(
    request,
    host,
    { path, parameters, origin: `http://${request.headers.host}` },
    { pages, desk },
  );
  const bytes = Buffer.from(body, "utf8");
  response.writeHead(status, { ...headers, "content-length": bytes.length }).end(request.method === "HEAD" ? undefined : bytes);
}

async function answerTo(
  { method = "" }: IncomingMessage,
  host: string,
  query: Parameters<Desk["answer"]>[0],
  { pages, desk }: { readonly [Name in keyof Beside]: Beside[Name] | undefined },
): Promise<DeskAnswer> {
  if (!ownNames.includes(host)) return said(421, `The desk is at ${ownNames.join(", ")} alone.`);
  if (method !== "GET" && method !== "HEAD") return said(405, "Only GET and HEAD.");
  if (pages !== undefined && query.path === liveScriptPath) return deskFileAnswer("text/javascript; charset=utf-8", liveScript);
  if (desk === undefined) return said(404, "There is nothing here.");
  try {
    return await desk.answer(query);
  } catch (error) {
    return said(500, `The desk cannot show this: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function said(status: number, sentence: string): DeskAnswer {
  return { ...deskFileAnswer("text/plain; charset=utf-8", `${sentence}\n`), status };
}
