import assert from 'node:assert/strict';
import type { CompatibilitySetting } from '@taskward/adapters-http';
import t, { type Test } from 'tap';
import { aCaller, anApi, stores } from '../support/http/api.ts';
import { arrayList } from './clients/array-list.ts';
import { bareTask } from './clients/bare-task.ts';
import { camelCase } from './clients/camel-case.ts';
import { categoryFilter } from './clients/category-filter.ts';
import { commaTags } from './clients/comma-tags.ts';
import { dataMeta } from './clients/data-meta.ts';
import { dataTasks } from './clients/data-tasks.ts';
import { deleteJson } from './clients/delete-json.ts';
import { dueDatetime } from './clients/due-datetime.ts';
import { dueText } from './clients/due-text.ts';
import { errorJson, errorJsonBare } from './clients/error-json.ts';
import { errorMessage } from './clients/error-message.ts';
import { extraFields } from './clients/extra-fields.ts';
import { isCompleted } from './clients/is-completed.ts';
import { itemsTotal } from './clients/items-total.ts';
import { overdue } from './clients/overdue.ts';
import { priorityAlways } from './clients/priority-always.ts';
import { priorityCritical } from './clients/priority-critical.ts';
import { priorityUpper } from './clients/priority-upper.ts';
import { recurrence } from './clients/recurrence.ts';
import { recurrenceType } from './clients/recurrence-type.ts';
import { statusBoard } from './clients/status-board.ts';
import { statusComplete } from './clients/status-complete.ts';
import { statusTodo } from './clients/status-todo.ts';
import { statusPendingDone, statusTodoDone, statusUpper, statusUpperTodo } from './clients/status-toggled.ts';
import { tasksCount, tasksTotal } from './clients/tasks-count.ts';
import { textIds } from './clients/text-ids.ts';
import { usersPath } from './clients/users-path.ts';
import { v1Path } from './clients/v1-path.ts';
import { wholeTask } from './clients/whole-task.ts';
import { wholeTaskTranslated } from './clients/whole-task-translated.ts';
import { wrappedTask } from './clients/wrapped-task.ts';
import type { Connect, FrontEnd, Shown } from './front-end.ts';

type Settings = readonly CompatibilitySetting[];

/** What a front end sends and reads, the value of COMPATIBILITY with which it works whole, and what it shows of a task. */
type Row = readonly [what: string, settings: Settings, connect: Connect, details?: string];

const asIs: Settings = [];

const rows: readonly Row[] = [
  // Where tasks are, and in which shape
  ['an array at /api/{uid}/tasks', asIs, arrayList],
  ['bare tasks at /api/tasks/, `detail` in errors, PUT to toggle', ['bare'], bareTask],
  ['{tasks, count}, PATCH …/complete {completed}', ['tasks'], tasksCount, 'of 1'],
  ['{tasks, total}', ['tasks'], tasksTotal, 'of 1'],
  ['{success, data: {tasks}}', ['data-tasks'], dataTasks],
  ['{tasks}, and {task} for one task', ['tasks', 'task'], wrappedTask],
  ['{items, total} and bare todos at /api/v1/todos/, numbered pages', ['bare', 'items'], itemsTotal],
  ['{status, data, meta}, whose `data` and `meta` it reads', asIs, dataMeta, 'of 1'],
  ['/api/users/{uid}/tasks, /filtered, PATCH …/status', asIs, usersPath],
  ['bare tasks at /api/v1/tasks, /search, PATCH …/toggle', ['bare'], v1Path],
  ['the error’s text in `message`', ['json-errors'], errorMessage],
  ['errors that are read in application/json only', ['json-errors'], errorJson],
  ['bare tasks at /api/tasks, errors in application/json only', ['bare'], errorJsonBare],
  ['DELETE that parses JSON, PATCH …/complete?completed=', ['delete-json'], deleteJson],
  // What a task has
  ['priority HIGH', asIs, priorityUpper, 'red'],
  ['priority Critical, and none', asIs, priorityCritical, 'urgent'],
  ['a priority always', ['priority-medium'], priorityAlways, 'MEDIUM'],
  ['due_date of a datetime-local input, and an empty one', asIs, dueText, '2026-12-01'],
  ['due_datetime, an instant', asIs, dueDatetime, String(Date.UTC(2026, 11, 1))],
  ['tags as one text with commas', asIs, commaTags, 'home · garden'],
  ['recurrence_pattern, is_recurring, reminder_time', ['recurrence-pattern'], recurrence, 'weekly, at 09:00'],
  ['status: pending, in_progress, completed', ['status'], statusBoard, 'in_progress'],
  ['status: INCOMPLETE, COMPLETE', ['status-upper-complete'], statusComplete, 'INCOMPLETE'],
  ['status: TO_DO, IN_PROGRESS, DONE', ['status-upper-to-do'], statusTodo, 'IN_PROGRESS'],
  ['status: todo, done; PATCH …/complete', ['status-todo'], statusTodoDone, 'todo'],
  ['status: pending, done; PATCH …/complete', ['status-done'], statusPendingDone, 'pending'],
  ['status: PENDING, COMPLETED; PATCH …/complete', ['status-upper'], statusUpper, 'PENDING'],
  ['status: TODO, DONE; PATCH …/complete', ['status-upper-todo'], statusUpperTodo, 'TODO'],
  ['is_completed', ['is-completed'], isCompleted],
  ['dueDate, createdAt, updatedAt, userId', ['camel-case'], camelCase, '2026-12-01 of string'],
  ['category, project_id, subtasks', ['extra-fields'], extraFields, 'Work 3 first'],
  ['filters by category and is_favorite', ['extra-fields'], categoryFilter],
  ['recurrence_type, recurring_type', ['recurrence-pattern'], recurrenceType, 'weekly or weekly'],
  ['is_overdue, reminder_at', ['is-overdue', 'recurrence-pattern'], overdue, 'late, 2020-01-01'],
  ['ids as text', ['text-ids'], textIds, '#1'],
  ['the whole task sent back', asIs, wholeTask],
  ['the whole task sent back, in other names', ['camel-case', 'is-completed', 'one-spelling'], wholeTaskTranslated],
];

