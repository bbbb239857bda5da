import { deltaGroup } from './delta.ts';
import { pagerTasks, pagesGroup } from './pages.ts';
import { everybody, type Further, none, type Setting, serveTasks, usersNamed } from './setting.ts';
import { unchangedGroup } from './unchanged.ts';

const fewTasks = 100;
const manyTasks = 10_000;

/** Makes the groups on a database with users who have many tasks: lists with an ETag, deep pages, what has changed. */
export const makeDeep = async (setting: Setting): Promise<Further> => {
  const { options, ours, size } = setting;
  if (!(['unchanged', 'pages', 'delta'] as const).some((work) => options.work.includes(work))) return none;
  const users = { few: usersNamed('few', 10), many: usersNamed('many', 10), synced: usersNamed('synced', 4) };
  const server = await serveTasks(
    setting,
    'deep',
    { users: 1, tasks: size.tasks },
    {
      ...Object.fromEntries(users.few.map((user) => [user, fewTasks])),
      ...Object.fromEntries(users.many.map((user) => [user, manyTasks])),
      ...Object.fromEntries(users.synced.map((user) => [user, pagerTasks])),
      pager: pagerTasks,
    },
  );
  const unchanged = () => [
    unchangedGroup(setting, ours, everybody(setting), size.tasks),
    unchangedGroup(setting, server, users.few, fewTasks),
    unchangedGroup(setting, server, users.many, manyTasks),
  ];
  return {
    groups: [
      ...(options.work.includes('pages') ? [await pagesGroup(setting, server, 'pager')] : []),
      ...(options.work.includes('unchanged') ? unchanged() : []),
      ...(options.work.includes('delta') ? [deltaGroup(setting, server, users.synced, pagerTasks)] : []),
    ],
    servers: [server],
    notes: [],
  };
};
