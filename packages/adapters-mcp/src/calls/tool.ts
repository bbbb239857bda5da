import type { Operation, Outcome, UseCases } from '@taskward/application';
import type { Actor, Condition, Fault, UserId } from '@taskward/domain';
import type { Static, TObject, TProperties } from 'typebox';

/** Who calls, whose tasks are meant, and what can be done. */
export interface ToolContext {
  readonly useCases: UseCases;
  readonly actor: Actor;
  readonly owner: UserId;
}

/** What a tool returns: for a model to read, and for a program. */
export interface ToolResult<Content extends object = object> {
  readonly text: string;
  readonly content: Content;
}

/** The arguments of a call, whatever is in them. */
export type Sent = Readonly<Record<string, unknown>>;

interface Definition<Input extends TProperties, Output extends TObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The arguments, besides those that every tool of its kind takes. */
  readonly input: Input;
  /** What a success holds, besides what every tool of its kind returns. */
  readonly output: Output;
  /** Returns what the schema does not see in the tool's own arguments, which may be anything. */
  faults?(own: Sent): Fault[];
}

type Arguments<Input extends TProperties> = Static<TObject<Input>>;

/** A tool that only reads. */
export interface ReadTool<Input extends TProperties = TProperties, Output extends TObject = TObject>
  extends Definition<Input, Output> {
  readonly kind: 'read';
  /** Calls the use-case, and translates its result. @throws DomainError `request/invalid` for arguments that do not fit */
  run(context: ToolContext, sent: Arguments<Input>): Promise<ToolResult<Static<Output>>>;
}

/** A tool that changes tasks, as an operation of a batch does: so a dry run has the result of the real one. */
export interface WriteTool<
  Input extends TProperties = TProperties,
  Output extends TObject = TObject,
  Kind extends Operation['kind'] = Operation['kind'],
> extends Definition<Input, Output> {
  readonly kind: 'write';
  /** Whether it is about one task, which `if_revision` can require to be unchanged. */
  readonly isOnTask: boolean;
  /** Whether it may take away or overwrite what somebody wrote. */
  readonly isDestructive: boolean;
  /** Whether a repeated call has no further effect. */
  readonly isIdempotent: boolean;
  /** Translates valid arguments. @param on what the task must meet, if it is about one */
  toOperation(sent: Arguments<Input>, on: { readonly condition?: Condition }): Extract<Operation, { kind: Kind }>;
  /** Translates the outcome of the operation. @param sent the same arguments */
  toResult(outcome: Accepted, sent: Arguments<Input>): ToolResult<Static<Output>>;
}

/** The outcome of an operation that was not rejected. */
export type Accepted = Exclude<Outcome, { kind: 'rejected' }>;

export type Tool = ReadTool | WriteTool;

/** Defines a tool that only reads. */
export const defineRead = <Input extends TProperties, Output extends TObject>(
  definition: Omit<ReadTool<Input, Output>, 'kind'>,
): Tool => ({ kind: 'read', ...definition }) as unknown as Tool;

/** Defines a tool that changes tasks. */
export const defineWrite = <Input extends TProperties, Output extends TObject, Kind extends Operation['kind']>(
  definition: Omit<WriteTool<Input, Output, Kind>, 'kind'>,
): Tool => ({ kind: 'write', ...definition }) as unknown as Tool;