const aFrontEnd = async (t: Test, connect: Connect, compatibility: Settings): Promise<FrontEnd> => {
  const app = await anApi(t, await stores.memory(t), { compatibility });
  const server = await app.listen({ host: '127.0.0.1', port: 0 });
  return connect({ server, ...aCaller(app) });
};

const titlesOf = (tasks: readonly Shown[]) => tasks.map(({ title }) => title);

/**
 * Does with a front end what people do, and looks at what it shows.
 * @throws Error where it does not show what it should
 */
const use = async (frontEnd: FrontEnd, details: string | undefined): Promise<void> => {
  const find = async (title: string) => {
    const found = (await frontEnd.list()).find((task) => task.title === title);
    assert.ok(found, `it lists ${title}`);
    return found;
  };

  const iron = await frontEnd.add('Iron shirts');
  const { title, done } = iron;
  assert.deepEqual({ title, done, details: iron.details }, { title: 'Iron shirts', done: false, details });
  assert.deepEqual({ ...(await find('Iron shirts')) }, { ...iron }, 'the list shows a task as it was shown when added');

  await frontEnd.add('Buy milk');
  await frontEnd.add('Fix the sink');
  await frontEnd.toggle(await find('Buy milk'));
  assert.equal((await find('Buy milk')).done, true, 'toggled');
  assert.deepEqual(titlesOf(await frontEnd.open()), ['Fix the sink', 'Iron shirts'], 'filtered and sorted');
  await frontEnd.toggle(await find('Buy milk'));
  assert.equal((await find('Buy milk')).done, false, 'toggled back');

  await frontEnd.rename(iron, 'Iron trousers');
  assert.equal((await find('Iron trousers')).id, iron.id, 'renamed');
  await frontEnd.remove(await find('Fix the sink'));
  assert.deepEqual(titlesOf(await frontEnd.list()).sort(), ['Buy milk', 'Iron trousers'], 'deleted');
  await assert.rejects(frontEnd.add(''), { message: /title/i }, 'an error is shown in words');
};

const setting = (settings: Settings) => (settings.length === 0 ? 'as is' : `COMPATIBILITY=${settings}`);

for (const [what, settings, connect, details] of rows) {
  t.test(`${what} · whole ${setting(settings)}`, async (t) => {
    const frontEnd = await aFrontEnd(t, connect, settings);
    await use(frontEnd, details);
    for (const name of settings) {
      const others = settings.filter((one) => one !== name);
      await t.rejects(use(await aFrontEnd(t, connect, others), details), `not whole without ${name}`);
    }
  });
}
