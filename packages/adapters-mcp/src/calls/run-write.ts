import { createHash } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { isTransient, type Operation, type TaskUseCases } from '@taskward/application';
import { isObject } from '@taskward/domain';
import { ownArguments, type WriteArguments } from './arguments.ts';
import { toCallResult } from './call-result.ts';
import { toErrorResult } from './errors.ts';
import type { Sent, ToolContext, WriteTool } from './tool.ts';

// A model that repeats a call may write its arguments in another order.
const sorted = (_name: string, value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

/** What a repetition must have in common with the first call. A precondition was checked the first time. */
const fingerprintOf = (name: string, own: Sent, dryRun: boolean): string =>
  createHash('sha256')
    .update(JSON.stringify(['tool', name, own, dryRun], sorted))
    .digest('base64url');

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
    text: dryRun ? `Dry run, nothing was stored. The result would be: ${text}` : `${text}\n${howToUndo(revision)}`,
    content: { ...content, dry_run: dryRun, ...(revision !== undefined && { undo_revision: revision }) },
  });
};

/**
 * Carries out a write. With an idempotency key it takes effect once: its result, even an error, is stored together with what
 * it wrote, and returned again when the call is repeated.
 * @throws DomainError and ApplicationError, which include `idempotency/mismatch`, `idempotency/in-flight`, `idempotency/too-many`
 */
export const runWrite = async (context: ToolContext, tool: WriteTool, sent: Sent): Promise<CallToolResult> => {
  const { useCases, actor, owner } = context;
  const { dry_run: dryRun = false, idempotency_key: key, if_revision } = sent as WriteArguments;
  const own = ownArguments(sent);
  const on = if_revision === undefined ? {} : { condition: { match: [if_revision] } };
  const write = { tool, own, operation: tool.toOperation(own, on), dryRun };
  if (key === undefined) return perform(useCases, context, write);
  const keyed = { owner, key, fingerprint: fingerprintOf(tool.name, own, dryRun), hasEffect: !dryRun };
  const { response, replayed } = await useCases.runIdempotently(actor, keyed, async (bound) => {
    const first = await perform(bound, context, write).catch((thrown) => {
      if (isTransient(thrown)) throw thrown;
      return toErrorResult(thrown, { tool: tool.name, requestId: actor.requestId });
    });
    return JSON.stringify(first);
  });
  const result: CallToolResult = JSON.parse(response);
  return replayed ? { ...result, _meta: { 'taskward/replayed': true } } : result;
};
