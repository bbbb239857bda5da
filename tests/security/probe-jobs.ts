import type { Jobs, UseCases } from '@taskward/application';
import { operator, type UserId } from '@taskward/domain';
import type { FastifyInstance } from 'fastify';
import { aCaller, type Caller } from '../support/http/api.ts';
import { type Probed, stateOf } from './probe-requests.ts';
import { aTranscript } from './transcript.ts';

const insertEvent = `insert into taskward.outbox (user_id, revision, task_id, kind, at, task)
  values (?, 1, 1, 'created', now(), '{}')`;

const keyed = ({ call }: Caller, key: string) =>
  call('POST', '/api/tasks', { title: 'under a key' }, { 'idempotency-key': key });

/**
 * Does every job for one user.
 * @param sql runs a statement for all users
 */
export const probeJobs = async (
  app: FastifyInstance,
  jobs: Jobs,
  useCases: UseCases,
  sql: (text: string, parameters: unknown[]) => Promise<unknown[]>,
): Promise<Probed> => {
  const other = aCaller(app);
  const me = aCaller(app);
  const faults: string[] = [];
  const { lines, note } = aTranscript({ me: me.userId, other: other.userId });
  // Makes it unknown how many of a user's tasks were removed, as before anybody counted.
  const forgetCount = (owner: UserId) => sql('update taskward.users set removed_count = null where id = ?', [owner]);
  const importing = async ({ userId: owner }: Caller, names: string[]) => {
    const rows = names.map((externalId) => ({ title: externalId, externalId }));
    return (await jobs.importTasks(operator, { owner, rows, dryRun: false })).map(({ kind }) => kind).join();
  };
  await importing(other, ['of both', 'of the other', 'too']);
  // As many keys as one user may use.
  for (const key of ['first', 'second']) await keyed(other, key);
  for (let n = 0; n < 9; n += 1) await me.call('POST', '/api/tasks', { title: 'mine' });
  await me.call('DELETE', `${me.bare}/9`);
  // Of the other one, too, there is a deleted task with this id, which was deleted later.
  for (let n = 6; n <= 10; n += 1) await other.call('POST', '/api/tasks', { title: 'of the other' });
  await other.call('DELETE', '/api/tasks/9');
  const theirs = await stateOf(other);
  const expect = async (what: string, is: unknown, isRight: unknown) => {
    if (JSON.stringify(is) !== JSON.stringify(isRight)) faults.push(`${what}: ${JSON.stringify(is)}`);
    note(what, is);
    if ((await stateOf(other)) !== theirs) faults.push(`${what}: reaches`);
  };
  const owner = me.userId;
  await forgetCount(owner);
  await expect('an import', await importing(me, ['of both', 'mine']), 'created,created');
  await expect('another import', await importing(me, ['mine', 'mine too']), 'known,created');
  await forgetCount(owner);
  await expect('a third import', await importing(me, ['the last']), 'created');
  const names = await jobs.listImports(operator, { owner, limit: 100 });
  const known = names.map(({ externalId, taskId }) => `${externalId} ${taskId}`).sort();
  await expect('what was imported', known, ['mine 11', 'mine too 12', 'of both 10', 'the last 13']);
  const list = (await me.call('GET', '/api/tasks?count=true')).json();
  await expect('my tasks', list.data.length, 12);
  const log = await useCases.listLog(operator, { owner, limit: 500 });
  note('my log', log);
  await expect(
    'my changes',
    [log.entries.length, log.entries.at(-1)?.title, log.entries[0]?.title],
    [14, 'mine', 'the last'],
  );
  const since = { epoch: 0, revision: 0 };
  const theirChanges = () =>
    useCases.listChanges(operator, { owner: other.userId, since, limit: 500 }).then(JSON.stringify, String);
  for (const input of [{}, { since }]) {
    const { changes, revision } = await useCases.listChanges(operator, { owner, ...input, limit: 500 });
    note('my changes', changes);
    const kinds = changes.map((one) => (one.kind === 'put' ? one.task.title : 'gone')).sort();
    await expect(
      'what changed',
      [revision, kinds.length, kinds.includes('of the other')],
      [14, input.since ? 13 : 12, false],
    );
  }
  const othersLog = async () => JSON.stringify(await useCases.listLog(operator, { owner: other.userId, limit: 500 }));
  const theirLog = await othersLog();
  const old = { owner, days: -1 };
  await expect('my old changes', await useCases.countOldChanges(operator, old), 14);
  const bounds = () => useCases.endOfChanges(operator, { owner: other.userId });
  const end = JSON.stringify(await bounds());
  const changesOfTheOther = await theirChanges();
  await expect('a removal of old changes', await useCases.purgeChanges(operator, { ...old, limit: 500 }), 14);
  await expect('what changed for another', await theirChanges(), changesOfTheOther);
  await expect('another epoch', await jobs.renewEpoch(operator, { owner }), true);
  await expect('the end of another log', JSON.stringify(await bounds()), end);
  await keyed(me, 'first');
  for (const { userId } of [me, other]) await sql(insertEvent, [userId]);
  const theirEvents = () => sql('select id from taskward.outbox where user_id = ?', [other.userId]);
  const eventsOfTheOther = await theirEvents();
  await expect('an erasure', await jobs.eraseUser(operator, { owner }), true);
  await expect('the events of another', await theirEvents(), eventsOfTheOther);
  await expect('the log of another', await othersLog(), theirLog);
  await expect('what is left of me', (await me.call('GET', '/api/tasks')).json().data, []);
  const replayed = (await keyed(other, 'first')).headers['idempotency-replayed'];
  await expect('a response that is stored', replayed, 'true');
  await expect('how many are stored', (await keyed(other, 'third')).statusCode, 429);
  return { faults, lines };
};
