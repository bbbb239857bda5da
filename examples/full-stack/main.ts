import { join } from 'node:path';
import { startFullStack } from './full-stack.ts';

const root = join(import.meta.dirname, '../..');
const { AUTH_PORT = '3000', PORT = '8000', TASKWARD_DATA_DIR = join(root, '.data'), LOG_LEVEL } = process.env;

try {
  const { url, apiUrl, stop } = await startFullStack({
    authPort: AUTH_PORT,
    port: PORT,
    directory: TASKWARD_DATA_DIR,
    page: join(root, 'apps/web/dist'),
    cookie: process.argv.includes('--cookie'),
    logLevel: LOG_LEVEL,
  });
  // One Ctrl-C arrives several times, from the terminal and from npm: only the first has something to stop.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
  console.log(`
  The app is running: ${url}   Sign up there with any e-mail address.
  Its tasks are at    ${apiUrl}/api/tasks, documented at ${apiUrl}/docs

  Ctrl-C stops both.
`);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
