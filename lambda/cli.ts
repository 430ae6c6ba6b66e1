import { enableCompileCache } from "node:module";

// Node keeps what it has compiled (in the system's temporary folder; NODE_DISABLE_COMPILE_CACHE=1 prevents that), which halves the start
// of the next command. Only what is loaded after this is kept.
enableCompileCache();
await import("./cli/program.ts");
