import { issueDevelopmentToken, readConfig, startServer } from '@taskward/api';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { ownDatabase, ownMigratedDatabase } from '../support/postgres/database.ts';
import { aReceiver } from '../support/webhooks/receiver.ts';

const secret = 's'.repeat(32);

t.test('a server sends what happens to the receivers of WEBHOOK_URLS, and stops in between', async (t) => {
  const receiver = await aReceiver(t);
  const config = readConfig({
    ...{ DATABASE_URL: await ownDatabase(t), PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' },
    ...{ BETTER_AUTH_SECRET: secret, WEBHOOK_URLS: receiver.url },
  });
  const owner = aUser();
  const start = async () => {
    const server = await startServer(config, () => {});
    const addTask = async () => {
      const { status } = await fetch(`${server.url}/api/tasks`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${issueDevelopmentToken(server.config, owner)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ title: 'Buy milk' }),
      });
      t.equal(status, 201);
    };
    return { server, addTask };
  };
  const first = await start();
  await first.addTask();
  await first.server.stop();
  const second = await start();
  await second.addTask();
  while (receiver.received.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  await second.server.stop();
  const revisions = receiver.received.map(({ body }) => JSON.parse(body).data.revision);
  t.same(revisions.sort(), [1, 2]);
});

t.test('a server fires reminders, also those that came due while none ran', async (t) => {
  const receiver = await aReceiver(t);
  const config = readConfig({
    ...{ DATABASE_URL: await ownDatabase(t), PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' },
    ...{ BETTER_AUTH_SECRET: secret, WEBHOOK_URLS: receiver.url },
  });
  const owner = aUser();
  const remindIn = async (url: string, milliseconds: number) => {
    const at = new Date(Date.now() + milliseconds).toISOString();
    const response = await fetch(`${url}/api/tasks`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${issueDevelopmentToken(config as never, owner)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ title: 'Call', reminders: [{ at }] }),
    });
    t.equal(response.status, 201);
    return at;
  };
  const reminders = () =>
    receiver.received.map(({ body }) => JSON.parse(body)).filter(({ type }) => type === 'taskward.task.reminder');
  const until = async (count: number) => {
    while (reminders().length < count) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const first = await startServer(config, () => {});
  const soon = await remindIn(first.url, 500);
  await until(1);
  const meanwhile = await remindIn(first.url, 3_000);
  await first.stop();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  t.equal(reminders().length, 1);
  const second = await startServer(config, () => {});
  await until(2);
  await second.stop();
  t.match(
    reminders().map(({ data }) => data.reminder),
    [
      { at: soon, late: false },
      { at: meanwhile, late: false },
    ],
  );
});

t.test('a server does not start with a URL that events may not be sent to', async (t) => {
  const { url } = await ownMigratedDatabase(t);
  const config = readConfig({
    ...{ DATABASE_URL: url, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent', ENVIRONMENT: 'production' },
    ...{ BETTER_AUTH_SECRET: secret, CORS_ALLOWED_ORIGINS: 'https://app.example' },
    ...{ WEBHOOK_URLS: 'https://169.254.169.254/', WEBHOOK_SECRET: secret },
  });
  await t.rejects(
    startServer(config, () => {}),
    { message: /https:\/\/169\.254\.169\.254\/ must lead to a public address/ },
  );
});
