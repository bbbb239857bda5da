import type {
  ChangeLog,
  ChangeRetention,
  IdempotencyStore,
  ImportStore,
  TaskRepository,
  UserDirectory,
} from '@taskward/application';
import type { Change, LastState, Task, UserId } from '@taskward/domain';
import type { Test } from 'tap';

/** The log of changes, and the stores that write it. */
export interface ChangeStores {
  readonly tasks: TaskRepository;
  readonly changes: ChangeLog;
  readonly changeRetention: ChangeRetention;
  readonly idempotency: IdempotencyStore;
  readonly imports: ImportStore;
  readonly users: UserDirectory;
}
export type MakeChangeStores = (scope: Test) => Promise<ChangeStores>;

/** The last state of a task, as its deletion has it. */
export const lastStateOf = ({
  owner: _owner,
  id: _id,
  dueAt: _dueAt,
  remindAt: _remindAt,
  completedOccurrence: _completedOccurrence,
  ...last
}: Task): LastState => last;

// A store may have a property that is `undefined`, or not have it.
const plain = (changes: readonly Change[]): unknown => JSON.parse(JSON.stringify(changes));

/** What the log has of a task, newest first. */
export const entriesOf = async (changes: ChangeLog, owner: UserId, id: number): Promise<unknown> =>
  plain((await changes.history(owner, id, Number.POSITIVE_INFINITY, 100)).changes);
