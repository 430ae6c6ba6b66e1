import { Fault } from "../../fault.ts";
import { folderStore } from "../folder/folder.ts";
import { s3Store } from "../s3/s3.ts";
import type { Store } from "../store.ts";

/**
 * Opens the store at an address as people write it: `s3://bucket/prefix`, or the path of a folder. `keep`: how many older
 * contents of a key a folder keeps, and `past`: where (in a bucket, its versioning keeps them). `left`: milliseconds that
 * requests may still take. Stores with the same `together` share a client of S3. Nothing is read yet; a Fault of kind "usage" if the text is not an address.
 */
export const openStore = (
  address: string,
  options: { readonly keep?: number; readonly past?: string; readonly left?: () => number; readonly together?: object } = {},
): Store => {
  const s3 = /^s3:\/\/([^/]*)\/?(.*)$/is.exec(address);
  if (s3 !== null) {
    const [, bucket = "", prefix = ""] = s3;
    // Wider than AWS's own rule, because other servers allow more; it only has to catch typing errors.
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(bucket)) {
      throw new Fault(`${JSON.stringify(address)} names no bucket. Write s3://bucket or s3://bucket/prefix.`, { kind: "usage" });
    }
    const { left, together } = options;
    return s3Store({ bucket, prefix, ...(left && { left }), ...(together && { together }) });
  }
  if (address === "" || address.includes("\0") || /^[a-z][a-z0-9+.-]+:\/\//i.test(address)) {
    throw new Fault(`${JSON.stringify(address)} is not a store. Write the path of a folder, or s3://bucket/prefix.`, { kind: "usage" });
  }
  return folderStore(address, options);
};
