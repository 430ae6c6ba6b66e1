import { basename, dirname } from "node:path";
import { Fault } from "../../fault.ts";
import { folderStore } from "../folder/folder.ts";
import type { Table } from "../store.ts";
import { fileTable } from "../table/table-file.ts";
import { kvsTable } from "../table/table-kvs.ts";

/** Opens the edge table at an address: the ARN of a CloudFront KeyValueStore, or the path of a file. */
export const openTable = (address: string): Table => {
  if (/^arn:[^:]*:cloudfront::\d{12}:key-value-store\/[\w-]+$/.test(address)) return kvsTable(address);
  if (/^(arn:|[a-z][a-z0-9+.-]+:\/\/)/i.test(address) || !/\.json$/.test(address)) {
    throw new Fault(
      `WIREROOM_EDGE_TABLE is not an edge table: got "${address}". Write arn:aws:cloudfront::ACCOUNT:key-value-store/ID, or the path of a .json file.`,
      { kind: "usage" },
    );
  }
  return fileTable(folderStore(dirname(address)), basename(address));
};
