import type { FetchedFile, PartnerLog } from "../../reports/proof.ts";
import { isDelivered, type LoggedRequest, partnerFileOf } from "./requests.ts";

/** Counts what one partner fetched; requests may come in any order. */
export function partnerTally(partner: string): { readonly add: (request: LoggedRequest) => void; readonly result: () => PartnerLog } {
  const files = new Map<string, FetchedFile>();
  let refused = 0;
  let lastRefused = "";
  return {
    add: (request) => {
      const found = partnerFileOf(request.path);
      if (found?.partner !== partner) return;
      const { at, status } = request;
      if (!isDelivered(request)) {
        if (![401, 403, 404].includes(status)) return;
        refused += 1;
        if (at > lastRefused) lastRefused = at;
        return;
      }
      const known = files.get(found.file) ?? { file: found.file, requests: 0, unchanged: 0, first: at, last: "", lastStatus: 0 };
      files.set(found.file, {
        ...known,
        requests: known.requests + 1,
        unchanged: known.unchanged + (status === 304 ? 1 : 0),
        first: [at, known.first].sort()[0] ?? at,
        ...(at >= known.last ? { last: at, lastStatus: status } : {}),
      });
    },
    result: () => ({
      files: [...files.values()].sort((a, b) => (a.last === b.last ? (a.file < b.file ? -1 : 1) : a.last > b.last ? -1 : 1)),
      refused,
      ...(refused === 0 ? {} : { lastRefused }),
    }),
  };
}
