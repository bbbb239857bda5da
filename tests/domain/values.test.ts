import assert from 'node:assert/strict';
import {
  anchorGone,
  changeNotFound,
  DomainError,
  type DomainErrorCode,
  invalid,
  latest,
  maxTaskId,
  occurrencePassed,
  operator,
  stale,
  Task,
  tagExists,
  tagNotFound,
  taskNotFound,
  taskPurged,
  taskQuotaExceeded,
  textFault,
  toInstant,
  toUserId,
  undoSuperseded,
  wrongUser,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { aMoment, anIllFormedText, aText, codePoints, holds, shown } from '../support/arbitraries.ts';
import { aPlanning } from '../support/planning.ts';

t.test('toUserId takes any text of 1 to 255 code points', async (t) => {
  const opaque = [
    'a',
    '0',
    ' ',
    'GpHsx23FEWJPebLYU79JqYmrGmg6eOr3',
    'auth0|5f7c',
    '../..',
    '%2F',
    'é',
    "o'hara",
    'tasks',
  ];
  for (const text of [...opaque, 'x'.repeat(255), '👍'.repeat(255), '\n']) {
    t.equal(toUserId(text), text, shown(text));
  }
  const refused: [text: string, fault: string][] = [
    ['', 'must not be empty'],
    ['x'.repeat(256), 'must be at most 255 characters long, and has 256'],
    ['👍'.repeat(256), 'must be at most 255 characters long, and has 256'],
    ['a\0', 'must not contain the NUL character (U+0000)'],
    ['\ud83d', 'must be well-formed Unicode: it contains half of a surrogate pair'],
  ];
  for (const [text, message] of refused) {
    t.throws(
      () => toUserId(text),
      {
        name: 'DomainError',
        code: 'request/invalid',
        message: `The input is not valid: user_id ${message}.`,
        faults: [{ field: 'user_id', message }],
      },
      message,
    );
  }
  holds(
    t,
    fc.property(aText(100), (text) => text === '' || codePoints(text) > 255 || toUserId(text) === text),
  );
  holds(
    t,
    fc.property(anIllFormedText, (text) => void assert.throws(() => toUserId(text), DomainError)),
  );
});

t.test('textFault counts code points between its bounds, both included', async (t) => {
  holds(
    t,
    fc.property(aText(30), fc.nat(20), fc.nat(20), (text, min, more) => {
      const [max, length] = [min + more, codePoints(text)];
      const fault = textFault(text, { min, max });
      assert.equal(fault === undefined, length >= min && length <= max);
      if (length > max) assert.equal(fault, `must be at most ${max} characters long, and has ${length}`);
      if (length < min)
        assert.equal(fault, min === 1 ? 'must not be empty' : `must be at least ${min} characters long`);
    }),
  );
});

t.test('textFault counts code points at its lower bound too', async (t) => {
  t.equal(textFault('👍', { min: 2, max: 10 }), 'must be at least 2 characters long');
  t.equal(textFault('👍👍', { min: 2, max: 10 }), undefined);
});

t.test('toInstant takes one form only', async (t) => {
  for (const text of ['2026-11-20T09:30:00.123Z', '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z']) {
    t.equal(toInstant(text), text);
  }
  const others = [
    '',
    'now',
    '2026-11-20',
    '2026-11-20T09:30:00Z',
    '2026-11-20T09:30:00.12Z',
    '2026-11-20T09:30:00.1234Z',
    '2026-11-20T09:30:00.123',
    '2026-11-20T09:30:00.123+00:00',
    '2026-11-20t09:30:00.123z',
    '2026-11-20 09:30:00.123Z',
    ' 2026-11-20T09:30:00.123Z',
    '2026-11-20T09:30:00.123Z\n',
    '0000-12-31T23:59:59.999Z',
    '+010000-01-01T00:00:00.000Z',
    '-000001-01-01T00:00:00.000Z',
    '２０２６-11-20T09:30:00.123Z',
  ];
  for (const text of others) {
    t.throws(() => toInstant(text), new RangeError(`not an instant in UTC with milliseconds: ${text}`), shown(text));
  }
});

t.test('the order of instants is the order of time', async (t) => {
  holds(
    t,
    fc.property(aMoment, aMoment, (a, b) => {
      assert.equal(latest(a, b), new Date(Math.max(Date.parse(a), Date.parse(b))).toISOString());
      assert.equal(latest(a, b), latest(b, a));
    }),
  );
});

t.test('the catalogue of errors: each with its code and a sentence with what to do', async (t) => {
  const owner = toUserId('ann');
  const task = Task.restore({
    ...Task.draft(operator, owner, { title: 'Buy milk' }, toInstant('2026-11-20T09:30:00.123Z'), aPlanning()),
    id: 12,
    revision: 41,
  });
  const faults = [
    { field: 'title', message: 'must not be empty' },
    { field: 'status', message: 'must be one of all, pending, completed' },
  ];
  const catalogue: Record<DomainErrorCode, [error: DomainError, message: string]> = {
    'request/invalid': [
      invalid(faults),
      'The input is not valid: title must not be empty; status must be one of all, pending, completed.',
    ],
    'auth/wrong-user': [wrongUser(), 'These tasks belong to another user. Name the user who acts as their owner.'],
    'task/not-found': [taskNotFound(12), "There is no task 12 among this user's tasks."],
    'task/stale': [
      stale(task),
      'The task was changed meanwhile, and is at revision 41 now. Look at it, merge, and try again with that revision.',
    ],
    'task/quota-exceeded': [
      taskQuotaExceeded(100),
      'This user already has 100 tasks, the most that one user may have. Delete tasks that are no longer needed, and try again.',
    ],
    'task/occurrence-passed': [
      occurrencePassed(task),
      'The task is not due on this date any more: its occurrence was completed or moved meanwhile. Look at `due_date`, which is empty now, before completing another.',
    ],
    'task/anchor-gone': [
      anchorGone(9),
      'There is no task 9 to move this one to. Read the list again, and name a task that is on it.',
    ],
    'tag/not-found': [tagNotFound('home'), 'None of this user\'s tasks has the tag "home".'],
    'tag/exists': [
      tagExists('home'),
      'There is a tag "home" already. Choose another name, or send `"merge": true` to make both one tag.',
    ],
    'task/purged': [taskPurged(12), 'The task 12 was removed from the trash for good, and cannot come back.'],
    'change/not-found': [
      changeNotFound(7),
      "There is no change 7 in this user's history. Take a revision of /changes or of a task's history; old changes are not kept.",
    ],
    'undo/superseded': [
      undoSuperseded(7, [{ taskId: 12, field: 'title', given: 'Buy milk', current: 'Buy bread' }]),
      'The change 7 cannot be undone, because later changes touched the same: title of task 12. Undo those first, or edit the task.',
    ],
  };
  for (const [code, [error, message]] of Object.entries(catalogue)) {
    t.ok(error instanceof DomainError && error instanceof Error, code);
    t.equal(error.name, 'DomainError');
    t.equal(error.code, code);
    t.equal(error.message, message);
    t.strictSame(error.faults, code === 'request/invalid' ? faults : [], 'faults only where the input is at fault');
    t.equal(error.current, code === 'task/stale' || code === 'task/occurrence-passed' ? task : undefined);
  }
  t.equal(taskNotFound('abc').message, "There is no task abc among this user's tasks.");
});

t.test('the largest id is that of an integer in PostgreSQL', async (t) => {
  t.equal(maxTaskId, 2 ** 31 - 1);
});
