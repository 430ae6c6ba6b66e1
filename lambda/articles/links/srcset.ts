/**
 * A `srcset` with absolute addresses; "" if none is left. The tree splits it at every comma, even inside an address, so it is joined and
 * parsed again as the HTML standard says (4.8.4.2).
 */
export function absoluteSources(value: unknown, absolute: (written: string) => string | undefined): string {
  const text = Array.isArray(value) ? value.join(",") : String(value);
  return candidates(text)
    .map(({ address, descriptor }) => {
      const url = absolute(address);
      // A comma at either end of an address would separate it from its descriptor.
      return url === undefined || /^,|,$/.test(url) ? undefined : `${url}${descriptor === "" ? "" : ` ${descriptor}`}`;
    })
    .filter((candidate) => candidate !== undefined)
    .join(", ");
}

type Candidate = { readonly address: string; readonly descriptor: string };

function candidates(text: string): readonly Candidate[] {
  const found: Candidate[] = [];
  const next = /[\s,]*(\S+)/y;
  const descriptor = /\s*([^,]*)/y;
  for (let match = next.exec(text); match?.[1] !== undefined; match = next.exec(text)) {
    const address = withoutCommas(match[1]);
    if (address !== match[1]) {
      found.push({ address, descriptor: "" });
      continue;
    }
    descriptor.lastIndex = next.lastIndex;
    const written = (descriptor.exec(text)?.[1] ?? "").trim();
    next.lastIndex = descriptor.lastIndex;
    if (/^(?:\d+(?:\.\d+)?[wxh](?: \d+h)?)?$/.test(written)) found.push({ address, descriptor: written });
  }
  return found;
}

/** Removes trailing commas; a pattern for that would take quadratic time. */
function withoutCommas(address: string): string {
  let end = address.length;
  while (end > 0 && address[end - 1] === ",") end -= 1;
  return address.slice(0, end);
}
