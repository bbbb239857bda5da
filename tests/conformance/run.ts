// What `npm run conformance` runs: every clause of the wire contract, against the server at BASE_URL.
import { makeClient } from './client.ts';
import { everyClause } from './every-clause.ts';
import { type Options, readOptions, usage } from './options.ts';
import { isConforming, makePaint, toJson, toText } from './report.ts';
import { assertAnswering, runClauses } from './runner.ts';
import { usersFrom } from './users.ts';

const run = async ({ baseUrl, styles, only, json, origin, cookie }: Options): Promise<boolean> => {
  const clauses = everyClause.filter(({ id }) => id.startsWith(only));
  if (clauses.length === 0) throw new Error(`No clause begins with \`${only}\`. Leave out --only to see them all.`);
  const { send, close } = makeClient(baseUrl, (line) => console.error(line));
  try {
    const setting = { send, users: await usersFrom(process.env, baseUrl), styles, origin, cookie };
    await assertAnswering(baseUrl, setting);
    const results = await runClauses(clauses, setting);
    const paint = makePaint(process.stdout.isTTY === true, process.env);
    console.log(json ? toJson(results, baseUrl) : toText(results, styles, paint));
    return isConforming(results);
  } finally {
    close();
  }
};

const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

const optionsOrExit = (): Options => {
  try {
    return readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    console.error(`${said(error)}\n\n${usage}`);
    return process.exit(2);
  }
};

const options = optionsOrExit();
if (options.help) console.log(usage);
else {
  try {
    process.exitCode = (await run(options)) ? 0 : 1;
  } catch (error) {
    console.error(said(error));
    process.exitCode = 1;
  }
}
