import type { Database } from '../../database.ts';
import { asJob } from '../../isolation/job.ts';

/** The events that enabled endpoints have not been sent yet. */
export interface WebhookQueue {
  /** Events without deliveries yet, and deliveries that are pending; of each at most 10 000. */
  readonly depth: number;
  /** The age of the oldest of them, in seconds; 0 if there is none. */
  readonly oldestSeconds: number;
}

/** Where counting ends: the count is to cost little, however long an endpoint has been down. */
const countedAtMost = 10_000;

// In milliseconds. A scrape waits for it.
const timeout = 1_000;

const selectQueue = `with undispatched as (
    select at from taskward.outbox where not dispatched order by at limit ${countedAtMost}
  ), pending as (
    select d.event_id from taskward.webhook_endpoints e, lateral (
      select event_id from taskward.webhook_deliveries where endpoint_id = e.id and state = 'pending' limit ${countedAtMost}
    ) d
    where e.disabled is null limit ${countedAtMost}
  ), waiting as (
    select at from undispatched union all select o.at from pending p join taskward.outbox o on o.id = p.event_id
  )
  select count(*)::integer as depth, coalesce(greatest(0, extract(epoch from now() - min(at))), 0)::float8 as age from waiting`;

/**
 * Reads how many events wait to be sent to other systems, as a job. It reads an index of what waits, up to a bound.
 * @throws ApplicationError `database/unavailable` if the database does not answer within a second or so
 */
export const readWebhookQueue = (database: Database): Promise<WebhookQueue> =>
  asJob(database, { timeout }, async (execute) => {
    const [row] = await execute<{ depth: number; age: number }>(selectQueue);
    return { depth: row?.depth ?? 0, oldestSeconds: row?.age ?? 0 };
  });
