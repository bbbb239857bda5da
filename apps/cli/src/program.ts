import { issueDevelopmentToken, runMigrations } from '@taskward/api';
import { maxTaskId, operator, type Task, toUserId, type UserId } from '@taskward/domain';
import { Command, InvalidArgumentError } from 'commander';
import { withTaskward } from './session.ts';

const print = (line: string): void => console.log(line);

// A title is a user's text: what would steer the terminal is shown, not obeyed.
const shown = (text: string) =>
  text.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);

const describe = (task: Task): string => `${task.completed ? '[x]' : '[ ]'} ${task.id}  ${shown(task.title)}`;

const taskId = (text: string): number => {
  const id = Number(text);
  if (!/^[1-9]\d*$/.test(text) || id > maxTaskId)
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return id;
};

const pageSize = 500;

const addTask = async (title: string, { user, description }: { user: UserId; description?: string }) => {
  const content = { title, ...(description !== undefined && { description }) };
  print(describe(await withTaskward(({ useCases }) => useCases.createTask(operator, { owner: user, content }))));
};

const listTasks = async ({ user }: { user: UserId }) =>
  withTaskward(async ({ useCases }) => {
    const query = {
      status: 'all',
      sort: 'created_at',
      order: 'asc',
      limit: pageSize,
      offset: 0,
      count: false,
    } as const;
    let page = await useCases.listTasks(operator, { owner: user, query });
    for (;;) {
      for (const task of page.tasks) print(describe(task));
      if (page.next === undefined) return;
      page = await useCases.listTasks(operator, { owner: user, query: { ...query, after: page.next } });
    }
  });

const completeTask = async (id: number, { user }: { user: UserId }) => {
  const input = { owner: user, id, completed: true };
  print(describe(await withTaskward(({ useCases }) => useCases.completeTask(operator, input))));
};

const removeTask = async (id: number, { user }: { user: UserId }) => {
  await withTaskward(({ useCases }) => useCases.deleteTask(operator, { owner: user, id }));
  print(`Task ${id} is gone.`);
};

const migrateDatabase = async () => {
  const done = await withTaskward(runMigrations, { prepareFirst: false });
  print(done.length === 0 ? 'The database is up to date.' : `Done: ${done.join(', ')}`);
};

const printToken = async ({ user }: { user: UserId }) =>
  withTaskward(async ({ config }) => print(issueDevelopmentToken(config, user)), { prepareFirst: false });

/** The command line: each command is one use-case, acting as an operator for the user that it is told. */
export const makeProgram = (): Command => {
  const program = new Command('taskward')
    .description("The task backend that keeps every user's tasks their own, from the command line.")
    .showHelpAfterError('(add --help for what there is)');
  const ofUser = (command: Command) =>
    command.requiredOption('-u, --user <id>', "whose tasks: the `sub` of the user's tokens", toUserId);

  ofUser(program.command('add <title>').description('add a task'))
    .option('-d, --description <text>', 'more about it')
    .action(addTask);
  ofUser(program.command('list').description('list all tasks, the oldest first')).action(listTasks);
  ofUser(program.command('done').argument('<id>', 'the task', taskId).description('tick a task off')).action(
    completeTask,
  );
  ofUser(program.command('rm').argument('<id>', 'the task', taskId).description('remove a task')).action(removeTask);
  ofUser(program.command('token').description('print a token for trying the API, in development')).action(printToken);
  program.command('migrate').description('bring the database up to date').action(migrateDatabase);
  return program;
};
