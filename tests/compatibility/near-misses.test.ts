import fc from 'fast-check';
import t from 'tap';
import { aCaller, anApi, stores } from '../support/http/api.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz_0';

/** The text with one letter left out, put in, replaced, doubled, exchanged with the next or in another case, or with a `_`. */
const typoOf = (text: string) =>
  fc
    .tuple(fc.nat(text.length - 1), fc.constantFrom(...letters), fc.nat(6))
    .map(([at, letter, kind]) => {
      const [before, after] = [text.slice(0, at), text.slice(at + 1)];
      const here = text[at] as string;
      return [
        before + after,
        before + letter + here + after,
        before + letter + after,
        before + here + here + after,
        before + after.slice(0, 1) + here + after.slice(1),
        before + here.toUpperCase() + after,
        `${before}_${here}${after}`,
      ][kind] as string;
    })
    .filter((typo) => typo !== '');

/** Typos of typos, too, none of which is one of the given spellings. */
const missesOf = (spellings: readonly string[], spelled = (miss: string) => miss) =>
  fc
    .constantFrom(...spellings)
    .chain((one) => fc.oneof(typoOf(one), typoOf(one).chain(typoOf)))
    .filter((miss) => !spellings.includes(spelled(miss)));

/** Words may come in any case. */
const inAnyCase = (word: string) => word.toLowerCase();

const fields = [
  ...['title', 'description', 'completed', 'priority', 'tags', 'due_date', 'repeat', 'reminders', 'metadata'],
  ...['id', 'user_id', 'created_at', 'updated_at', 'completed_at', 'due_at', 'revision', 'position', 'skipped'],
  ...['completed_occurrence', 'add_tags', 'remove_tags', 'scope', 'occurrence', 'status'],
  ...['due', 'dueDate', 'due_datetime', 'dueDatetime', 'is_completed', 'isCompleted', 'is_complete', 'isComplete'],
  ...['done', 'recurrence', 'recurrence_pattern', 'recurrencePattern', 'is_recurring', 'isRecurring'],
  ...['reminder_time', 'reminderTime', 'reminder_at', 'reminderAt', 'remind_at', 'remindAt'],
  ...['recurrence_type', 'recurring_type', 'recurrence_rule', 'recurrenceType', 'recurringType', 'recurrenceRule'],
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
  ...['overdue', 'overdue_only', 'due_date_start', 'due_date_end'],
  // Against caches, without a meaning.
  ...['_', '_t', 'timestamp'],
];

t.test('a near miss of any name or word is 422, and changes nothing', async (t) => {
  const app = await anApi(t, await stores.memory(t));
  const me = aCaller(app);
  const { id } = (await me.call('POST', me.bare, { title: 'Buy milk', priority: 'low', tags: ['home'] })).json();
  const url = `${me.bare}/${id}`;
  const before = (await me.call('GET', url)).json();
  // Of each kind one: with the right name one of them would be taken.
  const values = [true, null, '2026-12-01', 'daily', me.userId, id];
  const texts = ['true', 'title', 'asc', 'pending', '1', '2026-12-01'];
  const isRejected = async (...request: Parameters<typeof me.call>) => {
    const { statusCode } = await me.call(...request);
    return statusCode === 422;
  };
  const forAll = async (misses: fc.Arbitrary<string>, send: (miss: string) => Promise<boolean>) => {
    await fc.assert(fc.asyncProperty(misses, send), { numRuns: 300 });
    t.strictSame((await me.call('GET', url)).json(), before);
  };

  await forAll(missesOf(fields), async (name) => {
    for (const value of values)
      if (!(await isRejected('PATCH', url, { title: 'changed', [name]: value }))) return false;
    return true;
  });
  await forAll(missesOf(priorities, inAnyCase), (priority) => isRejected('PATCH', url, { title: 'changed', priority }));
  await forAll(missesOf(statuses, inAnyCase), (status) => isRejected('PATCH', url, { title: 'changed', status }));
  await forAll(missesOf(parameters), async (name) => {
    for (const text of texts) if (!(await isRejected('GET', `${me.bare}?${name}=${text}`))) return false;
    return true;
  });
  await forAll(missesOf(['all', ...statuses], inAnyCase), (status) => isRejected('GET', `${me.bare}?status=${status}`));
  await forAll(missesOf(['all', ...priorities], inAnyCase), (word) => isRejected('GET', `${me.bare}?priority=${word}`));
});
