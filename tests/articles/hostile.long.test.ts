import { describe } from "vitest";
import { judgeEach } from "./hostile/judged.ts";
import { multiplied } from "./hostile/multiplied.ts";
import { nesting } from "./hostile/nesting.ts";
import { sizes } from "./hostile/sizes.ts";

describe.each([
  ["ten thousand levels of nesting", nesting],
  ["multiplication", multiplied],
  ["sizes", sizes],
] as const)("%s", (_, rows) => judgeEach(rows));
