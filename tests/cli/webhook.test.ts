import { makeOwnerPorts } from '@taskward/adapters-postgres';
import t from 'tap';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import { open, ownDatabase } from '../support/postgres/database.ts';
import { aCommandLine, jsonLines, responded } from '../support/processes/command-line.ts';
import { aReceiver, verified } from '../support/webhooks/receiver.ts';
import { aWorker, webhookKey } from '../support/webhooks/workers.ts';

// An endpoint in the database that tests share would be sent the changes of all of them.
const url = await ownDatabase(t);
const commandLine = aCommandLine(t, url);
const taskward = (...args: string[]) => commandLine(['webhook', ...args], { WEBHOOK_SECRET: webhookKey });
t.equal((await commandLine(['migrate'])).code, 0);

interface Added {
  id: string;
  secret: string;
}
const added = async (...args: string[]) => jsonLines((await taskward('add', ...args)).out)[0] as unknown as Added;

t.test('an endpoint is added, listed, disabled, enabled, rotated and removed', async (t) => {
  const events = ['task.created', 'task.completed'];
  const { id, secret } = await added('https://app.example/events', '--events', events.join());
  t.match(secret, /^whsec_/);
  const record = { id, url: 'https://app.example/events', events, disabled: null, gives_up_at: null };
  responded(t, await taskward('list'), [record]);
  t.notMatch((await taskward('list')).out, 'whsec_', 'the secret is shown once');
  responded(t, await taskward('disable', id), [{ ...record, disabled: 'operator' }]);
  responded(t, await taskward('enable', id), [record]);
  const rotated = await taskward('rotate', id);
  t.match(rotated.err, 'The previous secret signs too for 24 hours.');
  t.not((jsonLines(rotated.out)[0] as unknown as Added).secret, secret);
  t.equal((await taskward('remove', id)).code, 0);
  t.equal((await taskward('list', '--json')).out, '[]\n');
});

t.test('what is wrong is said, with what to do', async (t) => {
  for (const [args, sentence] of [
    [['add', 'http://app.example'], /url must be https/],
    [['add', 'https://10.0.0.1/'], /url must lead to a public address/],
    [
      ['add', 'https://app.example', '--events', 'task.created,task.gone'],
      /`task.gone` is no event. There are task.created/,
    ],
    [['rotate', 'nonsense'], /`nonsense` is no webhook endpoint: `taskward webhook list` shows all/],
    [['deliveries', 'nonsense'], /`nonsense` is no webhook endpoint/],
    [['redeliver', '77'], /`77` is no delivery/],
  ] as const) {
    const { code, out, err } = await taskward(...args);
    t.not(code, 0, args.join(' '));
    t.equal(out, '');
    t.match(err, sentence);
  }
  const { code, err } = await commandLine(['webhook', 'list'], {
    ...{ ENVIRONMENT: 'production', CORS_ALLOWED_ORIGINS: 'https://app.example', BETTER_AUTH_SECRET: 'x'.repeat(32) },
  });
  t.not(code, 0);
  t.match(err, /WEBHOOK_SECRET is not set/);
});

t.test('deliveries are listed, and delivered again', async (t) => {
  const receiver = await aReceiver(t);
  const { id, secret } = await added(receiver.url);
  const database = open(t, url);
  const owner = aUser();
  await makeOwnerPorts({ database }).tasks.add(aDraft(owner), anOrigin({ at: new Date().toISOString() as never }));
  const worker = aWorker(database);
  const arrived = async (count: number) => {
    while (receiver.received.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await arrived(1);
  let [delivery] = jsonLines((await taskward('deliveries', id)).out) as unknown as { id: string; state: string }[];
  while (delivery?.state === 'pending') {
    [delivery] = jsonLines((await taskward('deliveries', id)).out) as unknown as { id: string; state: string }[];
  }
  t.match(delivery, { user_id: owner, revision: 1, state: 'delivered', attempts: 1, status: 204, error: null });
  t.equal((await taskward('redeliver', delivery?.id ?? '')).code, 0);
  await arrived(2);
  await worker.stop();
  const ids = receiver.received.map((one) => verified(secret, one).id);
  t.equal(ids[0], ids[1]);
  responded(t, await taskward('deliveries', id, '--before', delivery?.id ?? ''), []);
});
