import type { EdgeRequest, EdgeResponse } from "../../lambda/preview/preview-edge.ts";
import type { Row } from "./requests.ts";

/** A row as the event with which CloudFront would call the function. */
export function requestOf({ path, method = "GET", headers = {} }: Row): EdgeRequest {
  const [uri = "/", query = ""] = path.split("?");
  return {
    method,
    uri,
    querystring: Object.fromEntries([...new URLSearchParams(query)].map(([name, value]) => [name, { value }])),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), { value }])),
  };
}

/** The result in the words of the table. */
export function answerOf(result: EdgeRequest | EdgeResponse): string {
  if (!("statusCode" in result)) return result.uri;
  const location = result.headers["location"]?.value;
  return location === undefined ? String(result.statusCode) : `${result.statusCode} ${location}`;
}
