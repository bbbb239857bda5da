/** One use of a spelling that is not the contract's. Both names come from closed tables, never from the request. */
export interface Use {
  /** What was sent, such as `sort_by`. */
  readonly sent: string;
  /** What the contract calls it, such as `sort`. */
  readonly contract: string;
}
