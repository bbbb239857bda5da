import {
  type Actor,
  assertMayAct,
  DomainError,
  draftImported,
  type ImportedContent,
  type ImportedDraft,
  type Instant,
  type Task,
  type UnitOfWork,
  type UserId,
} from '@taskward/domain';
import { defaultLimits, type Limits } from './limits.ts';
import type { Clock, ImportStore } from './ports.ts';

/** What became of one row, or would have: `known` was imported before under its external id, and is left alone. */
export type ImportOutcome =
  | { readonly kind: 'created'; readonly task: Task }
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly error: DomainError };

type Row = ImportedContent | DomainError;

const orError = <T>(work: () => T): T | DomainError => {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
};

const drafted = (actor: Actor, owner: UserId, row: Row, now: Instant): ImportedDraft | DomainError =>
  row instanceof DomainError ? row : orError(() => draftImported(actor, owner, row, now));

/** Puts the drafts in the unit of work that were not imported before, nor earlier among these. */
const shelve = (
  unit: UnitOfWork,
  drafts: readonly (ImportedDraft | DomainError)[],
  known: ReadonlySet<string>,
  quota: number,
) => {
  const imported = new Map<string, number>();
  const outcomes = drafts.map((one): ImportOutcome => {
    if (one instanceof DomainError) return { kind: 'refused', error: one };
    const { externalId, draft } = one;
    if (externalId !== undefined && (known.has(externalId) || imported.has(externalId))) return { kind: 'known' };
    const task = orError(() => unit.add(draft, quota));
    if (task instanceof DomainError) return { kind: 'refused', error: task };
    if (externalId !== undefined) imported.set(externalId, task.id);
    return { kind: 'created', task };
  });
  return { imported, outcomes };
};

/**
 * Imports a batch of rows to the owner's tasks in one step, in their order. Rows that are refused, also because the
 * owner may not have more tasks, or were imported before, leave the others alone; with `dryRun` nothing is stored. A row
 * that the caller could not even read is given as the DomainError that says why.
 * @returns an outcome for each row
 * @throws DomainError `auth/wrong-user`, `database/unavailable`; then nothing of the batch is stored.
 */
export const makeImportTasks =
  ({ imports, clock, limits = defaultLimits }: { imports: ImportStore; clock: Clock; limits?: Limits }) =>
  async (
    actor: Actor,
    { owner, rows, dryRun }: { owner: UserId; rows: readonly Row[]; dryRun: boolean },
  ): Promise<readonly ImportOutcome[]> => {
    assertMayAct(actor, owner);
    const now = clock.now();
    const drafts = rows.map((row) => drafted(actor, owner, row, now));
    const names = drafts.flatMap((one) => ('externalId' in one && one.externalId !== undefined ? one.externalId : []));
    return imports.transact(owner, names, (unit, known) => {
      const { imported, outcomes } = shelve(unit, drafts, known, limits.tasksPerUser);
      return { result: outcomes, store: !dryRun, imported };
    });
  };
