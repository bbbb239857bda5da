import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { addDoctorCommand } from './commands/doctor.ts';
import { addExportCommand } from './commands/export.ts';
import { addImportCommand } from './commands/import.ts';
import { addListCommand } from './commands/list.ts';
import { addOperationCommands } from './commands/operations.ts';
import { addPurgeCommand } from './commands/purge.ts';
import { addSeedCommand } from './commands/seed.ts';
import { addTaskCommands } from './commands/tasks.ts';
import { addUserCommands } from './commands/user.ts';
import { io } from './io.ts';
import { withExamples } from './options.ts';

/** The command line: each command calls use-cases, acting as an operator for the user that it is told. */
export const makeProgram = (): Command => {
  const program = new Command('taskward')
    .description("The task backend that keeps every user's tasks their own, from the command line.")
    .showHelpAfterError('(add --help for what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io().stdout.write(text),
      writeErr: (text) => void io().stderr.write(text),
    });
  addTaskCommands(program);
  addListCommand(program);
  addImportCommand(program);
  addExportCommand(program);
  addPurgeCommand(program);
  addUserCommands(program);
  addSeedCommand(program);
  addDoctorCommand(program);
  addOperationCommands(program);
  tab(program, { completionCommandName: 'completion' });
  const completion = program.commands.find((command) => command.name() === 'completion') as Command;
  withExamples(
    completion.description('print what makes a shell complete commands and options'),
    'source <(taskward completion bash)',
    'source <(taskward completion zsh)',
    'taskward completion fish | source',
  );
  return program;
};
