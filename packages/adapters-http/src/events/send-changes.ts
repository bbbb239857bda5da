import { setTimeout as pause } from 'node:timers/promises';
import {
  type ChangePage,
  type Follower,
  isUseCaseError,
  toChangeRecord,
  toReminderRecord,
} from '@taskward/application';
import type { UserId } from '@taskward/domain';
import { toChangesCursor } from '@taskward/task-schemas';
import type { FastifyBaseLogger } from 'fastify';
import { type EventStream, toEvent } from './event-stream.ts';
import { retryField } from './event-streams.ts';

// Changes that come within this time of each other are read at once.
const burstMilliseconds = 50;
const outageMilliseconds = 1_000;

const lagged = toEvent('lag', {
  message: 'You read more slowly than the tasks change. Get what you miss from /changes, then connect again.',
});

/** Makes the event that tells a client to start again. It also clears the client's `Last-Event-ID`. */
export const toReset = (message: string): string => toEvent('reset', { message }, '');

interface Sent {
  readonly event: 'change' | 'reminder';
  readonly revision: number;
  readonly data: object;
}

/** Returns what a page has to send, in the order of the log. */
const eventsOf = ({ changes, reminders }: ChangePage): Sent[] =>
  [
    ...changes.map((change): Sent => {
      const { revision } = change.kind === 'put' ? change.task : change;
      return { event: 'change', revision, data: toChangeRecord(change) };
    }),
    ...reminders.map((one): Sent => ({ event: 'reminder', revision: one.revision, data: toReminderRecord(one) })),
  ].sort((a, b) => a.revision - b.revision);

const sendPage = async (stream: EventStream, owner: UserId, page: ChangePage): Promise<boolean> => {
  const { epoch } = page.next;
  for (const { event, revision, data } of eventsOf(page)) {
    const id = toChangesCursor(owner, { epoch, revision });
    if (!(await stream.sendEvent(toEvent(event, data, id)))) return false;
  }
  return true;
};

const sendNext = async (stream: EventStream, follower: Follower, owner: UserId): Promise<boolean> => {
  const page = await follower.next();
  if (page === undefined) return false;
  if (await sendPage(stream, owner, page)) {
    if (!page.hasMore) await pause(burstMilliseconds);
    return true;
  }
  stream.end(lagged);
  return false;
};

/** Sends the changes that a follower finds, as events, until one of them ends. During an outage it waits. */
export const sendChanges = async (
  stream: EventStream,
  follower: Follower,
  owner: UserId,
  log: FastifyBaseLogger,
): Promise<void> => {
  // The id without an event is where a client goes on that loses the connection before the first one.
  stream.send(`${retryField()}id: ${toChangesCursor(owner, follower.start)}\n\n`);
  for (let goesOn = true; goesOn; ) {
    try {
      goesOn = await sendNext(stream, follower, owner);
    } catch (error) {
      if (isUseCaseError(error) && error.code === 'changes/gone') return stream.end(toReset(error.message));
      if (!isUseCaseError(error)) {
        log.error({ err: error }, 'An event stream failed.');
        return stream.end(`${retryField()}\n`);
      }
      await pause(outageMilliseconds);
    }
  }
};
