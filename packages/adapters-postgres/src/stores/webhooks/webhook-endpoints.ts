import type { DisabledReason, Endpoint, EndpointChange, WebhookStore } from '@taskward/application';
import type { Instant, TaskEventType } from '@taskward/domain';
import type { Database } from '../../database.ts';
import { asJob, type Execute, executeBuilt } from '../../isolation/job.ts';
import { UnfitDatabaseError } from '../../schema/verify-server.ts';
import { WebhookEndpointRow } from '../../schema/webhook-entities.ts';
import { instantOf } from '../changes/change-mapper.ts';

// In milliseconds, for each statement.
const timeout = 10_000;

// An arbitrary number, the same in every version of Taskward.
const switchLock = 7_435_527_302;

interface EndpointRecord {
  id: string;
  url: string;
  events: TaskEventType[];
  created_at: string;
  secret_version: number;
  previous_until: string | null;
  gives_up_at: string | null;
  disabled: DisabledReason | null;
}

const endpointOf = (row: EndpointRecord): Endpoint => ({
  id: row.id,
  url: row.url,
  events: row.events,
  createdAt: instantOf(row.created_at),
  secretVersion: row.secret_version,
  ...(row.previous_until !== null && { previousUntil: instantOf(row.previous_until) }),
  ...(row.gives_up_at !== null && { givesUpAt: instantOf(row.gives_up_at) }),
  ...(row.disabled !== null && { disabled: row.disabled }),
});

const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

const later = (now: Instant, milliseconds: number): string => new Date(Date.parse(now) + milliseconds).toISOString();

const assignmentsOf = (before: EndpointRecord, change: EndpointChange, now: Instant) => {
  switch (change.kind) {
    case 'enable':
      return { disabled: null, givesUpAt: null };
    case 'disable':
      return { disabled: change.reason };
    case 'rotate':
      return { secretVersion: before.secret_version + 1, previousUntil: later(now, change.overlap) };
    case 'succeeded':
      return { givesUpAt: null };
    case 'failed':
      return { givesUpAt: before.gives_up_at ?? later(now, change.patience) };
  }
};

const lockEndpoint = 'select * from taskward.webhook_endpoints where id = ? for update';

/** Returns the endpoints that a condition selects, the oldest first. */
export const selectEndpoints = async (
  { orm }: Database,
  execute: Execute,
  condition: { disabled?: null; id?: { $in: string[] } } = {},
): Promise<Endpoint[]> => {
  const built = orm.em
    .fork()
    .createQueryBuilder(WebhookEndpointRow, 'e')
    .select('*')
    .where(condition)
    .orderBy({ createdAt: 'asc', id: 'asc' });
  return (await executeBuilt<EndpointRecord>(execute, built)).map(endpointOf);
};

/**
 * Runs `work`, then keeps changes for endpoints exactly if one is enabled. Of two transactions that would decide that
 * differently, the later one sees what the earlier one did.
 */
const switching = <T>(database: Database, work: (execute: Execute) => Promise<T>): Promise<T> =>
  asJob(database, { timeout }, async (execute) => {
    // Changes are kept by a trigger, which Citus has on no table that it spreads.
    if (await database.transactions.isDistributed())
      throw new UnfitDatabaseError([
        'It has Citus, from which no webhooks are sent: follow changes by their feed instead.',
      ]);
    await execute('select pg_advisory_xact_lock(?)', [switchLock]);
    const result = await work(execute);
    await execute(
      'select taskward.switch_outbox(exists (select from taskward.webhook_endpoints where disabled is null))',
    );
    return result;
  });

/** Makes the part of the webhook store that keeps endpoints. */
export const makeWebhookEndpoints = (database: Database): Pick<WebhookStore, 'add' | 'list' | 'change' | 'remove'> => {
  const build = () => database.orm.em.fork().createQueryBuilder(WebhookEndpointRow);
  return {
    add: ({ url, events }, now) =>
      switching(database, async (execute) => {
        const built = build()
          .insert({ url, events: [...events], createdAt: now })
          .onConflict('url')
          .ignore();
        const [row] = await executeBuilt<EndpointRecord>(execute, built.returning('*'));
        return row && endpointOf(row);
      }),

    list: () => asJob(database, { timeout }, (execute) => selectEndpoints(database, execute)),

    async change(id, change, now) {
      if (!isId(id)) return undefined;
      const work = async (execute: Execute) => {
        const [before] = await execute<EndpointRecord>(lockEndpoint, [id]);
        if (before === undefined) return undefined;
        const built = build()
          .update(assignmentsOf(before, change, now))
          .where({ id })
          .returning('*');
        const [row] = await executeBuilt<EndpointRecord>(execute, built);
        return row && endpointOf(row);
      };
      const isSwitched = change.kind === 'enable' || change.kind === 'disable';
      return isSwitched ? switching(database, work) : asJob(database, { timeout }, work);
    },

    async remove(id) {
      if (!isId(id)) return false;
      return switching(database, async (execute) => {
        const found = await execute(lockEndpoint, [id]);
        await executeBuilt(execute, build().delete().where({ id }));
        return found.length > 0;
      });
    },
  };
};
