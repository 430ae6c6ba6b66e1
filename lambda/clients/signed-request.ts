/** How long AWS may take for one attempt, in milliseconds, and how many attempts there are. */
const patience = 5_000;
const sendings = 2;

export type Request = {
  readonly service: string;
  readonly region: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** An answer of AWS other than success: the cause of the Error. */
export type AwsRefusal = { readonly status: number };

/**
 * A POST, signed as the SDK signs, with the SDK's own credentials; returns the body of a successful answer. Only a few operations
 * of a few services are needed, and their SDK clients would add a fifth to the bundle, and time to every cold start.
 * @throws Error with the answer of AWS; its cause is a Refusal if AWS answered at all.
 */
export function signedPost(request: Request): Promise<string> {
  return signed("POST", request);
}

export function signedPut(request: Request): Promise<string> {
  return signed("PUT", request);
}

export function signedGet(request: Omit<Request, "body">): Promise<string> {
  return signed("GET", request);
}

export type Method = "GET" | "POST" | "PUT";
export type Unsigned = Omit<Request, "body"> & Partial<Pick<Request, "body">>;

async function signed(method: Method, request: Unsigned): Promise<string> {
  for (let sending = 1; ; sending += 1) {
    const { ok, status, text } = await send(method, request).catch((error: unknown) => {
      if (sending < sendings) return { ok: false, status: 503, text: "" };
      throw new Error(`${request.service} cannot be reached: ${messageOf(error)}.`, { cause: error });
    });
    if (ok) return text;
    if (status < 500 || sending === sendings)
      throw new Error(`${request.service} answered ${status} ${saidIn(text)}`.trim(), { cause: { status } satisfies AwsRefusal });
  }
}

async function send(method: Method, request: Unsigned) {
  const { signatureOf } = await import("./signature.ts");
  const { url, body } = request;
  const headers = await signatureOf(method, request);
  const answer = await fetch(url, {
    method,
    headers,
    signal: AbortSignal.timeout(patience),
    ...(body === undefined ? {} : { body }),
  });
  return { ok: answer.ok, status: answer.status, text: await answer.text() };
}

/** AWS describes the error in XML or in JSON. */
function saidIn(text: string): string {
  const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? /"__type":"(?:[^"]*#)?([^"]*)"/.exec(text)?.[1];
  const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? /"[mM]essage":"([^"]*)"/.exec(text)?.[1];
  return [code, message].filter((part) => part !== undefined).join(": ");
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
