import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { pick, seeded, upTo } from '../support/http/random-calls.ts';
import { type Agent, textOf } from './agents.ts';

/** What came of two users' agents doing random things at once. */
export interface Outcome {
  /** Results that showed, or calls that reached, a task of the other user. */
  readonly foreign: number;
  readonly calls: number;
  /** How many calls of each tool succeeded. */
  readonly succeeded: Readonly<Record<string, number>>;
  /** How many results had each code of an error. */
  readonly errors: Readonly<Record<string, number>>;
}

interface Call {
  readonly tool: string;
  readonly args: object;
  /** What the call must come to if it names the other user: nothing found, or refused. */
  readonly names?: 'nothing' | 'refused';
}

interface Seen {
  readonly cursors: Map<string, string>;
  readonly newest: Map<string, number>;
}

// Each task carries its writer's id in all texts, so that whoever sees it, or writes it, can be told.
const marksOf = (user: string) => ({ title: `of ${user}`, description: user, tags: [user], metadata: { user } });

const callNaming = (random: () => number, other: Agent, id: number, seen: Seen): Call => {
  const cursor = seen.cursors.get(other.user);
  switch (upTo(random, 6)) {
    case 1:
      return { tool: 'list_tasks', args: { search: other.user }, names: 'nothing' };
    case 2:
      return { tool: 'list_tasks', args: { any_tag: [other.user], count: true }, names: 'nothing' };
    case 3:
      return { tool: 'list_tasks', args: { metadata: { user: other.user } }, names: 'nothing' };
    case 4:
      // A position in a list of the other's is none in one's own.
      return cursor === undefined
        ? { tool: 'list_tasks', args: { user_id: other.user }, names: 'refused' }
        : { tool: 'list_tasks', args: { limit: 1, cursor }, names: 'refused' };
    default: {
      const tool = pick(random, ['get_task', 'history', 'update_task', 'complete_task', 'delete_task', 'restore_task']);
      return { tool, args: { id, user_id: other.user }, names: 'refused' };
    }
  }
};

const randomCall = (random: () => number, me: Agent, other: Agent, seen: Seen): Call => {
  const id = Math.max(1, (seen.newest.get(me.user) ?? 1) - upTo(random, 20) + 2);
  const marks = marksOf(me.user);
  // The same keys for both users.
  const key = random() < 0.3 ? { idempotency_key: `key ${upTo(random, 40)}` } : {};
  const how = { ...key, ...(random() < 0.2 && { dry_run: true }) };
  const on = { id, ...how, ...(random() < 0.2 && { if_revision: upTo(random, 200) }) };
  switch (upTo(random, 12)) {
    case 1:
    case 2:
      return {
        tool: 'add_task',
        args: { ...marks, ...(random() < 0.3 && { due_date: '2026-11-20', repeat: 'daily' }), ...how },
      };
    case 3:
      return {
        tool: 'list_tasks',
        args: { limit: pick(random, [1, 5, 50]), sort: [pick(random, ['title', '-updated_at'])] },
      };
    case 4:
      return { tool: 'list_tasks', args: { limit: 1 } };
    case 5:
      return { tool: 'get_task', args: { id } };
    case 6:
      return { tool: 'update_task', args: { ...pick(random, [marks, { priority: 'high' }]), ...on } };
    case 7:
      return { tool: 'complete_task', args: { completed: random() < 0.7, ...on } };
    case 8:
      return { tool: pick(random, ['delete_task', 'restore_task']), args: on };
    case 9:
      return { tool: 'undo', args: { revision: upTo(random, 200), ...how } };
    case 10:
      return { tool: 'history', args: { id, limit: upTo(random, 5) } };
    default:
      return callNaming(random, other, id, seen);
  }
};

const shows = (result: CallToolResult, { names }: Call, other: Agent): boolean => {
  if (names === 'refused') return result.isError !== true;
  if (names === 'nothing') return textOf(result) !== 'No task meets this.';
  return JSON.stringify(result).includes(other.user);
};

// What is neither a tool's nor the caller's to choose: lists of resources, one of them, and a prompt with all that is due.
const showsElsewhere = async (random: () => number, { client }: Agent, other: Agent): Promise<boolean> => {
  const { resources } = await client.listResources();
  const [first] = resources;
  const read = first && (await client.readResource({ uri: first.uri }).catch((error) => error.message));
  const prompt = await client.getPrompt({ name: pick(random, ['plan_my_day', 'weekly_review']) });
  return JSON.stringify([resources, read, prompt]).includes(other.user);
};

/** Lets the agents of two users do random things at once, eight calls at a time, and counts what is of the other. */
export const twoAgentsAtOnce = async (
  agents: readonly [Agent, Agent],
  { calls, seed }: { calls: number; seed: number },
): Promise<Outcome> => {
  const random = seeded(seed);
  const seen: Seen = { cursors: new Map(), newest: new Map() };
  const succeeded: Record<string, number> = {};
  const errors: Record<string, number> = {};
  let foreign = 0;
  let left = calls;

  const look = (me: Agent, { tool }: Call, { isError, structuredContent = {} }: CallToolResult) => {
    const {
      code,
      next_cursor: cursor,
      task,
    } = structuredContent as { code: string; next_cursor?: string; task?: { id: number } };
    if (isError) errors[code] = (errors[code] ?? 0) + 1;
    else succeeded[tool] = (succeeded[tool] ?? 0) + 1;
    if (tool === 'list_tasks' && cursor !== undefined) seen.cursors.set(me.user, cursor);
    if (tool === 'add_task' && task !== undefined)
      seen.newest.set(me.user, Math.max(task.id, seen.newest.get(me.user) ?? 0));
  };
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const [me, other] = random() < 0.5 ? agents : ([agents[1], agents[0]] as const);
      if (random() < 0.05 && (await showsElsewhere(random, me, other))) foreign += 1;
      const call = randomCall(random, me, other, seen);
      const result = await me.call(call.tool, call.args);
      if (shows(result, call, other)) foreign += 1;
      look(me, call, result);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  for (const [me, other] of [agents, [agents[1], agents[0]] as const]) {
    const { tasks } = await me.done('list_tasks', { limit: 500 });
    foreign += tasks.filter((task: object) => JSON.stringify(task).includes(other.user)).length;
    foreign += tasks.filter(
      ({ user_id, description }: { user_id: string; description: string }) =>
        user_id !== me.user || description !== me.user,
    ).length;
  }
  return { foreign, calls, succeeded, errors };
};
