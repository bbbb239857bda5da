import { bodyOf, changing, changingTasks, type Planted, refusing, responding, sending } from './plant.ts';
import type { Asked, Fault } from './planted-server.ts';

const anyTasks = /\/tasks/;
const newTask = /^POST \S*\/tasks$/;
const patch = /^PATCH \S*\/tasks\/\d+$/;
const move = /^POST \S*\/move$/;

interface UpdateWhere {
  readonly where?: { readonly status?: string };
  readonly set?: object;
}

const operationIn = (asked: Asked): UpdateWhere | undefined =>
  asked.method === 'POST' && asked.url.endsWith('/batch')
    ? (bodyOf(asked)?.operations as UpdateWhere[] | undefined)?.[0]
    : undefined;

// What a server does that knows no step of several tasks.
const updatingEach: Fault = async (asked, forward) => {
  const { where, set } = operationIn(asked) ?? {};
  if (where?.status !== 'all') return forward(asked);
  const collection = asked.url.replace('/batch', '');
  const listed = await forward({ ...asked, method: 'GET', url: collection, body: Buffer.alloc(0) });
  const { data = [] } = (bodyOf(listed) ?? {}) as { data?: { id: number }[] };
  for (const { id } of data) {
    const body = Buffer.from(JSON.stringify(set));
    await forward({ ...asked, method: 'PATCH', url: `${collection}/${id}`, body });
  }
  const results = [{ status: 200, count: data.length, changed: data.length }];
  const result = { success: true, data: { applied: true, dry_run: false, results } };
  return { ...listed, body: Buffer.from(JSON.stringify(result)) };
};

/** Ways in which recurring tasks, moves, and changes of several tasks go wrong. */
export const plantedInRecurrence: Readonly<Record<string, Planted>> = {
  'a word for a rule stays a word': {
    style: 'bare',
    fault: changingTasks(anyTasks, ({ repeat }) => {
      if (repeat?.rule === 'FREQ=WEEKLY') repeat.rule = 'weekly';
    }),
    breaks: ['repeat.words'],
  },
  'an unknown frequency is a day': {
    style: 'envelope',
    fault: sending(newTask, (body) => (body.repeat === 'FREQ=HOURLY' ? { ...body, repeat: 'FREQ=DAILY' } : undefined)),
    breaks: ['repeat.refused'],
  },
  'the end of a month is lost after February': {
    style: 'bare',
    fault: changingTasks(anyTasks, (task) => {
      if (task.due_date === '2097-03-31') task.due_date = '2097-03-28';
    }),
    breaks: ['repeat.month-ends', 'repeat.short-months-skip', 'repeat.completion', 'occurrences.undo'],
  },
  'completing an occurrence completes the task': {
    style: 'envelope',
    fault: changingTasks(anyTasks, (task) => {
      if (task.completed_occurrence !== undefined) task.completed = true;
    }),
    breaks: ['repeat.completion', 'repeat.count'],
  },
  'skipped occurrences are not counted': {
    style: 'bare',
    fault: changingTasks(anyTasks, (task) => {
      if (task.skipped !== undefined) task.skipped = 0;
    }),
    breaks: ['repeat.skipped'],
  },
  'the occurrence that is meant is ignored': {
    style: 'envelope',
    fault: sending(/^(PUT|PATCH) /, ({ occurrence, ...body }) => (occurrence === undefined ? undefined : body)),
    breaks: ['repeat.occurrence', 'codes.task-occurrence-passed'],
  },
  'a series never ends': {
    style: 'bare',
    fault: sending(newTask, (body) =>
      typeof body.repeat === 'string' ? { ...body, repeat: body.repeat.replace(/;COUNT=\d+/, '') } : undefined,
    ),
    breaks: ['repeat.count'],
  },
  'a series does not stop': {
    style: 'envelope',
    fault: sending(patch, (body) =>
      body.repeat === null && Object.keys(body).length === 1 ? { add_tags: [] } : undefined,
    ),
    breaks: ['repeat.stop'],
  },
  'a new due date moves the series': {
    style: 'bare',
    fault: sending(patch, (body) =>
      typeof body.due_date === 'string' && body.scope === undefined ? { ...body, scope: 'series' } : undefined,
    ),
    breaks: ['repeat.moved'],
  },
  'what is to count from completion counts from the due date': {
    style: 'envelope',
    fault: sending(newTask, (body) => {
      const { repeat } = body as { repeat?: { from?: string } | null };
      return repeat?.from === 'completion' ? { ...body, repeat: { ...repeat, from: 'due' } } : undefined;
    }),
    breaks: ['repeat.words', 'repeat.from-completion'],
  },
  'completed occurrences are not listed': {
    style: 'envelope',
    fault: changing(/\/occurrences/, (body) => {
      if (Array.isArray(body.data)) body.data = [];
    }),
    breaks: ['occurrences.list', 'occurrences.paging'],
  },
  'a task that never was has no occurrences': {
    style: 'bare',
    fault: responding((responded, { url }) =>
      responded.status === 404 && url.endsWith('/occurrences')
        ? { ...responded, status: 200, body: Buffer.from('[]') }
        : responded,
    ),
    breaks: ['occurrences.none'],
  },
  'a task goes to the other side': {
    style: 'bare',
    fault: sending(move, ({ before, ...body }) =>
      before === undefined || 'after' in body ? undefined : { ...body, after: before },
    ),
    breaks: ['moves.order', 'moves.position'],
  },
  'a move has no revision': {
    style: 'envelope',
    fault: changingTasks(/\/move$/, (task) => {
      task.revision = 1;
    }),
    breaks: ['moves.keeps'],
  },
  'a task to move to that is gone is not found': {
    style: 'bare',
    fault: responding((responded, { url }) =>
      responded.status === 409 && url.endsWith('/move')
        ? refusing(404, { detail: 'There is no such task.', code: 'task/not-found' })
        : responded,
    ),
    breaks: ['moves.gone-anchor', 'codes.task-anchor-gone'],
  },
  'an unknown place is the end': {
    style: 'envelope',
    fault: sending(move, (body) => (body.to === 'middle' ? { to: 'bottom' } : undefined)),
    breaks: ['moves.bad'],
  },
  'a filter of an update is ignored': {
    style: 'bare',
    fault: sending(/\/batch$/, (body) => {
      const [first] = (Array.isArray(body.operations) ? body.operations : []) as UpdateWhere[];
      return first?.where === undefined ? undefined : { ...body, operations: [{ ...first, where: { status: 'all' } }] };
    }),
    breaks: ['batch.where', 'batch.where-dry-run', 'batch.where-empty'],
  },
  'a dry run writes': {
    style: 'envelope',
    fault: sending(/\/batch$/, ({ dry_run, ...body }) => (dry_run === undefined ? undefined : body)),
    breaks: ['batch.dry-run', 'batch.where-dry-run'],
  },
  'an update by a filter is one of each task': {
    style: 'envelope',
    fault: updatingEach,
    breaks: ['batch.where-whole', 'batch.where-undo'],
  },
  'completing an occurrence is any update': {
    style: 'envelope',
    fault: responding((responded, { url }) => ({
      ...responded,
      body: url.includes('/history')
        ? Buffer.from(responded.body.toString().replaceAll('"occurrence_completed"', '"updated"'))
        : responded.body,
    })),
    breaks: ['occurrences.history'],
  },
};
