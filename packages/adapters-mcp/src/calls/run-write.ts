import { createHash } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Operation, TaskUseCases } from '@taskward/application';
import { type Condition, isObject } from '@taskward/domain';
import { isTransient, toErrorResult } from '../errors/tool-errors.ts';
import type { WriteArguments } from './arguments.ts';
import { toCallResult } from './call-result.ts';
import type { Prepared, Sent, ToolContext, WriteTool } from './tool.ts';

// A model that repeats a call may write its arguments in another order.
const sorted = (_name: string, value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

/** Returns the arguments of the tool's own. */
const ownArguments = ({ body }: Prepared): Sent => {
  const { user_id: _user, dry_run: _dry, idempotency_key: _key, if_revision: _revision, ...own } = body;
  return own;
};

/** What a repetition must have in common with the first call. A precondition was checked the first time. */
const fingerprintOf = (name: string, prepared: Prepared, dryRun: boolean): string =>
  createHash('sha256')
    .update(JSON.stringify(['tool', name, ownArguments(prepared), prepared.createdAt, dryRun], sorted))
    .digest('base64url');

const conditionOf = ({ body, createdAt }: Prepared): { condition?: Condition } => {
  const { if_revision } = body as WriteArguments;
  const condition: Condition = {
    ...(if_revision !== undefined && { match: [if_revision] }),
    ...(createdAt !== undefined && { createdAt }),
  };
  return Object.keys(condition).length > 0 ? { condition } : {};
};

const howToUndo = (revision: number | undefined): string =>
  revision === undefined
    ? 'Nothing changed: it was like this already.'
    : `To take this back, call undo with revision ${revision}.`;

/** A write that is ready to be carried out. */
interface Write {
  readonly tool: WriteTool;
  readonly own: Sent;
  readonly operation: Operation;
  readonly dryRun: boolean;
}

const perform = async (
  { applyBatch }: Pick<TaskUseCases, 'applyBatch'>,
  { actor, owner }: ToolContext,
  { tool, own, operation, dryRun }: Write,
): Promise<CallToolResult> => {
  const { outcomes, revision } = await applyBatch(actor, { owner, operations: [operation], atomic: true, dryRun });
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('An operation had no outcome.');
  if (outcome.kind === 'rejected') throw outcome.error;
  const { text, content } = tool.toResult(outcome, own);
  return toCallResult({
    text: dryRun ? `Dry run, nothing was stored. It would be: ${text}` : `${text}\n${howToUndo(revision)}`,
    content: { ...content, dry_run: dryRun, ...(revision !== undefined && { undo_revision: revision }) },
  });
};

/**
 * Carries out a write. With an idempotency key it takes effect once: its result, even an error, is stored together with what
 * it wrote, and returned again when the call is repeated.
 * @throws DomainError and ApplicationError, which include `idempotency/mismatch`, `idempotency/in-flight`, `idempotency/too-many`
 */
export const runWrite = async (context: ToolContext, tool: WriteTool, prepared: Prepared): Promise<CallToolResult> => {
  const { useCases, actor, owner } = context;
  const { dry_run: dryRun = false, idempotency_key: key } = prepared.body as WriteArguments;
  const own = ownArguments(prepared);
  const write = { tool, own, operation: tool.toOperation(own, conditionOf(prepared)), dryRun };
  if (key === undefined) return perform(useCases, context, write);
  const keyed = { owner, key, fingerprint: fingerprintOf(tool.name, prepared, dryRun), hasEffect: !dryRun };
  const { response, replayed } = await useCases.runIdempotently(actor, keyed, async (bound) => {
    const first = await perform(bound, context, write).catch((thrown) => {
      if (isTransient(thrown)) throw thrown;
      return toErrorResult(thrown);
    });
    return JSON.stringify(first);
  });
  const result: CallToolResult = JSON.parse(response);
  return replayed ? { ...result, _meta: { 'taskward/replayed': true } } : result;
};
