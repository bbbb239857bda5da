import t from 'tap';
import { aCommandProcess, nowhere, refused } from '../support/processes/command-line.ts';
import { aThrowAwayCopy } from '../support/repository/throw-away-copy.ts';

// In a copy of the repository: a `.env` file of this one would be everybody's.
const copy = aThrowAwayCopy(t);
const taskward = aCommandProcess(t, nowhere, copy.folder);
const env = { '.env': 'DATABASE_URL=nonsense\n# A comment.\nPORT="x"\nJWT_ALGORITHM=none\n' };

const list = ['list', '--user', 'ada'];
const title = 'Taskward cannot start: the environment is not right.';
const faults = {
  DATABASE_URL: '  - DATABASE_URL must be a URL such as postgresql://user:password@host:5432/database.',
  PORT: '  - PORT must be a whole number from 0 to 65535.',
  JWT_ALGORITHM:
    '  - JWT_ALGORITHM must list algorithms of HS256, HS384, HS512, EdDSA, ES256, ES512, RS256, PS256, and `none` is none.',
};

t.test('a .env file is read from the root of the repository, wherever the command is started', async (t) => {
  const unset = { DATABASE_URL: undefined, PORT: undefined, JWT_ALGORITHM: undefined };
  const ending = await copy.having(env, () => taskward(list, unset));
  t.strictSame(ending, refused(1, title, ...Object.values(faults)));
});

t.test('what is set wins over the file', async (t) => {
  const ending = await copy.having(env, () => taskward(list, { PORT: '8000', JWT_ALGORITHM: 'HS512' }));
  t.strictSame(ending, refused(69, 'The database cannot be reached right now. Try again in a moment.'));
  const partly = await copy.having(env, () => taskward(list, { PORT: undefined, JWT_ALGORITHM: 'HS512' }));
  t.strictSame(partly, refused(1, title, faults.PORT));
});

t.test('there need not be one', async (t) => {
  const ending = await taskward(list, { PORT: undefined });
  t.strictSame(ending, refused(69, 'The database cannot be reached right now. Try again in a moment.'));
});
