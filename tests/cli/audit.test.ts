import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aCommandProcess, aSharedDatabase, jsonLines, production } from '../support/processes/command-line.ts';

t.test('exports and erasures are lines in the log, in production also without LOG_LEVEL', async (t) => {
  const { url } = await aSharedDatabase(t);
  const taskward = aCommandProcess(t, url);
  const user = aUser();
  await taskward(['add', 'a title that is nobody’s business', '--user', user]);

  const commands = {
    export: ['export', '--user', user],
    everything: ['user', 'export', user],
    erase: ['user', 'erase', user, '--yes'],
  };
  const exported = await taskward(commands.export, production);
  t.match(jsonLines(exported.err), [{ level: 30, audit: 'user-exported', owner: user, what: 'tasks' }]);
  const all = await taskward(commands.everything, production);
  t.match(jsonLines(all.err), [{ level: 30, audit: 'user-exported', owner: user, what: 'everything' }]);
  t.match(all.out, 'nobody’s business');

  t.strictSame((await taskward(commands.export)).err, '', 'in development the command line is quiet');
  const erased = await taskward(commands.erase, { ...production, LOG_LEVEL: 'INFO' });
  const lines = jsonLines(
    erased.err
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .join('\n'),
  );
  t.match(lines, [{ level: 30, audit: 'user-erased', owner: user, erased: true }]);
  for (const { err } of [exported, all, erased]) t.notMatch(err, 'nobody’s business');
});
