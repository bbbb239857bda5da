import type { UserId } from '@taskward/domain';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { isLostConnection, unavailableOr } from './failures.ts';
import { requestRole, userSetting } from './names.ts';

// Sent with every transaction and not with the connection: a transaction pooler refuses or mixes up connection
// settings. ISO dates in UTC are what the mapper reads.
const transactionSettings = {
  statement_timeout: '5s',
  idle_in_transaction_session_timeout: '10s',
  TimeZone: 'UTC',
  DateStyle: 'ISO',
};

/** Runs statements inside one owner's transaction. */
export type OwnerTransaction = Kysely<unknown>;

/**
 * Runs `work` in one transaction of its own in which the database shows and accepts this owner's rows only: role and
 * owner are set for the transaction alone, so nothing stays on a connection that others use next.
 * @throws DomainError `database/unavailable` when there is no connection in time or it breaks; else what `work` throws.
 */
export const inOwnerTransaction = async <T>(
  { orm, pool }: Database,
  owner: UserId,
  work: (tx: OwnerTransaction) => Promise<T>,
): Promise<T> => {
  let connectionsLeft = pool.prePing ? pool.size + pool.maxOverflow : 0;
  for (;;) {
    let begun = false;
    try {
      const em = orm.em.fork({
        session: { role: requestRole, variables: { ...transactionSettings, [userSetting]: owner } },
      });
      return await em.transactional(async (tx) => {
        begun = true;
        return work(tx.getKysely() as unknown as OwnerTransaction);
      });
    } catch (error) {
      // A pooled connection may have died in the pool. It has done nothing yet, so the next one may be tried.
      if (!begun && isLostConnection(error) && connectionsLeft-- > 0) continue;
      throw unavailableOr(error);
    }
  }
};
