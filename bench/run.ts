import { formats } from "./formats.ts";
import { intake } from "./intake.ts";

/** `npm run bench`, or `npm run bench -- intake 15`: which benchmarks, all of them by default, and how many rounds of each. */
const BENCHMARKS: Readonly<Record<string, (rounds: number) => Promise<readonly string[]>>> = { formats, intake };

const [names, numbers] = [process.argv.slice(2).filter((word) => !isCount(word)), process.argv.slice(2).filter(isCount)];
const rounds = Number(numbers[0] ?? 9);

for (const name of names.length > 0 ? names : Object.keys(BENCHMARKS)) {
  const benchmark = BENCHMARKS[name];
  if (benchmark === undefined) {
    console.error(`There is no benchmark ${JSON.stringify(name)}. There are: ${Object.keys(BENCHMARKS).join(", ")}.`);
    process.exitCode = 2;
  } else console.log([`${name}:`, ...(await benchmark(rounds))].join("\n"));
}

function isCount(word: string): boolean {
  return /^[1-9]\d*$/.test(word);
}
