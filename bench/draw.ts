// Draws the charts of results that are there: `npm run bench:draw -- peers`. A run draws its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { drawResults } from './charts/result-charts.ts';
import type { Results } from './harness/report.ts';
import { writeCharts } from './harness/session.ts';

const { args } = new Command('npm run bench:draw --')
  .argument('[name]', 'the name of the results: a JSON file in bench/results', 'peers')
  .parse(process.argv.slice(2), { from: 'user' });
const [name = 'peers'] = args;
const results = JSON.parse(readFileSync(join(import.meta.dirname, 'results', `${name}.json`), 'utf8')) as Results;
for (const file of writeCharts(name, drawResults(results))) console.log(file);
