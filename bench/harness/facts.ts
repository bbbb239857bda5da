import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';
import packageJson from '../package.json' with { type: 'json' };
import { run } from './processes.ts';

/** The origin of a result. */
export interface Facts {
  readonly date: string;
  readonly command: string;
  readonly commit: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly system: string;
  };
  readonly versions: Readonly<Record<string, string>>;
}

// The versions are pinned, so those declared are those installed.
const { fastify, pg, typebox, 'fast-jwt': fastJwt } = packageJson.dependencies;

const readCommit = async (): Promise<string> => {
  const git = (...args: string[]) => run({ file: 'git', args, cwd: import.meta.dirname });
  try {
    const changes = await git('status', '--porcelain', '--untracked-files=no');
    return `${await git('rev-parse', '--short', 'HEAD')}${changes === '' ? '' : ' with changes'}`;
  } catch {
    return 'unknown';
  }
};

/**
 * Collects facts about the machine and the versions in use.
 * @param more further versions, such as PostgreSQL's
 */
export const collectFacts = async (
  args: readonly string[],
  more: Readonly<Record<string, string>>,
): Promise<Facts> => ({
  date: new Date().toISOString().slice(0, 16).replace('T', ' '),
  command: ['npm run bench --', ...args].join(' ').replace(/ --$/, ''),
  commit: await readCommit(),
  machine: {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
  },
  versions: {
    node: process.version.slice(1),
    fastify,
    pg,
    typebox,
    'fast-jwt': fastJwt,
    ...more,
  },
});
