// Two users' agents that call random tools at once; every task carries its writer's id.
import type { UserId } from '@taskward/domain';
import { seeded } from '../support/http/random-calls.ts';

/** An agent of one user. */
export interface RawAgent {
  readonly user: UserId;
  readonly token: string;
}

interface RawAnswer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what is in it
  readonly json: any;
}

/** Posts one message. @param message JSON, or text that is sent as it is */
export const post = async (
  url: string,
  token: string | undefined,
  message: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer & { headers: Headers }> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof message === 'string' ? message : JSON.stringify(message),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, json };
};

/** A call of a tool as a message. */
export const toolCall = (name: string, args: object = {}, id: number | string = 1) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});

interface RandomCall {
  readonly name: string;
  readonly args: Record<string, unknown>;
  /** It names the other user: it must be refused, or find nothing. */
  readonly names: 'owner' | 'text' | undefined;
}

const randomCall = (random: () => number, me: RawAgent, other: RawAgent): RandomCall => {
  const upTo = (count: number) => 1 + Math.floor(random() * count);
  const mark = { title: `of ${me.user}`, description: me.user, tags: [me.user] };
  const id = upTo(30);
  const keyed = random() < 0.2 && { idempotency_key: `k${upTo(5)}` };
  const written = {
    ...keyed,
    ...(random() < 0.1 && { dry_run: true }),
    ...(random() < 0.1 && { if_revision: upTo(200) }),
  };
  const tools: [name: string, args: Record<string, unknown>][] = [
    ['add_task', { ...mark, ...keyed }],
    ['add_task', mark],
    ['list_tasks', { limit: 50 }],
    ['get_task', { id }],
    ['update_task', { id, ...mark, ...written }],
    ['complete_task', { id, ...written }],
    ['delete_task', { id, ...written }],
    ['restore_task', { id, ...written }],
    ['undo', { revision: upTo(200), ...keyed }],
    ['history', { id }],
  ];
  const dice = random();
  if (dice < 0.08) return { name: 'list_tasks', args: { search: other.user }, names: 'text' };
  const [name, args] = tools[upTo(tools.length) - 1] as (typeof tools)[number];
  if (dice < 0.16) return { name, args: { ...args, user_id: other.user }, names: 'owner' };
  return { name, args: random() < 0.1 ? { ...args, user_id: me.user } : args, names: undefined };
};

const isForeign = ({ names }: RandomCall, other: RawAgent, { json, text }: RawAnswer): boolean => {
  const { result } = json ?? {};
  if (names === 'owner') return result?.isError !== true;
  if (names === 'text') return result?.isError !== true && result?.structuredContent?.tasks?.length !== 0;
  return text.includes(other.user);
};

/** What came of it. */
export interface Outcome {
  /** Answers that showed, or lists that hold, something of the other user. */
  readonly foreign: number;
  readonly statuses: Readonly<Record<number, number>>;
  /** Calls that were not refused, by their tool. */
  readonly done: Readonly<Record<string, number>>;
}

/** Lets the agents of two users make random calls, some at once. */
export const randomCalls = async (
  url: string,
  agents: readonly [RawAgent, RawAgent],
  { calls, seed, atOnce = 16 }: { calls: number; seed: number; atOnce?: number },
): Promise<Outcome> => {
  const random = seeded(seed);
  const statuses: Record<number, number> = {};
  const done: Record<string, number> = {};
  let foreign = 0;
  let left = calls;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const [me, other] = random() < 0.5 ? agents : ([agents[1], agents[0]] as const);
      const call = randomCall(random, me, other);
      const id = `call ${left}`;
      const answer = await post(url, me.token, toolCall(call.name, call.args, id));
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      if (answer.json?.id !== id || isForeign(call, other, answer)) foreign += 1;
      if (answer.json?.result?.isError !== true) done[call.name] = (done[call.name] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const me of agents) {
    const { json } = await post(url, me.token, toolCall('list_tasks', { limit: 500 }));
    const tasks: { user_id: string; title: string }[] = json.result?.structuredContent?.tasks ?? [];
    foreign += tasks.filter(({ user_id, title }) => user_id !== me.user || title !== `of ${me.user}`).length;
  }
  return { foreign, statuses, done };
};
