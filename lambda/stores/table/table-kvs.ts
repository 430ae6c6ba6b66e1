import type { CloudFrontKeyValueStoreClient } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { Fault } from "../../fault.ts";
import type { RowChange, Rows, Table, Version } from "../store.ts";

/** The most keys in one UpdateKeys, set and dropped together (CloudFront, "Quotas on key value stores"). */
const together = 50;
/** The most keys in one answer of ListKeys. */
const page = 50;

/**
 * A CloudFront KeyValueStore, by its ARN. A version is its ETag, which each UpdateKeys names in If-Match. Up to 50 rows are one
 * step, all or nothing; a larger change is a series of steps, each based on the version that the one before returned. `client`:
 * for tests.
 */
export const kvsTable = (arn: string, given?: CloudFrontKeyValueStoreClient): Table => {
  let made: Promise<CloudFrontKeyValueStoreClient> | undefined;
  const requests = () => import("./kvs-requests.ts");
  const client = (): Promise<CloudFrontKeyValueStoreClient> => {
    made ??= given === undefined ? requests().then(({ newKeyValueStoreClient: newClient }) => newClient()) : Promise.resolve(given);
    return made;
  };
  const told = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw error instanceof Fault ? error : new Fault(`Cannot ${what} the edge table ${arn}: ${messageOf(error)}.`, { cause: error });
    }
  };

  const list = async (): Promise<Rows> => {
    const { listKeys } = await requests();
    const rows: [string, string][] = [];
    let NextToken: string | undefined;
    do {
      const got = await listKeys(await client(), { KvsARN: arn, MaxResults: page, ...(NextToken === undefined ? {} : { NextToken }) });
      for (const { Key, Value } of got.Items ?? []) if (Key !== undefined && Value !== undefined) rows.push([Key, Value]);
      NextToken = got.NextToken;
    } while (NextToken !== undefined);
    return Object.fromEntries(rows);
  };

  return {
    address: arn,
    // The version first: a change during the listing also changes the version, so our own change is then refused.
    read: () =>
      told("read", async () => {
        const { ETag } = await (await requests()).describe(await client(), { KvsARN: arn });
        if (ETag === undefined) throw new Fault(`The edge table ${arn} came without an ETag.`);
        return { version: ETag, rows: await list() };
      }),
    change: (change, ifVersion) =>
      told("change", async () => {
        const { updateKeys } = await requests();
        let version: Version = ifVersion;
        for (const { set, drop } of steps(change)) {
          try {
            const { ETag } = await updateKeys(await client(), {
              KvsARN: arn,
              IfMatch: version,
              Puts: set.map(([Key, Value]) => ({ Key, Value })),
              Deletes: drop.map((Key) => ({ Key })),
            });
            version = ETag ?? "";
          } catch (error) {
            if (isRefusal(error)) return { kind: "refused" };
            throw error;
          }
        }
        return { kind: "written", version };
      }),
  };
};

/** Sets rows before it drops others, as many at once as allowed. */
function steps({ set, drop }: RowChange): readonly RowChange[] {
  const count = Math.ceil((set.length + drop.length) / together);
  return Array.from({ length: count }, (_, step) => {
    const [from, to] = [step * together, (step + 1) * together];
    return { set: set.slice(from, to), drop: drop.slice(Math.max(0, from - set.length), Math.max(0, to - set.length)) };
  });
}

/**
 * Somebody else changed the table. AWS documents ConflictException (409) for this, but its other CloudFront APIs use 412; both
 * count.
 */
function isRefusal(error: unknown): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return error instanceof Error && (error.name === "ConflictException" || $metadata?.httpStatusCode === 412);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.message}`.trim().replace(/\.$/, "") : String(error);
}
