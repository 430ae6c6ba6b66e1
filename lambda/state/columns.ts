/**
 * Values of the rows of a shard that have one property: as they are, hashes or UUIDs (as URNs) in a row, values that repeat themselves, or objects by
 * their own properties. Values of one kind stand together, which takes less room when compressed than rows one after another.
 */
export type Column = readonly unknown[] | { readonly hashes: string } | { readonly uuids: string } | Repeated | Columns;

/** Each value once, and which of them each row has: read back, equal values are one object in memory, too. */
type Repeated = { readonly distinct: readonly unknown[]; readonly at: readonly number[] };

/**
 * Objects by property. `names`: the properties of each kind of object, in order; `kinds`: which kind each object is. Each of `columns` has
 * the values of the objects that have the property.
 */
type Columns = {
  readonly names: readonly (readonly string[])[];
  readonly kinds: readonly number[];
  readonly columns: Readonly<Record<string, Column>>;
};

type Plain = Readonly<Record<string, unknown>>;

/** Fewer values are easier to read as they are. */
const few = 16;

export function columnOf(values: readonly unknown[]): Column {
  if (values.length < few) return values;
  if (values.every(isHash)) return { hashes: values.join("") };
  if (values.every(isUuid)) return { uuids: values.map((urn) => urn.slice(urnOf.length).replaceAll("-", "")).join("") };
  if (values.every(isPlain)) return columnsOf(values) ?? values;
  return repeatedIn(values) ?? values;
}

/** Undefined unless at least half of the values are repetitions. An object stays one row's own: whoever reads it may complete it. */
function repeatedIn(values: readonly unknown[]): Repeated | undefined {
  // Lists by their text, since equal ones are not the same object.
  const [plain, lists] = [new Map<unknown, number>(), new Map<unknown, number>()];
  const distinct: unknown[] = [];
  const at: number[] = [];
  for (const value of values) {
    if (isPlain(value)) return undefined;
    const [known, name] = isArray(value) ? [lists, JSON.stringify(value)] : [plain, value];
    const index = known.get(name) ?? distinct.push(value) - 1;
    if (distinct.length > values.length / 2) return undefined;
    known.set(name, index);
    at.push(index);
  }
  return { distinct, at };
}

function columnsOf(objects: readonly Plain[]): Columns | undefined {
  const known = new Map<string, number>();
  const names: (readonly string[])[] = [];
  const values = new Map<string, unknown[]>();
  const kinds = objects.map((object) => {
    const own = Object.keys(object).filter((name) => object[name] !== undefined);
    for (const name of own) {
      const others = values.get(name);
      if (others === undefined) values.set(name, [object[name]]);
      else others.push(object[name]);
    }
    const joined = own.join("\n");
    const kind = known.get(joined) ?? names.push(own) - 1;
    known.set(joined, kind);
    return kind;
  });
  // Objects whose names are data (ids, paths) have no columns.
  if (names.length > objects.length / 4 || values.has("__proto__")) return undefined;
  return { names, kinds, columns: Object.fromEntries([...values].map(([name, own]) => [name, columnOf(own)])) };
}

export function valuesIn(column: Column): readonly unknown[] {
  if (isArray(column)) return column;
  if ("hashes" in column) return Array.from({ length: column.hashes.length / 32 }, (_, at) => column.hashes.slice(at * 32, at * 32 + 32));
  if ("uuids" in column)
    return column.uuids
      .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/g, ` ${urnOf}$1-$2-$3-$4-$5`)
      .split(" ")
      .slice(1);
  if ("distinct" in column) return column.at.map((index) => column.distinct[index]);
  const { names, kinds, columns } = column;
  const readers = new Map(Object.entries(columns).map(([name, own]) => [name, { values: valuesIn(own), at: 0 }]));
  const readersOf = names.map((own) => own.flatMap((name) => [[name, readers.get(name)] as const]));
  return kinds.map((kind) => {
    const object: Record<string, unknown> = {};
    for (const [name, reader] of readersOf[kind] ?? []) if (reader !== undefined) object[name] = reader.values[reader.at++];
    return object;
  });
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const urnOf = "urn:uuid:";

function isUuid(value: unknown): value is string {
  return typeof value === "string" && /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{32}$/.test(value);
}
