import type { Command } from 'commander';
import { type OfUser, ofUser, withExamples } from '../../input/options.ts';
import { CommandExit, printNotice } from '../../output/output.ts';
import { listenForInterrupt } from '../../runtime/interrupt.ts';
import { io } from '../../runtime/io.ts';
import { withTaskward } from '../../runtime/session.ts';

const mcp = async ({ user }: OfUser) => {
  const { serveAgent } = await import('@taskward/api');
  const { stdin, stdout } = io();
  const interrupt = listenForInterrupt();
  try {
    await withTaskward((cradle) =>
      serveAgent(cradle, user, { input: stdin, output: stdout, signal: interrupt.signal, onNotice: printNotice }),
    );
    if (interrupt.signal.aborted) throw new CommandExit(interrupt.exitCode());
  } finally {
    interrupt.dispose();
  }
};

/** `taskward mcp` */
export const addMcpCommand = (program: Command): void => {
  withExamples(
    ofUser(
      program
        .command('mcp')
        .description(
          'serve the tasks of a user to an agent, by the Model Context Protocol over standard input and output',
        ),
    ),
    'claude mcp add taskward -- taskward mcp --user demo',
  )
    .addHelpText(
      'after',
      `
It runs until its input ends. An agent's program starts it: docs/agents.md shows how to add it to one.`,
    )
    .action(mcp);
};
