import { inParallel } from "../lambda/stores/parallel.ts";
import { placesIn, runOn } from "../tests/support/a-bucket-newsroom.ts";
import { aFile } from "../tests/support/a-newsroom.ts";
import { startS3 } from "../tests/support/s3-server.ts";

const site = `title: The Wire
url: https://wire.example/
permalink: /{slug}/
ids: { authority: wire.example, since: 2020-01-01 }
languages: [en]
channels: [{ name: all, archive: monthly }, { by: section }]
`;

/** One article per hour, in eight sections. */
const story = (number: number): string => {
  const date = new Date(Date.UTC(2020, 0, 1) + number * 3_600_000).toISOString();
  return aFile({ title: `Story ${number}`, date, section: `desk ${number % 8}` }, `The words of ${number}. `.repeat(60));
};

/**
 * `npm run bench -- cost`: the number of S3 requests of a run, by operation, for newsrooms of these sizes; the basis of
 * docs/costs.md.
 */
export async function cost(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const articles of [500, 5_000]) {
    const s3 = await startS3({ buckets: ["wire"] });
    try {
      const places = placesIn(s3.client(), "wire");
      await inParallel([...Array(articles).keys()], (number) => places.content.write(`${number}.md`, Buffer.from(story(number))));
      const counted = async (now: string): Promise<string> => {
        s3.clearRequests();
        const began = performance.now();
        await runOn(places, now, [], { site });
        const seconds = ((performance.now() - began) / 1000).toFixed(2);
        const byOperation = Map.groupBy(s3.requests, ({ operation }) => operation);
        const counts = [...byOperation].map(([operation, all]) => `${operation} ${all.length}`).sort();
        return `${counts.join(", ")} (${seconds} s)`;
      };
      lines.push(`${articles} articles, the first run: ${await counted("2026-11-20T12:00:00Z")}`);
      lines.push(`${articles} articles, nothing new: ${await counted("2026-11-20T12:05:00Z")}`);
      await places.content.write("new.md", Buffer.from(story(articles)));
      lines.push(`${articles} articles, one new: ${await counted("2026-11-20T12:10:00Z")}`);
    } finally {
      await s3.close();
    }
  }
  return lines;
}
