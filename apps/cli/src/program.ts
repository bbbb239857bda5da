import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { addMcpCommand } from './commands/agents/mcp.ts';
import { addChangeCommands } from './commands/changes/changes.ts';
import { addTrashCommands } from './commands/changes/trash.ts';
import { addWatchCommand } from './commands/changes/watch.ts';
import { addExportCommand } from './commands/files/export.ts';
import { addImportCommand } from './commands/files/import.ts';
import { addDoctorCommand } from './commands/operation/doctor.ts';
import { addOperationCommands } from './commands/operation/operations.ts';
import { addPurgeCommand } from './commands/operation/purge.ts';
import { addSeedCommand } from './commands/operation/seed.ts';
import { addUserCommands } from './commands/operation/user.ts';
import { addWebhookCommands } from './commands/operation/webhook.ts';
import { addAgendaCommand } from './commands/tasks/agenda.ts';
import { addListCommand } from './commands/tasks/list.ts';
import { addMoveCommand } from './commands/tasks/move.ts';
import { addOccurrencesCommand } from './commands/tasks/occurrences.ts';
import { addSettingsCommand } from './commands/tasks/settings.ts';
import { addSummaryCommand } from './commands/tasks/summary.ts';
import { addTagCommands } from './commands/tasks/tags.ts';
import { addTaskCommands } from './commands/tasks/tasks.ts';
import { withExamples } from './input/options.ts';
import { io } from './runtime/io.ts';

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
  addAgendaCommand(program);
  addMoveCommand(program);
  addOccurrencesCommand(program);
  addTagCommands(program);
  addSummaryCommand(program);
  addSettingsCommand(program);
  addChangeCommands(program);
  addTrashCommands(program);
  addWatchCommand(program);
  addImportCommand(program);
  addExportCommand(program);
  addMcpCommand(program);
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
