import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";

/** Source text by path from the project's root. */
export type House = ReadonlyMap<string, string>;

/** Rooms import only earlier rooms, and themselves. `fault` stands below all of them; the edge function runs alone. */
const order = [
  ...["fault", "stores", "articles", "channels", "feeds", "partners", "plan", "state", "run", "clients"],
  ...["settings", "reports", "terminal", "operator", "preview", "handler", "cli"],
];

/** The rooms before the doors take stores as ports: they see the interface, how many requests are under way at once, and where a scan divides. */
const openNoStore = ["articles", "channels", "feeds", "partners", "plan", "state", "run", "clients"];
const seenOfStores = ["lambda/stores/store.ts", "lambda/stores/parallel.ts", "lambda/stores/scan.ts"];

/** What a room sees of the others, where that is less than all earlier ones. */
const seesAlone: Readonly<Record<string, readonly string[]>> = { fault: [], stores: ["fault"], terminal: ["fault", "reports"], edge: [] };

/** The doors do not see each other, and a terminal is at one of them. */
const notSeen: Readonly<Record<string, readonly string[]>> = {
  handler: ["terminal"],
  operator: ["terminal"],
  preview: ["terminal"],
  cli: ["handler"],
};

const filesOfAFolder = 16;

type Import = { readonly from: string; readonly to: string };

/** What breaks the rules of the house (CONTRIBUTING.md, "The walls"), a sentence each. */
export function breaches(house: House): readonly string[] {
  const imports = [...house].flatMap(([from, text]) => importsOf(from, text)).filter(({ to }) => to.startsWith("lambda/"));
  return [...imports.flatMap(againstTheOrder), ...crowded([...house.keys()]), ...circles(imports), ...exportedTwice(house)];
}

function importsOf(from: string, text: string): readonly Import[] {
  const written = text.matchAll(/^(?:import|export)\b(?:[^;"]*?\bfrom)?\s*"(\.{1,2}\/[^"]+)"|\bimport\(\s*"(\.{1,2}\/[^"]+)"/gm);
  return [...written].map(([, still, later]) => ({ from, to: join(dirname(from), still ?? later ?? "") }));
}

/** The folder of lambda/ that a file is in; a file of lambda/ itself is a room of its own. */
function roomOf(path: string): string {
  return path.split("/")[1]?.replace(/\.(?:ts|js)$/, "") ?? "";
}

function againstTheOrder({ from, to }: Import): readonly string[] {
  const [own, other] = [roomOf(from), roomOf(to)];
  if (own === other) return [];
  const said = `${from.slice("lambda/".length)} imports ${to.slice("lambda/".length)}`;
  for (const room of [own, other])
    if (room !== "edge" && !order.includes(room)) return [`${said}: lambda/${room} is no room of the house (CONTRIBUTING.md).`];
  const alone = seesAlone[own];
  if (alone !== undefined && !alone.includes(other))
    return [`${said}: ${own} sees ${alone.length === 0 ? "nothing else of lambda" : `${alone.join(" and ")} alone`} (CONTRIBUTING.md).`];
  if (notSeen[own]?.includes(other)) return [`${said}: ${own} does not see ${other} (CONTRIBUTING.md).`];
  if (order.indexOf(other) >= order.indexOf(own)) return [`${said}: rooms import only earlier rooms (CONTRIBUTING.md).`];
  if (other === "stores" && openNoStore.includes(own) && !seenOfStores.includes(to))
    return [`${said}: of stores, ${own} sees store.ts alone; what opens one passes it in (CONTRIBUTING.md).`];
  return [];
}

function crowded(paths: readonly string[]): readonly string[] {
  return [...Map.groupBy(paths, dirname)]
    .filter(([, files]) => files.length > filesOfAFolder)
    .map(
      ([folder, files]) =>
        `${folder} has ${files.length} files of its own: with more than ${filesOfAFolder} it needs rooms (CONTRIBUTING.md).`,
    );
}

/** Folders that import each other, one way or another, within a room: the first way round of each. */
function circles(imports: readonly Import[]): readonly string[] {
  const ways = new Map<string, Map<string, Import>>();
  for (const one of imports) {
    const [from, to] = [dirname(one.from), dirname(one.to)];
    if (from === to || roomOf(one.from) !== roomOf(one.to)) continue;
    const known = ways.get(from) ?? new Map<string, Import>();
    ways.set(from, known.set(to, known.get(to) ?? one));
  }
  const found = [...ways.keys()].sort().map((folder) => wayBack(folder, ways));
  return [...new Set(found.filter((said) => said !== undefined))];
}

function wayBack(home: string, ways: ReadonlyMap<string, ReadonlyMap<string, Import>>): string | undefined {
  const seen = new Set<string>();
  const walk = (folder: string, walked: readonly Import[]): readonly Import[] | undefined => {
    for (const [next, one] of ways.get(folder) ?? []) {
      if (next === home) return [...walked, one];
      if (seen.has(next)) continue;
      seen.add(next);
      const round = walk(next, [...walked, one]);
      if (round !== undefined) return round;
    }
    return undefined;
  };
  const round = walk(home, []);
  if (round === undefined || round.some(({ from }) => dirname(from) < home)) return undefined;
  return `Folders import each other: ${round.map(({ from, to }) => `${from} imports ${to}`).join(", ")} (CONTRIBUTING.md).`;
}

/** One name, one thing. */
function exportedTwice(house: House): readonly string[] {
  const names = [...house].flatMap(([path, text]) =>
    [...text.matchAll(/^export (?:declare |abstract )?(?:async )?(?:function\*?|const|let|type|interface|class) ([\w$]+)/gm)].map(
      ([, name = ""]) => ({ name, path }),
    ),
  );
  return [...Map.groupBy(names, ({ name }) => name)]
    .filter(([, places]) => new Set(places.map(({ path }) => path)).size > 1)
    .map(
      ([name, places]) => `${name} is exported by ${places.map(({ path }) => path).join(" and ")}: one name, one thing (CONTRIBUTING.md).`,
    );
}

if (import.meta.main) {
  const paths = globSync("lambda/**/*.{ts,js}").map((path) => path.replaceAll("\\", "/"));
  const broken = breaches(new Map(paths.sort().map((path) => [path, readFileSync(path, "utf8")])));
  for (const sentence of broken) console.error(sentence);
  process.exitCode = broken.length === 0 ? 0 : 1;
}
