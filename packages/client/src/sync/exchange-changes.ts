import { endless, otherUser, TaskwardError } from '../errors.ts';
import type { CallOptions, WriteOptions } from '../options.ts';
import { newKey } from '../transport/transport.ts';
import type {
  BatchOperation,
  BatchOptions,
  BatchOutcome,
  Change,
  ChangesPage,
  ChangesQuery,
  OccurrencesPage,
  PageQuery,
  Task,
} from '../types.ts';
import type { Copy, CopyAccess, KeyedEntry, Sending } from './copy.ts';
import { deleted, put, recreated } from './edits.ts';
import { operationOf, sent } from './operations.ts';

/** The calls with which a copy is kept up to date. */
export interface SyncCalls {
  batch(operations: readonly BatchOperation[], options?: BatchOptions & WriteOptions): Promise<BatchOutcome>;
  changes(query?: ChangesQuery, options?: CallOptions): Promise<ChangesPage>;
  occurrences(id: number, query?: PageQuery, options?: CallOptions): Promise<OccurrencesPage>;
  /** Returns the user of the token; `undefined` if it does not say. */
  currentUser(): Promise<string | undefined>;
}

const maxOperations = 100;
// The API takes bodies of 64 KiB.
const maxBytes = 48 * 1024;
const pageSize = 500;

const bytesOf = (operation: BatchOperation): number => new TextEncoder().encode(JSON.stringify(operation)).length;

/** Marks what can be sent next, so that it is sent the same way until there is a response. */
const seal = async (access: CopyAccess, isTried: (key: number) => boolean): Promise<Sending | undefined> => {
  const { sending } = await access.state();
  if (sending !== undefined) return sending;
  const operations: BatchOperation[] = [];
  const ids: number[] = [];
  let bytes = 0;
  for (const entry of await access.edited()) {
    const operation = isTried(entry.key) ? undefined : operationOf(entry);
    if (operation === undefined) continue;
    bytes += bytesOf(operation);
    if (operations.length === maxOperations || (bytes > maxBytes && operations.length > 0)) break;
    operations.push(operation);
    ids.push(entry.key);
  }
  if (operations.length === 0) return undefined;
  const sealed = { key: newKey(), operations, ids };
  await access.setState({ sending: sealed });
  return sealed;
};

/** Turns a task that the server has no more into a new one, with what was done to it here. */
const recreate = async (access: CopyAccess, { key, task, edit }: KeyedEntry): Promise<void> => {
  await access.set(key, undefined);
  if (task === undefined) return;
  const { lastId } = await access.state();
  await access.setState({ lastId: lastId - 1 });
  await access.set(lastId - 1, recreated(lastId - 1, task, edit));
};

const apply = async (access: CopyAccess, { operations, ids }: Sending, { results }: BatchOutcome): Promise<void> => {
  await access.setState({ sending: undefined });
  for (const [index, result] of results.entries()) {
    const [operation, key] = [operations[index], ids[index]];
    if (operation === undefined || key === undefined) continue;
    const entry = await access.entry(key);
    const next = sent(entry, operation, result);
    if (next === 'recreate') await recreate(access, entry);
    else if (next === 'removed') await access.set(key, undefined);
    else await (result.task === undefined ? access.set(key, next) : access.see(key, next));
  }
};

/** An operation that is too large by itself has a result, too: no other way of sending it helps. */
const rejection = (error: unknown, { operations }: Sending): BatchOutcome => {
  if (!(error instanceof TaskwardError) || error.status !== 413 || operations.length > 1) throw error;
  const { status, code, message, requestId = '' } = error;
  const failure = { success: false, error: message, code, request_id: requestId } as const;
  return { applied: false, dryRun: false, results: [{ status, error: failure as never }] };
};

/** Sends what is not sent, each edit at most once. */
export const push = async (copy: Copy, calls: SyncCalls, options: CallOptions): Promise<void> => {
  const tried = new Set<number>();
  for (;;) {
    const sending = await copy.access((access) => seal(access, (key) => tried.has(key)));
    if (sending === undefined) return;
    for (const id of sending.ids) tried.add(id);
    const { key: idempotencyKey, operations } = sending;
    const outcome = await calls
      .batch(operations, { ...options, atomic: false, idempotencyKey })
      .catch((error) => rejection(error, sending));
    await copy.access((access) => apply(access, sending, outcome));
  }
};

const keepOwner = async (access: CopyAccess, { user_id }: Task): Promise<void> => {
  const { owner } = await access.state();
  if (owner !== undefined && owner !== user_id) throw otherUser('This copy holds');
  if (owner === undefined) await access.setState({ owner: user_id });
};

const applyChange = async (access: CopyAccess, change: Change): Promise<void> => {
  if (change.op === 'put') {
    await keepOwner(access, change.task);
    const entry = await access.entry(change.task.id);
    if (entry.task === undefined || entry.task.created_at === change.task.created_at)
      return access.see(entry.key, put(entry, change.task));
    // After a backup was restored, an id may be another task's.
    if (entry.edit === undefined || entry.edit.deletes !== undefined) await access.set(entry.key, undefined);
    else await recreate(access, entry);
    return access.see(change.task.id, { task: change.task });
  }
  const entry = await access.entry(change.id);
  if (entry.task !== undefined) await access.set(entry.key, deleted(entry, change.revision));
};

/** Removes the tasks that did not come when all were read. */
const sweep = async (access: CopyAccess): Promise<void> => {
  for (const entry of await access.unseen()) {
    if (entry.task !== undefined) await access.set(entry.key, deleted(entry, 0));
  }
  await access.setState({ isPartial: false });
};

/** Starts again: every task is read anew. What is not sent is kept. */
const startAgain = async (access: CopyAccess): Promise<void> => {
  const { generation } = await access.state();
  await access.setState({ cursor: undefined, generation: generation + 1, isPartial: true });
};

/** Reads what has changed. @returns `false` if the changes since the copy's cursor are not kept, and it started again */
export const pull = async (copy: Copy, calls: SyncCalls, options: CallOptions): Promise<boolean> => {
  for (;;) {
    const { cursor: since, isPartial } = await copy.access((access) => access.state());
    const page = await calls
      .changes({ limit: pageSize, ...(since !== undefined && { since }) }, options)
      .catch((error: unknown) => {
        if (error instanceof TaskwardError && error.code === 'changes/gone') return undefined;
        throw error;
      });
    if (page === undefined) {
      await copy.access(startAgain);
      return false;
    }
    const { changes, cursor, hasMore } = page;
    if (hasMore && cursor === since) throw endless(cursor);
    // Most calls find nothing.
    if (changes.length === 0 && cursor === since && !isPartial) return true;
    await copy.access(async (access) => {
      for (const change of changes) await applyChange(access, change);
      if (!hasMore && isPartial) await sweep(access);
      await access.setState({ cursor });
    });
    if (!hasMore) return true;
  }
};
