import { onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';
import { batch, resultsOf, stateOf, statusesOf } from './batches.ts';

overStores((t, { app }) => {
  onStyles(t, app, 'batch · 1 to 100 operations', async (t, client) => {
    const { style } = client;
    const creates = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ op: 'create', title: `Task ${n + 1}` }));
    const state = await stateOf(client);
    for (const operations of [[], creates(101)]) {
      const response = await batch(client, operations);
      isRefused(
        t,
        response,
        { status: 422, code: 'request/invalid', style, fields: ['operations'] },
        `${operations.length}`,
      );
    }
    t.equal(await stateOf(client), state);
    const response = await batch(client, creates(100));
    t.strictSame(new Set(statusesOf(resultsOf(client, response))), new Set([201]));
    t.match(await client.add(), { id: 101, revision: 101 });
  });

  onStyles(
    t,
    app,
    'batch · what is wrong with the request as a whole is 422, and nothing is done',
    async (t, client) => {
      const { style, me, url } = client;
      const good = { op: 'create', title: 'x' };
      const state = await stateOf(client);
      const table: [body: unknown, fields: string[]][] = [
        [{}, ['operations']],
        ['[]', ['body']],
        ['null', ['body']],
        [undefined, ['body']],
        [{ operations: {} }, ['operations']],
        [{ operations: null }, ['operations']],
        [{ operations: [good], atomic: 'true' }, ['atomic']],
        [{ operations: [good], atomic: null, dry_run: 1 }, ['atomic', 'dry_run']],
        [{ operations: [good], dryrun: true }, ['dryrun']],
        [
          { operations: [good, null, 'delete', 7, [good], true] },
          ['operations.1', 'operations.2', 'operations.3', 'operations.4', 'operations.5'],
        ],
      ];
      for (const [body, fields] of table) {
        const response = await me.call('POST', `${url}/batch`, body, { 'content-type': 'application/json' });
        isRefused(
          t,
          response,
          { status: 422, code: 'request/invalid', style, fields },
          JSON.stringify(body) ?? 'no body',
        );
      }
      const asked = await me.call('POST', `${url}/batch?atomic=false`, { operations: [good] });
      isRefused(t, asked, { status: 422, code: 'request/invalid', style, fields: ['atomic'] });
      t.equal(await stateOf(client), state);
    },
  );

  onStyles(t, app, 'batch · what is wrong with one operation is its own 422', async (t, client) => {
    await client.add();
    const faults: [operation: object, errors: [field: string, message: RegExp][]][] = [
      [{}, [['op', /must be one of `create`/]]],
      [{ op: 'Create', title: 'x' }, [['op', /must be one of/]]],
      [{ op: '__proto', title: 'x' }, [['op', /must be one of/]]],
      [{ op: 'toString' }, [['op', /must be one of/]]],
      [{ op: ['create'], title: 'x' }, [['op', /must be one of/]]],
      [{ op: { toString: 'create' }, title: 'x' }, [['op', /must be one of/]]],
      [{ op: null }, [['op', /must be one of/]]],
      [{ op: 'create' }, [['title', /is required/]]],
      [{ op: 'create', title: ' ' }, [['title', /must not be empty/]]],
      [
        { op: 'create', title: 'x'.repeat(201), description: 7 },
        [
          ['title', /at most 200/],
          ['description', /must be a string or null/],
        ],
      ],
      [
        { op: 'create', title: '\ud800', id: 7 },
        [
          ['title', /half of a surrogate pair/],
          ['id', /is read only/],
        ],
      ],
      [{ op: 'update', id: 1 }, [['body', /must name at least one of `title`, `description`, `completed`/]]],
      [{ op: 'update', id: 1, if_revision: 1 }, [['body', /must name at least one/]]],
      [{ op: 'update', title: 'x' }, [['id', /is required/]]],
      [{ op: 'update', id: '1', title: 'x' }, [['id', /must be an integer, not a string/]]],
      [{ op: 'update', id: 0, title: 'x' }, [['id', /at least 1/]]],
      [{ op: 'update', id: 2_147_483_648, title: 'x' }, [['id', /at most 2147483647/]]],
      [{ op: 'update', id: 1.5, title: 'x' }, [['id', /must be an integer/]]],
      [{ op: 'complete', id: 1, complete: true }, [['complete', /did you mean `completed`/]]],
      [{ op: 'complete', id: 1, completed: null }, [['completed', /must be a boolean, not null/]]],
      [{ op: 'delete', id: 1, if_revision: '1' }, [['if_revision', /must be an integer/]]],
      [{ op: 'delete', id: 1, if_revison: 1 }, [['if_revison', /did you mean `if_revision`/]]],
      [{ op: 'delete', id: 1, completed: true }, [['completed', /is not a known field/]]],
    ];
    const state = await stateOf(client);
    const response = await batch(
      client,
      faults.map(([operation]) => operation),
    );
    t.equal(response.json().code, 'batch/refused');
    const results = resultsOf(client, response);
    for (const [n, [operation, errors]] of faults.entries()) {
      const about = JSON.stringify(operation).slice(0, 60);
      t.equal(results[n]?.status, 422, about);
      const named = results[n]?.error?.errors as { field: string; message: string }[];
      t.strictSame(named.map(({ field }) => field).sort(), errors.map(([field]) => field).sort(), about);
      for (const [field, message] of errors) t.match(named.find((one) => one.field === field)?.message, message, about);
    }
    t.equal(await stateOf(client), state);
  });

  onStyles(t, app, 'batch · over 64 KiB is 413', async (t, client) => {
    const operations = Array.from({ length: 100 }, () => ({ op: 'create', title: 'x', description: 'y'.repeat(700) }));
    isRefused(t, await batch(client, operations), { status: 413, code: 'request/too-large', style: client.style });
  });
});
