import type { UserId } from '@taskward/domain';
import type { Command } from 'commander';
import { ofUser, withExamples } from '../../input/options.ts';
import { printNotice, write } from '../../output/output.ts';
import { withTaskward } from '../../runtime/session.ts';

const migrate = async () => {
  const { runMigrations } = await import('@taskward/api');
  const done = await withTaskward((cradle) => runMigrations(cradle, printNotice), { prepareFirst: false });
  await write(done.length === 0 ? 'The database is up to date.\n' : `Done: ${done.join(', ')}\n`);
};

const token = async ({ user }: { user: UserId }) => {
  const { issueDevelopmentToken } = await import('@taskward/api');
  await withTaskward(async ({ config }) => write(`${issueDevelopmentToken(config, user)}\n`), { prepareFirst: false });
};

/** `taskward migrate`, `taskward token` */
export const addOperationCommands = (program: Command): void => {
  withExamples(
    program.command('migrate').description('apply outstanding database migrations'),
    'taskward migrate',
  ).action(migrate);
  withExamples(
    ofUser(program.command('token').description('print a token to try the API with (development only)')),
    'TOKEN=$(taskward token --user demo)',
  ).action(token);
};
