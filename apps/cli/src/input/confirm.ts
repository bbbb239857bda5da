import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { failureExitCode } from '../exit-codes.ts';
import { CommandExit, printNotice } from '../output/output.ts';
import { io } from '../runtime/io.ts';

/**
 * Checks that somebody can be asked, unless `yes` says that nobody need be.
 * @param sentence what is about to happen
 * @throws CommandExit
 */
export const assertCanAsk = (sentence: string, yes: boolean | undefined): void => {
  if (yes || io().stdin.isTTY) return;
  printNotice(`${sentence} Where nobody can be asked, add --yes.`);
  throw new CommandExit(failureExitCode);
};

/** Asks the person at the terminal. @returns what they typed; `undefined` after Ctrl-C or Ctrl-D */
const ask = async (question: string): Promise<string | undefined> => {
  const terminal = createInterface({ input: io().stdin, output: io().stderr });
  // Ctrl-C and Ctrl-D close the terminal without an input.
  const closed = once(terminal, 'close').then(() => undefined);
  const asked = terminal.question(question).catch(() => undefined);
  const typed = await Promise.race([asked, closed]);
  terminal.close();
  return typed;
};

/**
 * Asks the person at the terminal to type a text.
 * @param otherwise what to say if they type another
 * @throws CommandExit if they do
 */
export const confirm = async (question: string, text: string, otherwise: string): Promise<void> => {
  const typed = await ask(question);
  if (typed === text || typed?.trim() === text) return;
  printNotice(otherwise);
  throw new CommandExit(failureExitCode);
};
