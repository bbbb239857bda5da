import { makeUseCases } from '@taskward/application';
import { operator } from '@taskward/domain';
import t from 'tap';
import { aSteadyClock, aUser } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { calendar, keys } from '../support/planning.ts';

// As a container is: it makes what it is asked for, and a spread asks for everything.
const aContainer = (ports: Parameters<typeof makeUseCases>[0]) => {
  const others = { database: undefined, redis: undefined, keySet: undefined, auth: undefined, users: undefined };
  return new Proxy(
    { ...ports, ...others },
    {
      get(target, name) {
        if (name in others) throw new Error(`nobody needs ${String(name)} for this`);
        return target[name as keyof typeof target];
      },
    },
  );
};

t.test('a keyed write makes of the container only what it needs', async (t) => {
  const container = aContainer({ ...makeMemoryStores(), calendar, keys, clock: aSteadyClock() });
  t.throws(() => ({ ...container }), /nobody needs/, 'it would be seen');
  const useCases = makeUseCases(container);
  const owner = aUser();
  const response = await useCases.runIdempotently(
    operator,
    { owner, key: 'k', fingerprint: 'f', hasEffect: true },
    async ({ createTask }) => String((await createTask(operator, { owner, content: { title: 'Milk' } })).id),
  );
  t.same(response, { response: '1', replayed: false });
});
