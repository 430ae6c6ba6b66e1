import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import type { EdgeTable } from "../plan/edge/edge-table.ts";

/** A header or a query parameter, as CloudFront Functions represent it. */
type Value = { readonly value: string; readonly multiValue?: readonly { readonly value: string }[] };
type Values = Readonly<Record<string, Value>>;

export type EdgeRequest = { readonly method: string; readonly uri: string; readonly querystring: Values; readonly headers: Values };
export type EdgeResponse = {
  readonly statusCode: number;
  readonly headers: Values;
  readonly body?: { readonly encoding: "text"; readonly data: string };
};

/** The two events of the edge function. `asked` returns the rewritten request, or the response to send instead. */
export type Edge = {
  readonly asked: (request: EdgeRequest) => Promise<EdgeRequest | EdgeResponse>;
  readonly answered: (request: EdgeRequest, response: EdgeResponse) => Promise<EdgeResponse>;
};

type Handler = (event: unknown) => Promise<EdgeRequest | EdgeResponse>;
type CloudFront = { readonly kvs: () => { readonly get: (key: string) => Promise<string> } };

/** The file that is deployed. */
export const edgeSource = join(import.meta.dirname, "..", "edge", "edge.js");

const imports = 'import cf from "cloudfront";\nimport crypto from "crypto";\n';

/** Runs the edge function as CloudFront does, on a table. Its imports are passed in as parameters. */
export function edgeOver(source: string): (table: EdgeTable) => Edge {
  if (!source.includes(imports)) throw new Error(`${edgeSource} must contain the lines: ${imports.trim()}`);
  const load = compileFunction(`"use strict";\n${source.replace(imports, "")}\nreturn handler;`, ["crypto", "cf"], {
    filename: edgeSource,
  }) as (crypto: { readonly createHash: typeof createHash }, cf: CloudFront) => Handler;
  return (table) => {
    const handler = load({ createHash }, { kvs: () => ({ get: async (key) => valueIn(table, key) }) });
    const event = (eventType: string, rest: object) => ({ version: "1.0", context: { eventType }, viewer: { ip: "127.0.0.1" }, ...rest });
    return {
      asked: (request) => handler(event("viewer-request", { request: structuredClone(request) })),
      answered: (request, response) =>
        handler(event("viewer-response", { request, response: structuredClone(response) })) as Promise<EdgeResponse>,
    };
  };
}

export function deployedEdge(): (table: EdgeTable) => Edge {
  return edgeOver(readFileSync(edgeSource, "utf8"));
}

/** Throws if the key is missing, as CloudFront's KeyValueStore does. */
function valueIn(table: EdgeTable, key: string): string {
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  if (value === undefined) throw new Error("KeyNotFound");
  return value;
}
