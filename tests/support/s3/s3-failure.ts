/** An error answer: HTTP status, S3's code, a message. */
export class S3Failure extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const noSuchKey = (key: string): S3Failure => new S3Failure(404, "NoSuchKey", `The key ${JSON.stringify(key)} does not exist.`);

export const preconditionFailed = (header: string): S3Failure =>
  new S3Failure(412, "PreconditionFailed", `At least one of the preconditions did not hold: ${header}.`);
