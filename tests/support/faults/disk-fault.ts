// Loaded by `node --import` before a command. WIREROOM_TEST_DISK=die:N ends the process with SIGKILL at its N-th change of the disk;
// full:N makes the disk full from then on; count:FILE writes the number of changes to a file.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const [mode, argument = ""] = (process.env["WIREROOM_TEST_DISK"] ?? "").split(/:(.*)/s);
const at = Number(argument);
let changes = 0;

function full(what: string): never {
  throw Object.assign(new Error(`ENOSPC: no space left on device, ${what}`), { code: "ENOSPC", errno: -28, syscall: what });
}

/** Counts a change. Every other process dies after its change, the rest before it. `needsSpace`: a full disk refuses this change. */
function changed<T>(what: string, needsSpace: boolean, work: () => T): T {
  changes += 1;
  if (mode === "full" && changes >= at && needsSpace) full(what);
  if (mode === "die" && changes === at && at % 2 === 0) process.kill(process.pid, "SIGKILL");
  try {
    return work();
  } finally {
    if (mode === "die" && changes === at) process.kill(process.pid, "SIGKILL");
  }
}

const needing = new Set(["mkdirSync", "linkSync", "copyFileSync", "writeFileSync"]);
type Call = (...all: unknown[]) => unknown;
const calls = fs as unknown as Record<string, Call>;
for (const name of ["renameSync", "unlinkSync", "linkSync", "mkdirSync", "copyFileSync", "writeFileSync", "rmSync"]) {
  const plain = calls[name] as Call;
  calls[name] = (...all) => changed(name, needing.has(name), () => plain(...all));
}

const open = fs.promises.open;
fs.promises.open = async (...all) => {
  const [, flags] = all;
  if (typeof flags !== "string" || !/[wa+]/.test(flags)) return open(...all);
  const handle = await changed("open", true, () => open(...all));
  const writeFile = handle.writeFile.bind(handle);
  handle.writeFile = async (data, ...rest) => {
    // A disk gets full in the middle of a file.
    if (mode === "full" && changes + 1 >= at && data instanceof Uint8Array) await writeFile(data.subarray(0, data.length >> 1));
    await changed("write", true, () => writeFile(data, ...rest));
  };
  return handle;
};
syncBuiltinESMExports();

if (mode === "count") process.on("exit", () => void fs.appendFileSync(argument, `${changes}\n`));
