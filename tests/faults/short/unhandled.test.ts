import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { unhandledIn } from '../scenarios/target.ts';

const preload = new URL('../scenarios/report-unhandled.ts', import.meta.url).href;

t.test('what nobody handles is counted, also where the process goes on', async (t) => {
  const script = `
    process.on('unhandledRejection', () => {});
    Promise.reject(new Error('one'));
    setTimeout(() => { throw new Error('two') }, 10);`;
  const run = promisify(execFile)(process.execPath, [`--import=${preload}`, '-e', script]);
  const { stderr } = await run.catch((error: { stderr: string }) => error);
  t.equal(unhandledIn(stderr), 2, stderr);
});
