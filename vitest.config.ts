import { defineConfig } from "vitest/config";

const long = "tests/**/*.long.test.ts";

/**
 * `npm test` runs every file but the long ones, and each law over few cases. `npm run test:long` runs the long files, and each law over
 * 2,000 cases. Together they run every test.
 */
export default defineConfig(({ mode }) => ({
  test: {
    ...(mode === "long"
      ? { include: [long, "tests/laws/**/*.test.ts"], env: { WIREROOM_TEST_LONG: "1" } }
      : { include: ["tests/**/*.test.ts"], exclude: [long] }),
    setupFiles: ["tests/support/setup.ts"],
    pool: "threads",
    // Vitest leaves one core idle otherwise: on two, that is half the machine.
    maxWorkers: "100%",
    // The only limits of time: just a test that hangs takes so long, also on a busy machine.
    testTimeout: mode === "long" ? 7_200_000 : 300_000,
    hookTimeout: mode === "long" ? 7_200_000 : 300_000,
    expect: { poll: { timeout: 300_000 } },
  },
}));
