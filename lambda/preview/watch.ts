import { relative } from "node:path";
import { watch } from "chokidar";

/** How long a folder must be quiet before its change counts, in milliseconds: editors write a file in several steps. */
const quiet = 60;

/** Calls `changed` when a file of the content comes, changes or goes. Names that begin with a dot and packages are not content. */
export async function watchContent(folder: string, changed: () => void): Promise<{ readonly close: () => Promise<void> }> {
  let timer: NodeJS.Timeout | undefined;
  const isOutside = (path: string) => /(?:^|[/\\])(?:\.[^./\\]|node_modules(?:[/\\]|$))/.test(relative(folder, path));
  const watcher = watch(folder, { ignored: isOutside, ignoreInitial: true });
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(changed, quiet);
  });
  await new Promise<void>((ready) => watcher.once("ready", ready));
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
