/**
 * A feed as text: in the charset of its byte order mark, else of the Content-Type, else of the XML declaration, else in UTF-8 (RFC 7303,
 * 3.2). Bytes that the charset does not have become U+FFFD.
 */
export function feedText(body: Uint8Array, contentType?: string): string {
  const charset = markedCharset(body) ?? charsetOf(contentType) ?? declaredCharset(body) ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

/** The charset parameter of a Content-Type, in lower case. */
export function charsetOf(type: string | undefined): string | undefined {
  return /;\s*charset="?([\w-]+)/i.exec(type ?? "")?.[1]?.toLowerCase();
}

/** The encoding of the XML declaration, in lower case. */
export function declaredCharset(body: Uint8Array): string | undefined {
  const beginning = Buffer.from(body.subarray(0, 200)).toString("latin1");
  return /^<\?xml[^>]*\sencoding=["']([\w-]+)/.exec(beginning)?.[1]?.toLowerCase();
}

function markedCharset([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xef && second === 0xbb && third === 0xbf ? "utf-8" : undefined;
}
