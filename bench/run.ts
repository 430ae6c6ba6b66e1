import { cost } from "./cost.ts";
import { formats } from "./formats.ts";
import { intake } from "./intake.ts";
import { publish } from "./publish.ts";

/** `npm run bench`, or `npm run bench -- intake 15`: which benchmarks, all of them by default, and how many rounds of each. */
const BENCHMARKS: Readonly<Record<string, (rounds: number) => Promise<readonly string[]>>> = { cost, formats, intake, publish };
/** Default numbers: one round of a benchmark that takes minutes is worth more than one of a benchmark that takes seconds. */
const ROUNDS: Readonly<Record<string, number>> = { publish: 3 };

const [names, numbers] = [process.argv.slice(2).filter((word) => !isCount(word)), process.argv.slice(2).filter(isCount)];

for (const name of names.length > 0 ? names : Object.keys(BENCHMARKS)) {
  const benchmark = BENCHMARKS[name];
  if (benchmark === undefined) {
    console.error(`There is no benchmark ${JSON.stringify(name)}. The benchmarks are: ${Object.keys(BENCHMARKS).join(", ")}.`);
    process.exitCode = 2;
  } else console.log([`${name}:`, ...(await benchmark(Number(numbers[0] ?? ROUNDS[name] ?? 9)))].join("\n"));
}

function isCount(word: string): boolean {
  return /^[1-9]\d*$/.test(word);
}
