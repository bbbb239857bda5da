import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { addChangeCommands } from './commands/changes.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addExportCommand } from './commands/export.ts';
import { addImportCommand } from './commands/import.ts';
import { addListCommand } from './commands/list.ts';
import { addOperationCommands } from './commands/operations.ts';
import { addPurgeCommand } from './commands/purge.ts';
import { addSeedCommand } from './commands/seed.ts';
import { addTaskCommands } from './commands/tasks.ts';
import { addTrashCommands } from './commands/trash.ts';
import { addUserCommands } from './commands/user.ts';
import { addWatchCommand } from './commands/watch.ts';
import { addWebhookCommands } from './commands/webhook.ts';
import { io } from './io.ts';
import { withExamples } from './options.ts';

/** Builds the command line. Each command calls use-cases as an operator, on behalf of the user it names. */
export const makeProgram = (): Command => {
  const program = new Command('taskward')
    .description('Manage the tasks of a Taskward database from the command line.')
    .showHelpAfterError('(add --help for usage)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io().stdout.write(text),
      writeErr: (text) => void io().stderr.write(text),
    });
  addTaskCommands(program);
  addListCommand(program);
  addChangeCommands(program);
  addTrashCommands(program);
  addWatchCommand(program);
  addImportCommand(program);
  addExportCommand(program);
  addPurgeCommand(program);
  addUserCommands(program);
  addWebhookCommands(program);
  addSeedCommand(program);
  addDoctorCommand(program);
  addOperationCommands(program);
  tab(program, { completionCommandName: 'completion' });
  const completion = program.commands.find((command) => command.name() === 'completion') as Command;
  withExamples(
    completion.description('print a script that completes commands and options in a shell'),
    'source <(taskward completion bash)',
    'source <(taskward completion zsh)',
    'taskward completion fish | source',
  );
  return program;
};
