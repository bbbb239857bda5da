import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { BenchError, run } from './processes.ts';

/** The built peer in Go. */
export interface Go {
  readonly file: string;
  /** How many threads run its code at once: GOMAXPROCS. It is Go's default, one for each core. */
  readonly threads: number;
  readonly versions: Readonly<Record<string, string>>;
}

const sources = join(import.meta.dirname, '../peers/go');
// Where Debian and Ubuntu put Go's libraries.
const packaged = '/usr/share/gocode';
const required = ['github.com/jackc/pgx/v4', 'github.com/golang-jwt/jwt'];

/**
 * Builds the peer in Go.
 * @param directory where the program is put
 * @param cache where what Go has compiled is kept
 * @throws BenchError saying what is missing
 */
export const buildGo = async (directory: string, cache: string): Promise<Go> => {
  const version = await run({ file: 'go', args: ['version'] }).catch(() => {
    throw new BenchError('Go is not there. Debian and Ubuntu have it in golang-go.');
  });
  const missing = required.filter((name) => !existsSync(join(packaged, 'src', name)));
  if (missing.length > 0) {
    throw new BenchError(
      `${missing.join(' and ')} are not in ${packaged}. Debian and Ubuntu have them in golang-github-jackc-pgx-v4-dev and golang-github-golang-jwt-jwt-dev.`,
    );
  }
  const file = join(directory, 'go-peer');
  const env = { GO111MODULE: 'off', GOFLAGS: '', GOPATH: packaged, GOCACHE: join(cache, 'go') };
  await run({ file: 'go', args: ['build', '-o', file, '.'], env, cwd: sources });
  return { file, threads: availableParallelism(), versions: { go: /go(\d[\w.]*)/.exec(version)?.[1] ?? version } };
};
