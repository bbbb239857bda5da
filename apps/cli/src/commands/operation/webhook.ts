import type { DeliveryRecord, Endpoint, EndpointWithSecret, WebhookUseCases } from '@taskward/application';
import { operator, type TaskEventType, taskEventTypes } from '@taskward/domain';
import { type Command, InvalidArgumentError } from 'commander';
import { toJson } from '../../formats/json/json.ts';
import { count, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { outputFormatOf, printNotice, write } from '../../output/output.ts';
import { shown } from '../../output/terminal.ts';
import { withTaskward } from '../../runtime/session.ts';

const prefix = 'task.';
const defaultDeliveries = 20;

/** Parses events such as `task.created,task.completed`. */
const eventTypes = (text: string): readonly TaskEventType[] =>
  text.split(',').map((item) => {
    const type = taskEventTypes.find((one) => `${prefix}${one}` === item.trim());
    if (type !== undefined) return type;
    const known = taskEventTypes.map((one) => `${prefix}${one}`).join(', ');
    throw new InvalidArgumentError(`\`${item.trim()}\` is no event. There are ${known}.`);
  });

const toEndpointRecord = (endpoint: Endpoint) => ({
  id: endpoint.id,
  url: endpoint.url,
  events: endpoint.events.map((type) => `${prefix}${type}`),
  created_at: endpoint.createdAt,
  disabled: endpoint.disabled ?? null,
  gives_up_at: endpoint.givesUpAt ?? null,
});

const toDeliveryRecord = (delivery: DeliveryRecord) => ({
  id: delivery.id,
  event_id: delivery.eventId,
  user_id: delivery.owner,
  revision: delivery.revision,
  state: delivery.state,
  attempts: delivery.attempts,
  at: delivery.at,
  status: delivery.status ?? null,
  error: delivery.error ?? null,
  milliseconds: delivery.milliseconds ?? null,
});

/** Prints records: JSON as one array, JSON Lines, or a line for people each. */
const writeAll = async <T>(options: WithJson, records: readonly T[], lineOf: (one: T) => string): Promise<void> => {
  const format = outputFormatOf(options);
  if (format === 'json') return write(`${toJson(records)}\n`);
  const toLine = format === 'human' ? lineOf : toJson;
  await write(records.map((one) => `${toLine(one)}\n`).join(''));
};

const stateOf = ({ disabled, gives_up_at: givesUpAt }: ReturnType<typeof toEndpointRecord>): string => {
  if (disabled !== null) return `disabled (${disabled})`;
  return givesUpAt === null ? 'enabled' : `failing, given up at ${givesUpAt}`;
};

const endpointLine = (record: ReturnType<typeof toEndpointRecord>): string =>
  `${record.id}  ${shown(record.url)}  ${stateOf(record)}  ${record.events.join(',')}`;

const deliveryLine = (record: ReturnType<typeof toDeliveryRecord>): string => {
  const attempt = record.attempts === 1 ? 'attempt' : 'attempts';
  const outcome = [record.status, record.error, record.milliseconds !== null && `${record.milliseconds} ms`];
  const parts = [record.state, `${record.attempts} ${attempt}`, ...outcome.filter((part) => part), record.at];
  return `${record.id}  ${shown(record.user_id)} ${record.revision}  ${parts.join('  ')}`;
};

const withWebhooks = <T>(work: (webhooks: WebhookUseCases) => Promise<T>): Promise<T> =>
  withTaskward(({ webhooks }) => work(webhooks));

const writeSecret = async (options: WithJson, { endpoint, secret }: EndpointWithSecret): Promise<void> => {
  const record = toEndpointRecord(endpoint);
  if (outputFormatOf(options) !== 'human') return write(`${toJson({ ...record, secret })}\n`);
  await write(`${endpointLine(record)}\n${secret}\n`);
  printNotice('Give the receiver this secret now: it is not shown again.');
};

const writeEndpoint = (options: WithJson, endpoint: Endpoint): Promise<void> =>
  outputFormatOf(options) === 'human'
    ? write(`${endpointLine(toEndpointRecord(endpoint))}\n`)
    : write(`${toJson(toEndpointRecord(endpoint))}\n`);

const add = (url: string, options: WithJson & { events?: readonly TaskEventType[] }) =>
  withWebhooks(async ({ addEndpoint }) => {
    const { events } = options;
    await writeSecret(options, await addEndpoint(operator, { url, ...(events && { events }) }));
  });

const list = (options: WithJson) =>
  withWebhooks(async ({ listEndpoints }) =>
    writeAll(options, (await listEndpoints(operator)).map(toEndpointRecord), endpointLine),
  );

const setEnabled = (enabled: boolean) => (id: string, options: WithJson) =>
  withWebhooks(async ({ setEndpointEnabled }) =>
    writeEndpoint(options, await setEndpointEnabled(operator, { id, enabled })),
  );

const rotate = (id: string, options: WithJson) =>
  withWebhooks(async ({ rotateSecret }) => {
    await writeSecret(options, await rotateSecret(operator, { id }));
    printNotice('The previous secret signs too for 24 hours.');
  });

const remove = (id: string) =>
  withWebhooks(async ({ removeEndpoint }) => {
    await removeEndpoint(operator, { id });
    printNotice('The endpoint and its deliveries are removed.');
  });

const deliveries = (endpoint: string, { limit, before, ...options }: WithJson & { limit: number; before?: number }) =>
  withWebhooks(async ({ listDeliveries }) => {
    const found = await listDeliveries(operator, { endpoint, limit, ...(before && { before: String(before) }) });
    await writeAll(options, found.map(toDeliveryRecord), deliveryLine);
  });

const redeliver = (id: string) =>
  withWebhooks(async ({ redeliver }) => {
    await redeliver(operator, { id });
    printNotice('The event is delivered again within seconds.');
  });

const idArgument = '<id>';
const aboutId = 'id of the endpoint, as `taskward webhook list` prints it';

/** `taskward webhook …` */
export const addWebhookCommands = (program: Command): void => {
  const webhook = withExamples(
    program.command('webhook').description('send the events of all users to other systems'),
    'taskward webhook add https://app.example/events --events task.created,task.completed',
    'taskward webhook list',
  );
  const command = (name: string, description: string, ...examples: readonly string[]) =>
    withExamples(webhook.command(name).description(description), ...examples.map((one) => `taskward webhook ${one}`));
  const id = '2f1c9f0e-6a70-4a53-9d8b-0a1f6c1f2f57';

  withJson(command('add', 'add an endpoint, and print its secret', 'add https://app.example/events'))
    .argument('<url>', 'where to send events: https, at a public address')
    .option('--events <list>', 'only these events, such as task.created,task.completed', eventTypes)
    .action(add);
  withJson(command('list', 'list all endpoints', 'list --json')).action(list);
  withJson(command('disable', 'send an endpoint nothing from now on', `disable ${id}`))
    .argument(idArgument, aboutId)
    .action(setEnabled(false));
  withJson(command('enable', 'send an endpoint events again', `enable ${id}`))
    .argument(idArgument, aboutId)
    .action(setEnabled(true));
  withJson(command('rotate', 'give an endpoint a new secret, and print it', `rotate ${id}`))
    .argument(idArgument, aboutId)
    .action(rotate);
  command('remove', 'remove an endpoint and its deliveries', `remove ${id}`)
    .argument(idArgument, aboutId)
    .action(remove);
  withJson(command('deliveries', 'list the deliveries to an endpoint, the latest first', `deliveries ${id}`))
    .argument(idArgument, aboutId)
    .option('--limit <number>', 'how many', count, defaultDeliveries)
    .option('--before <delivery>', 'only those before this one', count)
    .action(deliveries);
  command('redeliver', 'deliver an event again, whether it failed or not', 'redeliver 17')
    .argument('<delivery>', 'id of the delivery, as `taskward webhook deliveries` prints it')
    .action(redeliver);
};
