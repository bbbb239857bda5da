import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { blocksOf } from '../support/markdown.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

export const exampleDirectory = join(root, 'examples/nextjs-better-auth');

/** The files of the example by name. */
export const exampleFiles = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(exampleDirectory).map((name) => [name, readFileSync(join(exampleDirectory, name), 'utf8')]),
  );

/** What the documentation says of tokens. */
export const authenticationDocument = (): string => readFileSync(join(root, 'docs/authentication.md'), 'utf8');

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Whether all lines of the code stand in one of these texts, one after the other. */
export const isExtract = (code: string, texts: readonly string[]): boolean =>
  texts.some((text) => `\n${linesOf(text).join('\n')}\n`.includes(`\n${linesOf(code).join('\n')}\n`));

/** Runs the command by which the example's README gets a public key, against an auth server at this URL. */
export const publicKeyCommand = async (url: string): Promise<string> => {
  const block = blocksOf(exampleFiles()['README.md'] as string).find(({ code }) => code.includes('createPublicKey'));
  if (block === undefined) throw new Error('the README of the example does not say how to get a public key');
  const command = block.code.replaceAll('https://app.example', url).replace(/ > \S+\n$/, '');
  return (await run('sh', ['-ec', command])).stdout;
};
