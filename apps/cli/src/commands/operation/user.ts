import {
  type ExportedChange,
  type ImportedName,
  type Jobs,
  toExportedChange,
  toRecord,
  type UseCases,
} from '@taskward/application';
import { invalid, operator, toUserId, type UserId } from '@taskward/domain';
import type { Command } from 'commander';
import { toJson } from '../../formats/json/json.ts';
import { assertCanAsk, confirm } from '../../input/confirm.ts';
import { type WithJson, withExamples, withJson } from '../../input/options.ts';
import { revisionPages } from '../../output/list-output.ts';
import { printNotice, write, writeResult } from '../../output/output.ts';
import { everything, taskPages } from '../../output/pages.ts';
import { shown } from '../../output/terminal.ts';
import { withTaskward } from '../../runtime/session.ts';
import { trashPages } from '../changes/trash.ts';
import { countTasks } from '../files/export.ts';
import { allUsers } from './all-users.ts';

const erase = async (user: UserId, options: WithJson & { yes?: boolean }) => {
  assertCanAsk('This erases a user for good.', options.yes);
  await withTaskward(async ({ useCases, jobs }) => {
    const tasks = await countTasks(useCases, user);
    printNotice(`The user ${shown(user)} has ${tasks} ${tasks === 1 ? 'task' : 'tasks'}.`);
    printNotice('Erased with them: the trash, the log of all changes, external ids of imports, stored responses.');
    if (!options.yes) {
      await confirm('Type the id of the user to go on: ', user, 'That is not the id: nothing was erased.');
    }
    const erased = await jobs.eraseUser(operator, { owner: user });
    const text = erased ? `Everything of ${shown(user)} is gone.\n` : 'There was nothing to erase.\n';
    await writeResult(options, text, { user_id: user, erased, tasks });
  });
};

const namesAtOnce = 1_000;

async function* importedNames({ listImports }: Jobs, owner: UserId): AsyncGenerator<readonly ImportedName[]> {
  for (let after: string | undefined; ; ) {
    const page = await listImports(operator, { owner, limit: namesAtOnce, ...(after !== undefined && { after }) });
    yield page;
    after = page.at(-1)?.externalId;
    if (page.length < namesAtOnce) return;
  }
}

/** Writes the elements of a JSON array, one per line. */
const writeMembers = async (pages: AsyncIterable<readonly unknown[]>): Promise<void> => {
  let isFirst = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    await write(`${isFirst ? '\n' : ',\n'}${page.map(toJson).join(',\n')}`);
    isFirst = false;
  }
};

async function* mapped<T, U>(pages: AsyncIterable<readonly T[]>, to: (one: T) => U): AsyncGenerator<U[]> {
  for await (const page of pages) yield page.map(to);
}

const logPages = ({ listLog }: UseCases, owner: UserId): AsyncGenerator<readonly ExportedChange[]> =>
  revisionPages(async (page) => {
    const { entries, ...rest } = await listLog(operator, { owner, ...page });
    return { items: entries.map(toExportedChange), ...rest };
  });

const exportUser = async (user: UserId) =>
  withTaskward(async ({ useCases, jobs, audit }) => {
    const settings = await useCases.getSettings(operator, { owner: user });
    audit.userExported(user, 'everything');
    await write(`{"user_id":${toJson(user)},"exported_at":${toJson(new Date().toISOString())},\n`);
    await write(`"settings":${toJson(settings)},\n"tasks":[`);
    await writeMembers(mapped(taskPages(useCases, user, everything), toRecord));
    await write('],\n"imports":[');
    await writeMembers(
      mapped(importedNames(jobs, user), ({ externalId, taskId }) => ({ external_id: externalId, task_id: taskId })),
    );
    await write('],\n"trash":[');
    await writeMembers(trashPages(useCases, user));
    await write('],\n"changes":[');
    await writeMembers(logPages(useCases, user));
    await write(']}\n');
  });

const resync = async (user: UserId | undefined, options: WithJson & { all?: boolean }) => {
  const { all = false } = options;
  if (all && user !== undefined) throw invalid([{ field: '--all', message: 'cannot be combined with an id' }]);
  if (!all && user === undefined) throw invalid([{ field: 'resync', message: 'needs the id of a user, or --all' }]);
  let users = 0;
  await withTaskward(async ({ jobs }) => {
    for await (const owner of user === undefined ? allUsers(jobs) : [user]) {
      if (await jobs.renewEpoch(operator, { owner })) users += 1;
    }
  });
  const text = `Clients of ${users} ${users === 1 ? 'user' : 'users'} begin their sync again.`;
  await writeResult(options, `${text}\n`, { users });
};

/** `taskward user export`, `taskward user erase`, `taskward user resync` */
export const addUserCommands = (program: Command): void => {
  const user = withExamples(
    program.command('user').description('export or erase all data of a user, or make its clients sync again'),
    'taskward user export demo > demo.json',
    'taskward user erase demo',
  );
  withExamples(
    user
      .command('export')
      .argument('<id>', 'id of the user', toUserId)
      .description('write all data of a user to standard output, as JSON'),
    'taskward user export demo > demo.json',
  ).action(exportUser);
  withExamples(
    withJson(
      user
        .command('erase')
        .argument('<id>', 'id of the user', toUserId)
        .description('erase all data of a user permanently'),
    ).option('-y, --yes', 'do not ask for confirmation'),
    'taskward user erase demo',
    'taskward user erase demo --yes',
  ).action(erase);
  withExamples(
    withJson(
      user
        .command('resync')
        .argument('[id]', 'id of the user', toUserId)
        .description('make every client of a user begin its sync again, as is needed after a backup was restored'),
    ).option('--all', 'the clients of all users'),
    'taskward user resync demo',
    'taskward user resync --all',
  ).action(resync);
};
