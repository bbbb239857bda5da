import { setTimeout as sleep } from 'node:timers/promises';
import { makeOwnerPorts, makeUserDirectory } from '@taskward/adapters-postgres';
import t, { type Test } from 'tap';
import { aDraft, anOrigin, aUser, changing } from '../support/builders.ts';
import { aCommandLine, aSharedDatabase, aStarter, jsonLines } from '../support/processes/command-line.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandLine(t, url);

/** `taskward watch` in a process of its own, and when it has printed so many lines. */
const watching = (t: Test, user: string, ...args: string[]) => {
  const { child, ending } = aStarter(t, url)(['watch', '--user', user, ...args]);
  let text = '';
  child.stdout.on('data', (piece: string) => {
    text += piece;
  });
  const lines = async (count: number) => {
    const end = Date.now() + 60_000;
    while (jsonLines(text.slice(0, text.lastIndexOf('\n') + 1)).length < count && Date.now() < end) await sleep(20);
    return jsonLines(text);
  };
  return { child, ending, lines };
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  t.test(`watch prints changes as they happen, and ends with ${signal}; the next one goes on from there`, async (t) => {
    const user = aUser();
    await tasks.add(aDraft(user, { title: 'old' }), anOrigin());
    const first = watching(t, user);
    const [{ cursor: begin } = {}] = await first.lines(1);
    t.match(begin, /^\d+-1$/);
    await tasks.add(aDraft(user, { title: 'new' }), anOrigin());
    t.match((await first.lines(2)).at(-1), {
      op: 'put',
      task: { id: 2, title: 'new', revision: 2 },
      cursor: /^\d+-2$/,
    });
    await tasks.remove(user, 2, anOrigin());
    const seen = await first.lines(3);
    const { cursor, ...gone } = seen.at(-1) ?? {};
    t.match(gone, { op: 'delete', id: 2, revision: 3 });
    const stopped = performance.now();
    first.child.kill(signal);
    const { code, err } = await first.ending;
    t.strictSame([code, err], [0, '']);
    t.ok(performance.now() - stopped < 5_000, 'at once');

    await tasks.update(user, 1, changing(user, { title: 'changed' }), anOrigin());
    const second = watching(t, user, '--since', cursor as string);
    t.match(await second.lines(2), [{ cursor }, { op: 'put', task: { id: 1, title: 'changed' } }]);
    const again = watching(t, user, '--since', begin as string);
    t.match(await again.lines(3), [{ cursor: begin }, { op: 'delete', id: 2 }, { op: 'put', task: { id: 1 } }]);
    for (const { child } of [second, again]) child.kill(signal);
    t.strictSame([(await second.ending).code, (await again.ending).code], [0, 0]);
  });
}

t.test('a cursor that is not valid any more ends it', async (t) => {
  const user = aUser();
  await tasks.add(aDraft(user), anOrigin());
  const first = watching(t, user);
  const [{ cursor = '' } = {}] = (await first.lines(1)) as { cursor: string }[];
  await makeUserDirectory({ database }).renewEpoch(user);
  const gone = { code: 66, err: /^The changes since this cursor are not kept any more, or it belongs to another/ };
  t.match(await first.ending, gone, 'while it is watching');
  t.match(await taskward(['watch', '--user', user, '--since', cursor]), gone);
  t.match(await taskward(['watch', '--user', user, '--since', '1-999']), gone);
});
