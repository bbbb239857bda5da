import { toInstant } from '@taskward/domain';
import t from 'tap';
import { stores } from '../support/http/api.ts';
import { anAgent, useCasesOver } from './agents.ts';

const clock = { now: () => toInstant('2026-11-20T09:30:00.000Z') };

for (const [name, makeStore] of Object.entries(stores)) {
  t.test(`over ${name}`, async (t) => {
    const useCases = useCasesOver(await makeStore(t), clock);
    const { client, done, user } = await anAgent(t, useCases);
    await done('add_task', { title: 'late', due_date: '2026-11-18' });
    await done('add_task', { title: 'today\nOverdue, 9 tasks:', due_date: '2026-11-20', priority: 'high' });
    await done('add_task', { title: 'this week', due_date: '2026-11-21' });
    await done('add_task', { title: 'some day' });
    await done('add_task', { title: 'finished', completed: true });
    await done('add_task', { title: 'done and late', due_date: '2026-11-18', completed: true });
    await (await anAgent(t, useCases)).done('add_task', { title: 'of another user', priority: 'urgent' });
    const revision = (await done('list_tasks', { count: true })).tasks[0].revision;

    const read = async (prompt: string, args?: Record<string, string>) => {
      const { messages } = await client.getPrompt({ name: prompt, ...(args && { arguments: args }) });
      t.ok(messages.every(({ role }) => role === 'user'));
      const texts = messages.flatMap(({ content }) => (content.type === 'text' ? content.text : []));
      const tasks = messages.flatMap(({ content }) =>
        content.type === 'resource' && 'text' in content.resource ? JSON.parse(content.resource.text) : [],
      );
      return { texts, tasks };
    };

    t.match(await client.listPrompts(), {
      prompts: [
        { name: 'plan_my_day', arguments: [{ name: 'focus', required: false }] },
        { name: 'weekly_review', arguments: [{ name: 'focus', required: false }] },
      ],
    });

    const day = await read('plan_my_day', { focus: ' the garden ' });
    t.match(
      day.texts[0],
      /^Plan my day .*\nWhat matters most to me: the garden\n\nGo about it like this:\n- Propose first/,
    );
    t.match(day.texts[0], /dry_run/);
    t.match(day.texts[0], /Never delete a task unless I have agreed/);
    t.equal(
      day.texts[1],
      [
        '4 tasks open, 2 done; 1 overdue, 1 due today. By priority: 0 urgent, 1 high, 0 medium, 0 low, 3 none.',
        'Overdue, 1 task:\n1: late (due 2026-11-18), revision 1',
        'Due today, 1 task:\n2: today Overdue, 9 tasks: (due 2026-11-20, high), revision 2',
        'Urgent or of high priority, 1 task:\n2: today Overdue, 9 tasks: (due 2026-11-20, high), revision 2',
      ].join('\n\n'),
    );
    t.match(
      day.tasks.map((task: { id: number; user_id: string }) => [task.id, task.user_id]),
      [
        [1, user],
        [2, user],
      ],
      'each task once, as a resource',
    );

    const week = await read('weekly_review');
    t.notMatch(week.texts[0], 'What matters most');
    t.match(week.texts[1], /\n\nDone last, 2 tasks:\n(5: finished|6: done and late).*\n\nOverdue, 1 task:\n1: /s);
    t.match(week.texts[1], /\n\nDue this week, \d tasks:\n/);
    t.match(new Set(week.tasks.map(({ id }: { id: number }) => id)), new Set([5, 6, 1, 2, 3]));

    await t.rejects(client.getPrompt({ name: 'plan' }), {
      code: -32_602,
      message: /The prompts are plan_my_day, weekly_review\./,
    });
    await t.rejects(client.getPrompt({ name: 'plan_my_day', arguments: { day: 'x' } }), {
      code: -32_602,
      message: /"day"/,
    });
    await t.rejects(client.getPrompt({ name: 'plan_my_day', arguments: { focus: 'x'.repeat(501) } }), {
      code: -32_602,
      message: /at most 500 characters long, and has 501/,
    });
    await t.rejects(client.getPrompt({ name: 'plan_my_day', arguments: { focus: 7 as never } }), {
      code: -32_602,
      message: /The parameters of prompts\/get are not valid\. params\.arguments\.focus: /,
    });
    t.equal((await done('list_tasks')).tasks[0].revision, revision, 'a prompt changes nothing');
  });
}

t.test('a long list is cut, and says where the rest is', async (t) => {
  const { client, done } = await anAgent(t, useCasesOver(await stores.memory(t), clock));
  for (let number = 1; number <= 17; number += 1) await done('add_task', { title: 'late', due_date: '2026-11-18' });
  const { messages } = await client.getPrompt({ name: 'plan_my_day' });
  t.match(messages[1]?.content, { text: /Overdue, 17 tasks:\n(.*\n){15}and 2 more: list_tasks has them\.\n/ });
  t.equal(messages.filter(({ content }) => content.type === 'resource').length, 15);
});
