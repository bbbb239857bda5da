#!/usr/bin/env node
import { runCommand } from './run-command.ts';

// Without a listener an error of a stream would end the process with a stack trace.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// Set to nothing counts as not set, as with every other variable.
if (process.env.TASKWARD_USER?.trim() === '') delete process.env.TASKWARD_USER;

process.exitCode = await runCommand(process.argv.slice(2));
