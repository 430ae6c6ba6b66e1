import { Fault, printable, printableLines } from "../fault.ts";
import { doctor } from "../operator/doctor/doctor.ts";
import { exitCodes } from "../reports/report.ts";
import { diagnosisLines } from "../terminal/diagnoses.ts";

/** `wireroom doctor`: returns the exit code. */
export async function examineFeeds(written: readonly string[], { json }: { readonly json?: boolean }): Promise<number> {
  const diagnoses = await doctor(written.map(feedAddress), () => Date.now());
  const said =
    json === true
      ? printableLines(JSON.stringify({ feeds: diagnoses }, undefined, 2))
      : diagnosisLines(diagnoses).map(printable).join("\n");
  process.stdout.write(`${said}\n`);
  return diagnoses.some(({ verdict }) => verdict === "ill") ? exitCodes.problems : exitCodes.fine;
}

function feedAddress(written: string): string {
  const url = URL.parse(written);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href;
  throw new Fault(`"${written}" is not a web address. Write https://news.example/all/rss.xml.`, { kind: "usage" });
}
