import { anAgent, overStores, textOf } from './agents.ts';

overStores((t, useCases) => {
  t.test('add_task and list_tasks', async (t) => {
    const { call, done } = await anAgent(t, useCases);
    const added = await call('add_task', { title: 'Buy milk', due_date: '2026-12-01', priority: 'high' });
    t.equal(
      textOf(added),
      'Added task 1: Buy milk (due 2026-12-01, high). Revision 1.\nTo take this back, call undo with revision 1.',
    );
    t.match(added.structuredContent, { task: { id: 1, title: 'Buy milk' }, dry_run: false, undo_revision: 1 });
    t.match(await done('list_tasks'), { tasks: [{ id: 1 }] });
  });
});
