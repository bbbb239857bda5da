// What `npm run faults` runs: every fault at full size, or the parts that are named, and a table of what came of them.
import { parseArgs } from 'node:util';
import { makeScope } from '../support/processes/worker.ts';
import { everyScenario, whyNot } from './scenarios/every-scenario.ts';
import type { Report, Scenario, Way } from './scenarios/scenario.ts';
import { isKept, type Row, remarks, table } from './table.ts';

const usage = `npm run faults -- [name …] [--scale=0.1] [--times=100] [--way=direct] [--ignore-time]

  name           one of: ${everyScenario.map(({ name }) => name).join(', ')}
  --scale        a part of the full number of times
  --times        so many times
  --way          only through this: direct, PgBouncer, "PgBouncer, prepared statements", "two processes"
  --ignore-time  a promise about time or memory that a busy machine may break does not count`;

const fail = (sentence: string): never => {
  console.error(`${sentence}\n\n${usage}`);
  process.exit(2);
};

const parse = () => {
  const number = { type: 'string' } as const;
  const options = {
    scale: number,
    times: number,
    way: { type: 'string' },
    'ignore-time': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    return fail((error as Error).message);
  }
};
const { values, positionals } = parse();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const names = everyScenario.map(({ name }) => name);
for (const name of positionals) if (!names.includes(name)) fail(`There is no fault ${name}: name another.`);
for (const option of ['scale', 'times'] as const)
  if (values[option] !== undefined && !(Number(values[option]) > 0)) fail(`--${option} has to be a number above 0.`);
const timesOf = ({ times }: Scenario) =>
  Number(values.times ?? Math.max(1, Math.ceil(times * Number(values.scale ?? 1))));

const runOnce = async (scenario: Scenario, way: Way): Promise<Report> => {
  const scope = makeScope();
  try {
    return await scenario.run(scope, { way, times: timesOf(scenario) });
  } catch (error) {
    const { stack, message } = error as Error;
    console.error(stack);
    return { times: 0, notes: [], broken: [`it could not be brought to an end: ${message}`], late: [] };
  } finally {
    await scope.close();
  }
};

const chosen = everyScenario.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const runs = chosen.flatMap((scenario) => scenario.ways.map((way) => ({ scenario, way })));
const rows: Row[] = [];
for (const { scenario, way } of runs.filter((one) => values.way === undefined || one.way === values.way)) {
  const began = Date.now();
  const row = { scenario, way, outcome: whyNot(scenario, way) ?? (await runOnce(scenario, way)) };
  rows.push(row);
  // At once: a run that is ended early has said what it found out until then.
  console.error(`${table([row]).split('\n').at(-1)}\n${remarks(row)} (${Math.round((Date.now() - began) / 1_000)} s)`);
}
if (rows.length === 0) fail('Nothing was run: no fault is caused in this way.');
console.log(`${table(rows)}\n\n${rows.map(remarks).join('\n')}`);
process.exitCode = rows.every((row) => isKept(row, !values['ignore-time'])) ? 0 : 1;
