import { parquetMetadataAsync, parquetRead } from "hyparquet";
import { Fault } from "../../fault.ts";
import type { Key, Listed, Store } from "../../stores/store.ts";

/** A request as CloudFront logged it (standard logging, version 2); who sent it is not in the log. */
export type LoggedRequest = {
  /** To the second, `2026-11-28T12:00:00Z`. */
  readonly at: string;
  /** Decoded, without the slash at its beginning. */
  readonly path: string;
  readonly status: number;
  readonly agent: string;
};

/** The columns by CloudFront's names, which Parquet writes with other signs between their words. */
const wanted = { date: "date", time: "time", stem: "cs_uri_stem", status: "sc_status", agent: "cs_user_agent" } as const;

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");

/**
 * All requests in the Parquet files below a store, file by file in the order of their names, at most a file and its decoded row group in memory.
 * @throws Fault if a file is no Parquet file, or has no such columns.
 */
export async function* requestsIn(logs: Store): AsyncGenerator<readonly LoggedRequest[]> {
  for (const { key } of await logFiles(logs)) yield* requestsOf(logs, key);
}

/**
 * The access logs below a store.
 * @throws Fault (usage) if there is none.
 */
export async function logFiles(logs: Store): Promise<readonly Listed[]> {
  const files = (await logs.list()).filter(({ key }) => key.endsWith(".parquet"));
  if (files.length === 0)
    throw new Fault(`${logs.address} has no access log: no file there ends with .parquet. Give the bucket of CloudFront's logs.`, {
      kind: "usage",
    });
  return files;
}

/** The requests in one of these files; none if it is gone. */
export async function* requestsOf(logs: Store, key: Key): AsyncGenerator<readonly LoggedRequest[]> {
  const found = await logs.read(key);
  if (found !== undefined) yield* rowsOf(found.bytes, `${logs.address}/${key}`);
}

async function* rowsOf(bytes: Uint8Array, name: string): AsyncGenerator<readonly LoggedRequest[]> {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  try {
    const metadata = await parquetMetadataAsync(buffer);
    const names = metadata.schema.map((element) => element.name);
    const columns = Object.values(wanted).map((column) => names.find((one) => plainName(one) === column));
    if (columns.includes(undefined)) throw new Error(`it has no column for ${Object.values(wanted)[columns.indexOf(undefined)]}`);
    let start = 0;
    for (const group of metadata.row_groups) {
      const end = start + Number(group.num_rows);
      let rows: readonly (readonly unknown[])[] = [];
      const onComplete = (read: unknown[][]): void => {
        rows = read;
      };
      await parquetRead({ file: buffer, metadata, columns: columns as string[], rowStart: start, rowEnd: end, onComplete });
      yield rows.map(requestOf);
      start = end;
    }
  } catch (cause) {
    throw new Fault(`${name} cannot be read as an access log: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}

function requestOf([date, time, stem, status, agent]: readonly unknown[]): LoggedRequest {
  const day = date instanceof Date ? date.toISOString().slice(0, 10) : String(date);
  return {
    at: `${day}T${String(time)}Z`,
    path: decoded(String(stem)).replace(/^\/+/, ""),
    status: Number(status),
    agent: decoded(String(agent ?? "")),
  };
}

/** CloudFront encodes some signs; what is no encoding stays. */
function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The partner and the file below its folder that a path is for, whichever way of access it shows; undefined for any other path. */
export function partnerFileOf(path: string): { readonly partner: string; readonly file: string } | undefined {
  const [, partner, file] = /^(?:p\/[^/]+\/)?partners\/([^/]+)\/(.*)$/.exec(path) ?? [];
  return partner === undefined || file === undefined ? undefined : { partner, file };
}

/** Whether the answer gave the file, or said that the copy at hand is still the same. */
export const isDelivered = ({ status }: Pick<LoggedRequest, "status">): boolean => status === 200 || status === 206 || status === 304;
