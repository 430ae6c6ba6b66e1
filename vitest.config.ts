import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const long = "tests/**/*.long.test.ts";
/** Rooms whose tests change nothing of the process: they share modules, which saves a third of their time. */
const shared = "tests/{articles,channels,feeds,plan,state,reports,terminal,edge,run,operator,preview,house,lib,laws,attacks}/**/*.test.ts";

/**
 * `npm test` runs every file but the long ones, and each law over few cases. `npm run test:long` runs the long files, and each law over
 * 2,000 cases. Together they run every test.
 */
export default defineConfig(({ mode }) => {
  // .ci/run has steps for these: the long tests, and Ceph.
  const elsewhere = mode === "ci" ? ["tests/laws/**", "tests/**/ceph*.test.ts"] : [];
  return {
    test: {
      ...(mode === "long"
        ? { include: [long, "tests/laws/**/*.test.ts"], env: { WIREROOM_TEST_LONG: "1" } }
        : {
            projects: [
              { extends: true as const, test: { name: "shared", include: [shared], exclude: [long, ...elsewhere], isolate: false } },
              { extends: true as const, test: { name: "others", include: ["tests/**/*.test.ts"], exclude: [long, shared, ...elsewhere] } },
            ],
          }),
      setupFiles: ["tests/support/setup.ts"],
      pool: "threads",
      // One more than cores: tests that wait for processes, leases and servers leave a core idle.
      maxWorkers: availableParallelism() + 1,
      // The only limits of time: just a test that hangs takes so long, also on a busy machine.
      testTimeout: mode === "long" ? 7_200_000 : 300_000,
      hookTimeout: mode === "long" ? 7_200_000 : 300_000,
      expect: { poll: { timeout: 300_000 } },
    },
  };
});
