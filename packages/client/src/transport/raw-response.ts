/** A response whose body has been read. */
export interface RawResponse {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}
