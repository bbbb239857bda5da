import fc from 'fast-check';
import t from 'tap';
import { aCaller, anApi, stores } from '../support/http/api.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz_0';

/** The text with one letter left out, put in, replaced, doubled or exchanged with the next. */
const typoOf = (text: string) =>
  fc
    .tuple(fc.nat(text.length - 1), fc.constantFrom(...letters), fc.nat(4))
    .map(([at, letter, kind]) => {
      const [before, after] = [text.slice(0, at), text.slice(at + 1)];
      const here = text[at] as string;
      return [
        before + after,
        before + letter + here + after,
        before + letter + after,
        before + here + here + after,
        before + after.slice(0, 1) + here + after.slice(1),
      ][kind] as string;
    })
    .filter((typo) => typo !== '');

/** Typos of typos, too, none of which is one of the given spellings. */
const missesOf = (spellings: readonly string[]) =>
  fc
    .constantFrom(...spellings)
    .chain((one) => fc.oneof(typoOf(one), typoOf(one).chain(typoOf)))
    .filter((miss) => !spellings.includes(miss));

const fields = [
  ...['title', 'description', 'completed', 'priority', 'tags', 'due_date', 'repeat', 'reminders', 'metadata'],
  ...['id', 'user_id', 'created_at', 'updated_at', 'completed_at', 'due_at', 'revision', 'position', 'skipped'],
  ...['completed_occurrence', 'add_tags', 'remove_tags', 'scope', 'occurrence', 'status'],
  ...['due', 'dueDate', 'due_datetime', 'dueDatetime', 'is_completed', 'isCompleted', 'is_complete', 'isComplete'],
  ...['done', 'recurrence', 'recurrence_pattern', 'recurrencePattern', 'is_recurring', 'isRecurring'],
  ...['reminder_time', 'reminderTime', 'reminder_at', 'reminderAt'],
  ...['userId', 'createdAt', 'updatedAt', 'completedAt', 'dueAt'],
];
const priorities = ['urgent', 'high', 'medium', 'low', 'critical', 'none'];
const statuses = [
  ...['pending', 'incomplete', 'todo', 'to_do', 'open', 'active', 'not_started', 'uncompleted'],
  ...['completed', 'complete', 'done', 'finished'],
];
const parameters = [
  ...['status', 'search', 'priority', 'tag', 'tags', 'any_tag', 'untagged', 'due', 'due_after', 'due_before'],
  ...['repeating', 'completed_after', 'completed_before', 'updated_after', 'sort', 'order', 'limit', 'cursor'],
  ...['offset', 'count', 'sort_by', 'sortBy', 'order_by', 'orderBy', 'sort_order', 'sortOrder', 'direction'],
  ...['status_filter', 'statusFilter', 'completed', 'is_completed', 'isCompleted', 'q', 'query', 'skip', 'page'],
  ...['page_size', 'pageSize', 'per_page', 'perPage', 'due_from', 'due_date_from', 'dueFrom'],
  ...['due_to', 'due_date_to', 'dueTo', 'due_date_after', 'due_date_before'],
];

t.test('a near miss of any name or word is 422, and changes nothing', async (t) => {
  const app = await anApi(t, await stores.memory(t));
  const me = aCaller(app);
  const { id } = (await me.call('POST', me.bare, { title: 'Buy milk', priority: 'low', tags: ['home'] })).json();
  const url = `${me.bare}/${id}`;
  const before = (await me.call('GET', url)).json();
  const isRejected = async (...request: Parameters<typeof me.call>) => {
    const { statusCode } = await me.call(...request);
    return statusCode === 422;
  };
  const forAll = async (misses: fc.Arbitrary<string>, send: (miss: string) => Promise<boolean>) => {
    await fc.assert(fc.asyncProperty(misses, send), { numRuns: 300 });
    t.strictSame((await me.call('GET', url)).json(), before);
  };

  await forAll(missesOf(fields), (name) => isRejected('PATCH', url, { title: 'changed', [name]: 'x' }));
  await forAll(missesOf(priorities), (priority) => isRejected('PATCH', url, { title: 'changed', priority }));
  await forAll(missesOf(statuses), (status) => isRejected('PATCH', url, { title: 'changed', status }));
  await forAll(missesOf(parameters), (name) => isRejected('GET', `${me.bare}?${name}=true`));
  await forAll(missesOf(['all', ...statuses]), (status) => isRejected('GET', `${me.bare}?status=${status}`));
  await forAll(missesOf(['all', ...priorities]), (word) => isRejected('GET', `${me.bare}?priority=${word}`));
});
