/** One fault in one named field of the input. `message` continues the field's name: "must be …". */
export interface Fault {
  readonly field: string;
  readonly message: string;
}
