/** What came back. */
export interface Response_ {
  readonly status: number;
  /** By their names in lower case; several of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body as JSON; `undefined` where it is none. */
  readonly json: unknown;
  /** What was sent, in one line. */
  readonly request: string;
}
