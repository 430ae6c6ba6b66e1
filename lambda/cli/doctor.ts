import { Fault } from "../fault.ts";
import { doctor } from "../operator/doctor/doctor.ts";
import { exitCodes } from "../reports/report.ts";
import { diagnosisLines } from "../terminal/diagnoses.ts";
import { type Output, say } from "./output.ts";
import { watched } from "./watched.ts";

/** `wireroom doctor`: returns the exit code. */
export async function examineFeeds(written: readonly string[], output: Output): Promise<number> {
  const urls = written.map(feedAddress);
  const diagnoses = await watched((tell) => doctor(urls, () => Date.now(), { tell }));
  await say({ feeds: diagnoses }, diagnosisLines(diagnoses), output);
  return diagnoses.some(({ verdict }) => verdict === "ill") ? exitCodes.problems : exitCodes.fine;
}

function feedAddress(written: string): string {
  const url = URL.parse(written);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href;
  throw new Fault(`"${written}" is not a web address. Write https://news.example/all/rss.xml.`, { kind: "usage" });
}
