import { collectionOf, newestOf, pendingOf } from '../harness/peers.ts';
import type { Group } from '../harness/rounds.ts';
import {
  connectionsOf,
  everybody,
  type Further,
  fixedCell,
  none,
  type Setting,
  serveTasks,
  usersNamed,
} from './setting.ts';

const manyTasks = 10_000;

const paths: Readonly<Record<string, (user: string) => string>> = {
  'pending by due date': pendingOf,
  'tag, this week': (user) => `${collectionOf(user)}?limit=20&tag=home&due=week`,
  'by priority': (user) => `${collectionOf(user)}?limit=20&sort=priority,due_date`,
  summary: (user) => `${collectionOf(user)}/summary`,
};

const leastPending = 0.7;

/** Makes the groups for lists and counts of tasks that people plan with, compared with the list of the newest. */
export const makePlanned = async (setting: Setting): Promise<Further> => {
  if (!setting.options.work.includes('planned')) return none;
  const { ours, size } = setting;
  const planners = usersNamed('planner', 10);
  const extra = Object.fromEntries(planners.map((user) => [user, manyTasks]));
  const server = await serveTasks(setting, 'planned', { users: 1, tasks: size.tasks }, extra);
  const groupsFor = (users: readonly string[], tasks: number): Group[] => {
    const of = tasks === size.tasks ? ours : server;
    const cell = (name: string, pathOf: (user: string) => string) =>
      fixedCell(
        setting,
        of,
        name,
        users.map((user) => ({ path: pathOf(user), user })),
      );
    const newest = cell('newest', newestOf);
    return Object.entries(paths).map(([name, pathOf]) => ({
      title: `${name}, of ${tasks} tasks`,
      connections: connectionsOf(setting),
      ...(pathOf === pendingOf && tasks === size.tasks && { atLeast: leastPending }),
      cells: [newest, cell(name, pathOf)],
    }));
  };
  return {
    groups: [...groupsFor(everybody(setting), size.tasks), ...groupsFor(planners, manyTasks)],
    servers: [server],
    notes: [],
  };
};
