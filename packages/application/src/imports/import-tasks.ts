import {
  type Actor,
  assertMayAct,
  DomainError,
  draftImported,
  type ImportedContent,
  type ImportedDraft,
  type Instant,
  originOf,
  type Planning,
  type Task,
  type UnitOfWork,
  type UserId,
} from '@taskward/domain';
import { defaultLimits } from '../limits.ts';
import type { ImportStore } from '../ports/import-store.ts';
import type { WritePorts } from '../ports/write-ports.ts';

/** The outcome of one row. `known` means that its external id was imported before, so the row is skipped. */
export type ImportOutcome =
  | { readonly kind: 'created'; readonly task: Task }
  | { readonly kind: 'known' }
  | { readonly kind: 'rejected'; readonly error: DomainError };

type Row = ImportedContent | DomainError;

const orError = <T>(work: () => T): T | DomainError => {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
};

const toDraft = (
  actor: Actor,
  owner: UserId,
  row: Row,
  now: Instant,
  planning: Planning,
): ImportedDraft | DomainError =>
  row instanceof DomainError ? row : orError(() => draftImported(actor, owner, row, now, planning));

/** Adds the drafts to the unit of work, except those whose external id was imported before or occurs twice. */
const addDrafts = (
  unit: UnitOfWork,
  drafts: readonly (ImportedDraft | DomainError)[],
  known: ReadonlySet<string>,
  quota: number,
) => {
  const imported = new Map<string, number>();
  const outcomes = drafts.map((one): ImportOutcome => {
    if (one instanceof DomainError) return { kind: 'rejected', error: one };
    const { externalId, draft } = one;
    if (externalId !== undefined && (known.has(externalId) || imported.has(externalId))) return { kind: 'known' };
    const task = orError(() => unit.add(draft, quota));
    if (task instanceof DomainError) return { kind: 'rejected', error: task };
    if (externalId !== undefined) imported.set(externalId, task.id);
    return { kind: 'created', task };
  });
  return { imported, outcomes };
};

type ImportPorts = Omit<WritePorts, 'tasks'> & { readonly imports: ImportStore };

/**
 * Imports a batch of rows into the owner's tasks in one step, in order. Rows that are rejected (invalid, or over the
 * task quota) or known do not affect the others. With `dryRun` nothing is stored.
 * @param input.rows a DomainError stands for a row that the caller could not parse
 * @returns one outcome per row
 * @throws DomainError `auth/wrong-user`; ApplicationError `database/unavailable`; then nothing of the batch is stored
 */
export const makeImportTasks =
  ({ imports, clock, calendar, limits = defaultLimits }: ImportPorts) =>
  async (
    actor: Actor,
    { owner, rows, dryRun }: { owner: UserId; rows: readonly Row[]; dryRun: boolean },
  ): Promise<readonly ImportOutcome[]> => {
    assertMayAct(actor, owner);
    const now = clock.now();
    const externalIds = rows.flatMap((row) =>
      'externalId' in row && row.externalId !== undefined ? row.externalId : [],
    );
    return imports.transact(owner, externalIds, originOf(actor, now), (unit, known) => {
      const planning = { calendar, settings: unit.settings };
      const drafts = rows.map((row) => toDraft(actor, owner, row, now, planning));
      const { imported, outcomes } = addDrafts(unit, drafts, known, limits.tasksPerUser);
      return { result: outcomes, store: !dryRun, imported };
    });
  };
