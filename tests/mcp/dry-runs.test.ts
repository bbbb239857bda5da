import { toInstant } from '@taskward/domain';
import t from 'tap';
import { stores } from '../support/http/api.ts';
import { type Agent, anAgent, contentOf, textOf, useCasesOver } from './agents.ts';

// Time stands still, so that a result is the same whenever it comes.
const clock = { now: () => toInstant('2026-11-20T09:30:00.000Z') };

const calls = [
  ['add_task', { title: 'b', due_date: '2026-12-01', repeat: 'weekly', reminders: [{ before: 'P1D' }] }],
  ['update_task', { id: 2, title: 'b', due_date: '2026-12-01T09:00', if_revision: 2 }],
  ['update_task', { id: 2, description: null }],
  ['update_task', { id: 2, title: 'a' }],
  ['complete_task', { id: 1 }],
  ['complete_task', { id: 2, completed: true }],
  ['delete_task', { id: 2 }],
  ['restore_task', { id: 3 }],
  ['undo', { revision: 4 }],
  ['undo', { revision: 2 }],
  ['update_task', { id: 99, title: 'b' }],
  ['update_task', { id: 2, title: 'b', if_revision: 1 }],
  ['undo', { revision: 99 }],
] as const;

const withTasks = async ({ done }: Agent) => {
  await done('add_task', { title: 'Pay', due_date: '2026-12-01', repeat: 'monthly' });
  await done('add_task', { title: 'a', description: 'x' });
  await done('add_task', { title: 'gone' });
  await done('delete_task', { id: 3 });
};

for (const [name, makeStore] of Object.entries(stores)) {
  t.test(`over ${name} · a dry run changes nothing, and its result is the real one`, async (t) => {
    const useCases = useCasesOver(await makeStore(t), clock);
    for (const [tool, args] of calls) {
      const agent = await anAgent(t, useCases);
      await withTasks(agent);
      const before = [
        await contentOf(agent),
        await agent.done('history', { id: 2 }),
        await agent.done('history', { id: 3 }),
      ];

      const dry = await agent.call(tool, { ...args, dry_run: true });
      t.strictSame(
        [await contentOf(agent), await agent.done('history', { id: 2 }), await agent.done('history', { id: 3 })],
        before,
        `${tool} has changed nothing`,
      );
      const real = await agent.call(tool, args);
      if (real.isError) {
        t.strictSame(dry, real, `${tool} is refused alike`);
        continue;
      }
      t.strictSame({ ...dry.structuredContent, dry_run: false }, real.structuredContent, tool);
      t.equal(dry.structuredContent?.dry_run, true);
      const [sentence = ''] = textOf(real).split('\nTo take this back', 1);
      t.match(
        textOf(dry),
        `Dry run, nothing was stored. The result would be: ${sentence.split('\nNothing changed', 1)[0]}`,
      );
      t.notMatch(textOf(dry), 'call undo');
    }
  });
}
