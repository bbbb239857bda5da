import { makeClient } from './client.ts';
import { everyClause } from './every-clause.ts';
import { type Options, readOptions, usage } from './options.ts';
import { isConforming, makePaint, toJson, toText } from './report.ts';
import { assertReachable, runClauses } from './runner.ts';
import { type LocalUsers, usersFrom } from './users.ts';

/** What depends on how the command was started. */
export interface CommandOptions {
  /** How the usage text spells the command; `npx taskward-conformance` by default. */
  readonly name?: string;
  /** Users for a server on this machine if the environment names no tokens. */
  readonly localUsers?: LocalUsers;
}

const run = async (options: Options, env: NodeJS.ProcessEnv, localUsers: LocalUsers | undefined) => {
  const { baseUrl, styles, only, json, origin, cookie } = options;
  const clauses = everyClause.filter(({ id }) => id.startsWith(only));
  if (clauses.length === 0) throw new Error(`No clause begins with \`${only}\`. Leave out --only to see them all.`);
  const { send, close } = makeClient(baseUrl, (line) => console.error(line));
  try {
    const setting = { send, users: await usersFrom(env, baseUrl, localUsers), styles, origin, cookie };
    await assertReachable(baseUrl, setting);
    const results = await runClauses(clauses, setting);
    const paint = makePaint(process.stdout.isTTY === true, env);
    console.log(json ? toJson(results, baseUrl) : toText(results, styles, paint));
    return isConforming(results);
  } finally {
    close();
  }
};

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Checks the server at BASE_URL and prints the report.
 * @returns the exit code: 0 if nothing failed, 1 if something failed or nothing could be checked, 2 for invalid options
 */
export const runCommand = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { name = 'npx taskward-conformance', localUsers }: CommandOptions = {},
): Promise<0 | 1 | 2> => {
  let options: Options;
  try {
    options = readOptions(args, env);
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${usage(name, localUsers?.source)}`);
    return 2;
  }
  if (options.help) {
    console.log(usage(name, localUsers?.source));
    return 0;
  }
  try {
    return (await run(options, env, localUsers)) ? 0 : 1;
  } catch (error) {
    console.error(messageOf(error));
    return 1;
  }
};
