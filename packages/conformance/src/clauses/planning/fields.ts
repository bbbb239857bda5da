import { type Task, taskIn, tasksIn } from '../../api-styles.ts';
import type { Clause } from '../../clause.ts';
import { demand, demandSame, expectError } from '../../unmet.ts';

const planningOf = ({ priority, tags, due_date, due_at, repeat, reminders, metadata, completed_at }: Task) => ({
  priority,
  tags,
  due_date,
  due_at,
  repeat,
  reminders,
  metadata,
  completed_at,
});

const unplanned = {
  priority: null,
  tags: [],
  due_date: null,
  due_at: null,
  repeat: null,
  reminders: [],
  metadata: {},
  completed_at: null,
};

const planned = {
  title: 'Pay the rent',
  priority: 'high',
  tags: ['home'],
  due_date: '2097-03-01T09:00:00Z',
  repeat: { rule: 'FREQ=MONTHLY', from: 'due', short_months: 'last', start: '2097-03-01T09:00:00Z' },
  reminders: [{ before: 'PT30M' }],
  metadata: { project: 'house' },
};

const contentOf = ({ title, priority, tags, due_date, repeat, reminders, metadata }: Task) => ({
  title,
  priority,
  tags,
  due_date,
  repeat,
  reminders,
  metadata,
});

/** What a task that is planned has, and what clients see that know nothing of planning. */
export const fields: Clause[] = [
  {
    id: 'planning.defaults',
    says: 'Every task has priority, tags, due_date, due_at, repeat, reminders, position, metadata and completed_at: null, [] or {} where nothing was sent.',
    mend: 'Send all nine with every task, on every path; `position` is a text, `tags` and `reminders` are arrays, `metadata` is an object.',
    async check({ add, call, style }) {
      const { id } = await add({ title: 'Buy milk' });
      const changed = taskIn(style, await call('PATCH', `/${id}`, { title: 'Bread' }));
      const read = taskIn(style, await call('GET', `/${id}`));
      const listed = tasksIn(style, await call('GET', '?sort=updated_at')).find((task) => task.id === id) as Task;
      for (const task of [changed, read, listed]) {
        demandSame(undefined, 'the planning of the task', planningOf(task), unplanned);
        demand(undefined, typeof task.position === 'string', 'a text `position`', JSON.stringify(task.position));
      }
    },
  },
  {
    id: 'planning.kept',
    says: 'What is sent for planning is in the response, and in the task when it is read.',
    mend: 'Store `priority`, `tags`, `due_date`, `repeat`, `reminders` and `metadata` with POST, PUT and PATCH alike.',
    async check({ add, call, style, read }) {
      const [one, other] = [await add(), await add()];
      for (const task of [
        await add(planned),
        taskIn(style, await call('PUT', `/${one.id}`, planned)),
        taskIn(style, await call('PATCH', `/${other.id}`, planned)),
      ]) {
        demandSame(undefined, 'the planning', contentOf(task), planned);
        demandSame(undefined, 'the task when it is read', await read(task.id), task);
      }
    },
  },
  {
    id: 'planning.absent-keeps',
    says: 'A client that sends title, description and completed only leaves all planning of a task as it is.',
    mend: 'Keep what a PUT, a PATCH or a batch does not name, the new fields among it.',
    async check({ add, call, style, read }) {
      const { repeat: _repeat, ...once } = planned;
      const { id } = await add(once);
      const before = planningOf(await read(id));
      const full = { title: 'Rent', description: 'By transfer', completed: false };
      for (const method of ['PUT', 'PATCH']) {
        const response = await call(method, `/${id}`, full);
        demandSame(response, 'the planning', planningOf(taskIn(style, response)), before);
      }
      await call('POST', '/batch', { operations: [{ op: 'update', id, title: 'Paid' }] });
      demandSame(undefined, 'the planning after a batch', planningOf(await read(id)), before);
    },
  },
  {
    id: 'planning.null-clears',
    says: 'null clears priority, due_date and repeat, and [] clears tags and reminders, and nothing else is cleared; null for an array is refused with 422.',
    mend: 'Tell null from absent here too.',
    async check({ add, call, style }) {
      const { id } = await add(planned);
      const cleared = { priority: null, tags: [], due_date: null, repeat: null, reminders: [] };
      const response = await call('PATCH', `/${id}`, cleared);
      demandSame(response, 'the planning', planningOf(taskIn(style, response)), {
        ...unplanned,
        metadata: planned.metadata,
      });
      expectError(await call('PATCH', `/${id}`, { tags: null, reminders: null }), 422, 'tags', 'reminders');
    },
  },
  {
    id: 'planning.sent-back',
    says: 'A task may be sent back whole, with the fields that the server sets: a PUT of it changes nothing.',
    mend: 'Take `due_at`, `position` and `completed_at` in an update as they are, and do not set them.',
    async check({ add, call, style }) {
      const task = await add(planned);
      const response = await call('PUT', `/${task.id}`, task);
      demandSame(response, 'the task', taskIn(style, response), task);
    },
  },
  {
    id: 'planning.plain-completion',
    says: 'Completing a task that does not recur completes it: nothing else is in the response than a task has.',
    mend: 'Send `completed_occurrence` and `skipped` only where an occurrence was completed.',
    async check({ add, call, style }) {
      const { id } = await add({ due_date: '2097-03-01' });
      for (const [path, body] of [
        ['/complete', undefined],
        ['', { completed: true }],
      ] as const) {
        const response = await call('PATCH', `/${id}${path}`, body);
        const task = taskIn(style, response);
        demandSame(response, 'completed', task.completed, true);
        const { completed_occurrence, skipped } = task;
        demandSame(
          response,
          'the occurrence',
          { completed_occurrence, skipped },
          {
            completed_occurrence: undefined,
            skipped: undefined,
          },
        );
      }
    },
  },
  {
    id: 'planning.completed-at',
    says: 'completed_at is when the task was completed, whatever was changed later; null as long as it is open.',
    mend: 'Set `completed_at` when `completed` becomes true, and clear it when it becomes false.',
    async check({ add, call, style }) {
      const made = await add({ completed: true });
      demandSame(undefined, 'completed_at of a task that was created completed', made.completed_at, made.created_at);
      const { id } = await add();
      const completed = taskIn(style, await call('PATCH', `/${id}/complete`));
      demandSame(undefined, 'completed_at', completed.completed_at, completed.updated_at);
      const renamed = taskIn(style, await call('PATCH', `/${id}`, { title: 'Renamed' }));
      demandSame(undefined, 'completed_at after a change', renamed.completed_at, completed.completed_at);
      const opened = taskIn(style, await call('PATCH', `/${id}/complete`));
      demandSame(undefined, 'completed_at of the open task', opened.completed_at, null);
    },
  },
  {
    id: 'planning.priority-words',
    says: 'priority is low, medium, high, urgent or null; a number or another word is refused with 422 that names it.',
    mend: 'Take these four words as they are written, and null.',
    async check({ add, call, style }) {
      const { id } = await add();
      for (const priority of ['low', 'medium', 'high', 'urgent', null]) {
        const response = await call('PATCH', `/${id}`, { priority });
        demandSame(response, 'the priority', taskIn(style, response).priority, priority);
      }
      for (const priority of [1, 'High', 'normal', 'none', '', ['high']]) {
        expectError(await call('PATCH', `/${id}`, { priority }), 422, 'priority');
      }
    },
  },
];
