import { buildContainer, type Cradle, readConfig } from '@taskward/api';
import { operator } from '@taskward/domain';
import { asFunction, asValue } from 'awilix';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';

t.test('a keyed write makes of the container only what it needs', async (t) => {
  const config = { ...readConfig({}), databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing' };
  const container = buildContainer(config);
  const { tasks, idempotency } = makeMemoryStores();
  const needed: (keyof Cradle)[] = ['clock', 'limits', 'config', 'useCases', 'tasks', 'idempotency'];
  for (const name of Object.keys(container.registrations) as (keyof Cradle)[]) {
    if (needed.includes(name)) continue;
    container.register({
      [name]: asFunction((): never => {
        throw new Error(`nobody needs ${name} for this`);
      }),
    });
  }
  container.register({ tasks: asValue(tasks), idempotency: asValue(idempotency) });
  const { useCases } = container.cradle;
  const owner = aUser();
  const answer = await useCases.once(operator, { owner, key: 'k', fingerprint: 'f' }, async ({ createTask }) =>
    String((await createTask(operator, { owner, content: { title: 'Milk' } })).id),
  );
  t.same(answer, { answer: '1', replayed: false });
  t.throws(() => container.cradle.redis, /nobody needs redis/, 'and what is not needed would have been seen');
});
