import { compatibilitySettings } from '@taskward/adapters-http';
import t from 'tap';
import { anApi, stores } from '../support/http/api.ts';

t.test('GET /openapi.json · only the contract, whatever the settings', async (t) => {
  const memory = await stores.memory(t);
  const documentWith = async (compatibility: Parameters<typeof anApi>[2]) =>
    (await (await anApi(t, memory, compatibility)).inject('/openapi.json')).json();
  const contract = await documentWith({});
  const shapes = ['tasks', 'items', 'data-tasks'];
  const others = compatibilitySettings.filter((name) => !shapes.includes(name));
  for (const shape of compatibilitySettings.filter((name) => shapes.includes(name))) {
    t.strictSame(await documentWith({ compatibility: [...others, shape] }), contract, `with ${shape} and the rest`);
  }

  const names = JSON.stringify(contract);
  for (const name of ['sort_by', 'dueDate', 'is_completed', 'recurrence_pattern', '/api/v1/', '/api/users/', 'todos']) {
    t.notOk(names.includes(name), `it has no ${name}`);
  }
  t.match(names, '"due_date"');
});
