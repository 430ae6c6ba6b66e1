import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parquetWriteBuffer } from "hyparquet-writer";
import { canMeasure, measured } from "./measured.ts";

const cli = fileURLToPath(new URL("../lambda/cli.ts", import.meta.url));
const files = 30;
const agents = [
  "Feedbin feed-id:1 - 25 subscribers",
  "NetNewsWire (RSS Reader)",
  "Agency/1.0",
  "Mozilla/5.0 (X11; Linux x86_64) Firefox/140",
];

/** A month of access logs, read for one partner; beside the program's answer that of the loop which made the logs. */
export async function logs(rows: number): Promise<readonly string[]> {
  if (!canMeasure()) return ["Not run: it needs GNU time as /usr/bin/time (Debian: time)."];
  const folder = mkdtempSync(join(tmpdir(), "wireroom-logs-"));
  try {
    let [wanted, unchanged] = [0, 0];
    for (let file = 0; file < files; file += 1) {
      const indices = Array.from({ length: Math.ceil(rows / files) }, (_, index) => file * Math.ceil(rows / files) + index).filter(
        (index) => index < rows,
      );
      const paths = indices.map((index) => (index % 11 === 0 ? "/partners/agency/rss.xml" : `/section/${index % 97}/rss.xml`));
      const statuses = indices.map((index) => (index % 3 === 0 ? 200 : 304));
      for (const [index, path] of paths.entries()) {
        if (!path.startsWith("/partners/agency/")) continue;
        wanted += 1;
        if (statuses[index] === 304) unchanged += 1;
      }
      const text = (name: string, data: string[]) => ({ name, data, type: "STRING" as const });
      const clock = (index: number): string => new Date(Date.UTC(2026, 10, 1 + file) + (index % 86_400) * 1_000).toISOString();
      const columnData = [
        text(
          "date",
          indices.map((index) => clock(index).slice(0, 10)),
        ),
        text(
          "time",
          indices.map((index) => clock(index).slice(11, 19)),
        ),
        text(
          "cs_host",
          indices.map(() => "feeds.wire.example"),
        ),
        text("cs_uri_stem", paths),
        { name: "sc_status", data: statuses, type: "INT32" as const },
        text(
          "cs_user_agent",
          indices.map((index) => (agents[index % agents.length] ?? "").replaceAll(" ", "%20")),
        ),
      ];
      writeFileSync(join(folder, `${String(file).padStart(2, "0")}.parquet`), new Uint8Array(parquetWriteBuffer({ columnData })));
    }
    const site = join(folder, "site.yaml");
    writeFileSync(site, "url: https://wire.example/\npartners:\n  - { name: agency, profile: generic, channel: all }\n");
    const words = ["partner", "log", "agency", "--logs", folder, "--content", folder, "--json"];
    const { cost, stdout } = await measured(folder, [process.execPath, cli, ...words]);
    const { wall, cpu, memory } = cost;
    const [found] = (JSON.parse(stdout) as { files: { requests: number; unchanged: number }[] }).files;
    const isSame = found?.requests === wanted && found.unchanged === unchanged;
    return [
      `${rows} requests in ${files} files: wall ${wall.toFixed(1)} s, CPU ${cpu.toFixed(1)} s, memory ${memory.toFixed(0)} MB; aim: 20 s, 500 MB.`,
      `The counts ${isSame ? "equal" : "DIFFER from"} those of the loop that made the logs: ${wanted} requests, ${unchanged} unchanged.`,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
