import { makeOwnerPorts } from '@taskward/adapters-postgres';
import { type FieldName, fieldNames, fieldOf, isTextField } from '@taskward/domain';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aCommandLine, aSharedDatabase, responded } from './command-line.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandLine(t, url);

const texts: readonly FieldName[] = fieldNames.filter(isTextField);

t.test('every text can be given, changed, taken away where there may be none, and is shown', async (t) => {
  const user = aUser();
  const run = (...args: string[]) => taskward([...args, '--user', user]);
  const optional = texts.filter((name) => name !== 'title');
  const added = Object.fromEntries(texts.map((name) => [name, `A ${name}`]));
  const options = optional.flatMap((name) => [`--${name}`, `A ${name}`]);
  responded(t, await run('add', 'A title', ...options), [{ id: 1, ...added }]);
  const shown = await taskward(['show', '1', '--user', user]);
  for (const name of texts) t.match(shown.out, new RegExp(`A ${name}`), `${name} is shown`);
  for (const name of texts) {
    responded(t, await run('edit', '1', `--${name}`, 'another'), [{ id: 1, [name]: 'another' }], name);
    t.equal((await tasks.get(user, 1))[name], 'another', `${name}, as it is stored`);
    if (!fieldOf(name).nullable) continue;
    responded(t, await run('edit', '1', `--clear-${name}`), [{ id: 1, [name]: null }], `${name} taken away`);
  }
});
