// Follows a partner's change log:  node follow.mjs https://feeds.example/partners/NAME/changes/ KEY [NUMBER]
// Prints the changes after NUMBER, oldest first, and the number to remember. Needs Node 20 or newer, and no package.
import { pathToFileURL } from "node:url";

/**
 * The changes after the number `last`. `read(name)` gives a file of the log as a value, and undefined if there is none.
 * `missed`: the log no longer reaches back so far. Then read the partner's files anew, and go on from here.
 */
export async function changesSince(last, read) {
  const { last: newest, part } = await read("latest.json");
  const changes = [];
  let name = newest > last ? part : undefined;
  while (name !== undefined) {
    const found = await read(name);
    if (found !== undefined) changes.unshift(...found.changes.filter(({ seq }) => seq > last));
    // A part is named by its first number: what comes before it was seen. A log that begins after your number has begun anew.
    const isReached = found !== undefined && found.changes[0].seq <= last + 1;
    if (found === undefined || (!isReached && found.previous === undefined && last > 0)) return { last: newest, changes, missed: true };
    name = isReached ? undefined : found.previous;
  }
  return { last: Math.max(newest, last), changes, missed: false };
}

/** Reads files of the log with the partner's key. */
export function reader(log, key) {
  return async (name) => {
    const answer = await fetch(new URL(name, log), { headers: { "X-Api-Key": key } });
    if (answer.status === 404 || answer.status === 410) return undefined;
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    return answer.json();
  };
}

const [, script, log, key, last = "0"] = process.argv;
if (log !== undefined && import.meta.url === pathToFileURL(script).href) {
  const found = await changesSince(Number(last), reader(log, key));
  if (found.missed) console.log("The log does not reach back so far: read the manifest or the feed anew.");
  for (const { seq, op, state, uri, href } of found.changes) console.log(seq, op, state, uri, new URL(href, log).href);
  console.log(`Remember ${found.last}.`);
}
