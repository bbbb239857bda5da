/** A process that holds a database for as long as it lives, or, told to `leave`, only until the database runs. */
import { writeSync } from 'node:fs';

const [entry = '', options = '{}', mode] = process.argv.slice(2);
const { startEmbeddedDatabase } = (await import(entry)) as typeof import('@taskward/embedded-database');
const notices: string[] = [];
const say = (response: object) => writeSync(1, `${JSON.stringify({ notices, ...response })}\n`);
try {
  const { url } = await startEmbeddedDatabase({ ...JSON.parse(options), notice: (line) => notices.push(line) });
  say({ url });
  if (mode !== 'leave') setInterval(() => {}, 60_000);
} catch (error) {
  say({ error: (error as Error).message });
}
