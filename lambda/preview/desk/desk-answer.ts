/** What a page of the desk is asked for. */
export type DeskQuery = {
  readonly path: string;
  readonly parameters: URLSearchParams;
  /** Of this server, as the browser names it; without a slash at its end. */
  readonly origin: string;
};

/** What the desk answers, with its own headers. */
export type DeskAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** No page of another site may frame the desk, read from it or know where somebody came from. */
const alone = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};

/** Only files of this server: one stylesheet, its two scripts, and frames, which have a policy of their own. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function deskPageAnswer(html: string, status = 200): DeskAnswer {
  return {
    status,
    headers: { ...alone, "content-type": "text/html; charset=utf-8", "content-security-policy": pagePolicy },
    body: html,
  };
}

/** Foreign HTML in a frame: no script, no form, and pictures and recordings only of this server. */
export function framedAnswer(html: string, origin: string): DeskAnswer {
  const policy = `default-src 'none'; style-src ${origin} 'unsafe-inline'; img-src ${origin} data:; media-src ${origin}; base-uri ${origin}; form-action 'none'; frame-ancestors ${origin}; sandbox allow-popups allow-popups-to-escape-sandbox`;
  return { status: 200, headers: { ...alone, "content-type": "text/html; charset=utf-8", "content-security-policy": policy }, body: html };
}

export function deskFileAnswer(type: string, body: string): DeskAnswer {
  return { status: 200, headers: { ...alone, "content-type": type }, body };
}
