/** A request body: text and bytes are sent verbatim, everything else as JSON. */
export type Body = string | Buffer | object | number | null;

/** A request to the server under test. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body | undefined;
}

/** A received response. */
export interface HttpResponse {
  readonly status: number;
  /** Names are in lower case; repeated headers are joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body parsed as JSON; `undefined` if it is not JSON. */
  readonly json: unknown;
  /** The request in one line, for reports. */
  readonly request: string;
}

/** Sends one request and returns the response as received: follows no redirects and adds no headers. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;
