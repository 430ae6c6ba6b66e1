/**
 * The words that run this program where it is: in a clone, as a package of the folder, or as a command of the machine. `file`: of the program;
 * `started`: what Node was asked to run.
 */
export function ownCommand(file: string = import.meta.filename, started: string = process.argv[1] ?? ""): string {
  if (file.endsWith(".ts")) return "npm run wireroom --";
  return /[\\/]node_modules[\\/]/.test(started) ? "npx wireroom" : "wireroom";
}

const command =
  /\bwireroom (?=(?:init|check|plan|publish|start|preview|status|allow|cancel|rollback|partner|import|doctor|withdrawn|subscribers|schema|--help)\b)/g;

/** A message, which calls the program wireroom, as it can be typed here. */
export function asTyped(message: string, own: string = ownCommand()): string {
  return message.replace(command, `${own} `);
}
