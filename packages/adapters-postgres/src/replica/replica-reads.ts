import type { UserId } from '@taskward/domain';
import { type OwnerReads, ownerSession, type Query, query, type Row, statement } from '@taskward/owner-transactions';
import { ownerStatement } from '../isolation/owner-settings.ts';
import type { Replica } from './replica.ts';

// The epoch tells an account from one of the same name that was erased before: it has other revisions.
const selectState = ownerStatement(['text'], 'select epoch, revision from taskward.users where id = $1');

// A standby that was promoted has writes of its own, at revisions that the primary uses for others.
const selectStateThere = statement('select epoch, revision from taskward.users where id = $1 and pg_is_in_recovery()');

/** Whether what was read after `there` has every change of the owner up to `here`. */
const isCurrent = ([here]: readonly Row[], [there]: readonly Row[]): boolean =>
  here !== undefined && there !== undefined && here[0] === there[0] && Number(there[1]) >= Number(here[1]);

/**
 * Returns what reads of an owner from the replica, if its state there is as new as it is on the primary at that time, and
 * from the primary otherwise. The primary tells the owner's state in any case, which costs it one row. So no read is older
 * than any write that was answered before it, through whichever process.
 * @param primary reads of the same owner on the primary
 */
export const replicaReads = (replica: Replica, primary: OwnerReads, owner: UserId): OwnerReads => {
  if (!replica.isWorthAsking(owner)) return primary;
  const there = ownerSession(replica.transactions, owner);
  // The state before what is read, in the same transaction: a change that is replayed between them does no harm.
  const readThere = async (read: (state: Query) => Promise<Row[][]>): Promise<Row[][] | undefined> => {
    const [[stateHere = []], found] = await Promise.all([
      primary.read(query(selectState, owner)),
      replica.ask(() => read(query(selectStateThere, owner))),
    ]);
    if (found === undefined) return undefined;
    const [stateThere = [], ...rows] = found;
    const current = isCurrent(stateHere, stateThere);
    replica.note(owner, current);
    return current ? rows : undefined;
  };
  return {
    read: async (...queries) => (await readThere((state) => there.read(state, ...queries))) ?? primary.read(...queries),
    search: async (queries, isLong) =>
      (await readThere((state) => there.search([state, ...queries], isLong))) ?? primary.search(queries, isLong),
  };
};
