import { headersByKey } from "../plan/manifest/headers.ts";
import type { Store } from "../stores/store.ts";
import { withLiveScript } from "./live.ts";
import type { deployedEdge, EdgeRequest, EdgeResponse } from "./preview-edge.ts";

/**
 * A page with the script that listens for publications; undefined for everything that is no page, which is then served to the byte. An
 * absent page listens too: it may come.
 */
export async function livePage(
  target: Store,
  edge: ReturnType<ReturnType<typeof deployedEdge>>,
  request: EdgeRequest,
): Promise<EdgeResponse | undefined> {
  const { "accept-encoding": _, ...headers } = request.headers;
  const asked = await edge.asked({ ...request, headers });
  if ("statusCode" in asked) return undefined;
  const key = decodeURIComponent(asked.uri.slice(1));
  const { contentType } = headersByKey(key);
  if (contentType?.startsWith("text/html") !== true) return undefined;
  const found = await target.read(key);
  const page = found ?? (await target.read("404.html"));
  if (page === undefined) return undefined;
  return textOf(found === undefined ? 404 : 200, contentType, withLiveScript(Buffer.from(page.bytes).toString("utf8")));
}

function textOf(statusCode: number, type: string, data: string): EdgeResponse {
  return {
    statusCode,
    headers: { "content-type": { value: type }, "cache-control": { value: "no-store" } },
    body: { encoding: "text", data },
  };
}
