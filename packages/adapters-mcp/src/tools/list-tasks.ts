import { type TaskPage, toRecord } from '@taskward/application';
import { ListQuerySchema, TaskSchema, toCursor, toTaskQuery, WhereSchema } from '@taskward/task-schemas';
import { type TSchema, Type } from 'typebox';
import { nextPage } from '../calls/outcomes.ts';
import { defineRead } from '../calls/tool.ts';
import { taskLine, tasksText } from '../texts/task-text.ts';

// A hundred tasks, as over HTTP, are much for a model to read.
const defaultLimit = 20;

// Parameters of a URL have their values with commas between them. A copy is not optional any more.
const inJson = <T extends TSchema>(schema: T, description: string) => Type.Optional({ ...schema, description });

const { sort, order, limit, cursor, offset, count } = ListQuerySchema.properties;
const { priority, tags, any_tag, metadata, ...filters } = WhereSchema.properties;

const input = {
  ...filters,
  priority: inJson(priority, 'Tasks of one of these priorities; `none` stands for tasks without one.'),
  tags: inJson(tags, 'Tasks with all of these tags.'),
  any_tag: inJson(any_tag, 'Tasks with at least one of these tags.'),
  metadata: inJson(
    metadata,
    'Tasks whose metadata has these members. Texts, numbers, `true` and `false` compare as text.',
  ),
  sort: inJson(
    sort,
    'The fields to sort by. `-` before a field: in descending order. Tasks without a value come last in either order. `priority` is highest first, `position` the user’s own order.',
  ),
  order,
  limit: Type.Optional({ ...limit, default: defaultLimit }),
  cursor,
  offset,
  count,
};

const textOf = ({ tasks, total }: TaskPage, next: string | undefined): string => {
  const found = total === undefined ? tasksText(tasks.length) : `${tasksText(tasks.length)} of ${total}`;
  const more =
    next === undefined ? [] : [`There are more: call list_tasks with the same arguments and cursor "${next}".`];
  const lines = tasks.map((task) => taskLine(toRecord(task)));
  return tasks.length === 0 ? 'No task meets this.' : [`${found}:`, ...lines, ...more].join('\n');
};

export const listTasks = defineRead({
  name: 'list_tasks',
  title: 'List tasks',
  description:
    'Lists tasks, a page at a time: all, or those that meet every filter that is given. By default the newest come first, done or not; `status` "pending" leaves out what is done.',
  input,
  output: Type.Object({
    tasks: Type.Array(TaskSchema),
    ...nextPage,
    total: Type.Optional(Type.Integer({ description: 'With `count`: the number of tasks on all pages.' })),
  }),
  run: async ({ useCases, actor, owner }, { tag, limit = defaultLimit, ...asked }) => {
    const query = toTaskQuery(owner, { ...asked, limit, ...(tag !== undefined && { tag: [tag] }) });
    const page = await useCases.listTasks(actor, { owner, query });
    const next = page.next && toCursor(owner, query, page.next);
    return {
      text: textOf(page, next),
      content: {
        tasks: page.tasks.map(toRecord),
        ...(next !== undefined && { next_cursor: next }),
        ...(page.total !== undefined && { total: page.total }),
      },
    };
  },
});
