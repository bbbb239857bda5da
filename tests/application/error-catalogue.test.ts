import {
  ApplicationError,
  type ApplicationErrorCode,
  changesGone,
  databaseBusy,
  databaseReadOnly,
  databaseUnavailable,
  idempotencyInFlight,
  idempotencyMismatch,
  isUseCaseError,
  searchTooSlow,
  tooManyIdempotencyKeys,
} from '@taskward/application';
import { taskNotFound } from '@taskward/domain';
import t from 'tap';

t.test('the catalogue of errors: each with its code and a sentence with what to do', async (t) => {
  const cause = new Error('connect ECONNREFUSED');
  const catalogue: Record<ApplicationErrorCode, [error: ApplicationError, message: string]> = {
    'changes/gone': [
      changesGone(),
      'The changes since this cursor are not kept any more, or it belongs to another account. Send what you have not sent first, then start again without `since`.',
    ],
    'idempotency/too-many': [
      tooManyIdempotencyKeys(60),
      'This user has used as many idempotency keys as one may within a day. Send the request without a key, or wait 60 seconds. Next time put several changes into one batch, under one key.',
    ],
    'idempotency/mismatch': [
      idempotencyMismatch(),
      'This idempotency key was used for another request. Repeat exactly that one, or take a new key.',
    ],
    'idempotency/in-flight': [
      idempotencyInFlight(),
      'The first request under this idempotency key is still being worked on. Repeat it in a moment.',
    ],
    'search/too-slow': [
      searchTooSlow(),
      'This search takes longer than it may. Narrow it: search for a longer text, filter by status, or do without the count.',
    ],
    'database/busy': [
      databaseBusy(),
      'The database has more queries than it can answer right now. Try again in a moment.',
    ],
    'database/unavailable': [
      databaseUnavailable(cause),
      'The database cannot be reached right now. Try again in a moment.',
    ],
  };
  for (const [code, [error, message]] of Object.entries(catalogue)) {
    t.ok(error instanceof ApplicationError && error instanceof Error, code);
    t.equal(error.name, 'ApplicationError');
    t.equal(error.code, code);
    t.equal(error.message, message);
    t.equal(error.retryAfter, code === 'idempotency/too-many' ? 60 : undefined);
    t.equal(error.cause, code === 'database/unavailable' ? cause : undefined);
  }
  t.equal(databaseUnavailable().cause, undefined);
  t.match(databaseReadOnly(cause), {
    code: 'database/unavailable',
    message: 'The database accepts no changes right now. Try again in a moment.',
    cause,
  });
});

t.test('errors of the domain and of the application are those of use-cases, and no others', async (t) => {
  for (const error of [taskNotFound(1), databaseBusy()]) t.ok(isUseCaseError(error));
  for (const other of [new Error('x'), new TypeError('x'), undefined, { code: 'task/not-found' }]) {
    t.notOk(isUseCaseError(other));
  }
});
