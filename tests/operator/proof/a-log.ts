import { parquetWriteBuffer } from "hyparquet-writer";

/** One line of an access log: `2026-11-28T12:00:00Z`, path with its slash, status, user agent. */
export type Logged = readonly [at: string, path: string, status: number, agent: string];

/** The lines as CloudFront delivers them: Parquet, with a day, a time and an encoded user agent. */
export function aLog(lines: readonly Logged[]): Uint8Array {
  const column = (name: string, data: readonly (string | number)[]) => ({ name, data: [...data], type: "STRING" as const });
  const buffer = parquetWriteBuffer({
    columnData: [
      column(
        "date",
        lines.map(([at]) => at.slice(0, 10)),
      ),
      column(
        "time",
        lines.map(([at]) => at.slice(11, 19)),
      ),
      column(
        "x_edge_location",
        lines.map(() => "FRA56-P1"),
      ),
      column(
        "cs_uri_stem",
        lines.map(([, path]) => path),
      ),
      { name: "sc_status", data: lines.map(([, , status]) => status), type: "INT32" as const },
      column(
        "cs_user_agent",
        lines.map(([, , , agent]) => agent.replaceAll(" ", "%20")),
      ),
    ],
  });
  return new Uint8Array(buffer);
}
