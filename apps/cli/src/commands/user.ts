import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { type ImportedName, type Jobs, toRecord } from '@taskward/application';
import { operator, toUserId, type UserId } from '@taskward/domain';
import type { Command } from 'commander';
import { failureExitCode } from '../exit-codes.ts';
import { toJson } from '../formats/json.ts';
import { io } from '../io.ts';
import { type WithJson, withExamples, withJson } from '../options.ts';
import { CommandExit, outputFormatOf, printNotice, write } from '../output.ts';
import { everything, taskPages } from '../pages.ts';
import { withTaskward } from '../session.ts';
import { shown } from '../terminal.ts';
import { countTasks } from './export.ts';

/** Asks the person at the terminal to type the user's id. */
const isConfirmed = async (user: UserId): Promise<boolean> => {
  const terminal = createInterface({ input: io().stdin, output: io().stderr });
  // Ctrl-C and Ctrl-D close the terminal without an input.
  const closed = once(terminal, 'close').then(() => undefined);
  const asked = terminal.question('Type the id of the user to go on: ').catch(() => undefined);
  const typed = await Promise.race([asked, closed]);
  terminal.close();
  return typed === user || typed?.trim() === user;
};

const erase = async (user: UserId, options: WithJson & { yes?: boolean }) => {
  if (!options.yes && !io().stdin.isTTY) {
    printNotice('This erases a user for good. Where nobody can be asked, add --yes.');
    throw new CommandExit(failureExitCode);
  }
  await withTaskward(async ({ useCases, jobs }) => {
    const tasks = await countTasks(useCases, user);
    printNotice(`The user ${shown(user)} has ${tasks} ${tasks === 1 ? 'task' : 'tasks'}.`);
    if (!options.yes && !(await isConfirmed(user))) {
      printNotice('That is not the id: nothing was erased.');
      throw new CommandExit(failureExitCode);
    }
    const erased = await jobs.eraseUser(operator, { owner: user });
    if (outputFormatOf(options) !== 'human') await write(`${toJson({ user_id: user, erased, tasks })}\n`);
    else await write(erased ? `Everything of ${shown(user)} is gone.\n` : 'There was nothing to erase.\n');
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

const exportUser = async (user: UserId) =>
  withTaskward(async ({ useCases, jobs }) => {
    await write(`{"user_id":${toJson(user)},"exported_at":${toJson(new Date().toISOString())},\n"tasks":[`);
    await writeMembers(mapped(taskPages(useCases, user, everything), toRecord));
    await write('],\n"imports":[');
    await writeMembers(
      mapped(importedNames(jobs, user), ({ externalId, taskId }) => ({ external_id: externalId, task_id: taskId })),
    );
    await write(']}\n');
  });

/** `taskward user export`, `taskward user erase` */
export const addUserCommands = (program: Command): void => {
  const user = withExamples(
    program.command('user').description('export or erase all data of a user'),
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
};
