import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError, run } from './processes.ts';

/** A Python environment with the libraries of the FastAPI peers. */
export interface Python {
  /** The directory of its programs. */
  readonly bin: string;
  /** The JWT library of `documented.py`. */
  readonly jwtLibrary: 'python-jose' | 'PyJWT';
  /** The versions of Python and the main libraries. */
  readonly versions: Readonly<Record<string, string>>;
}

const sources = join(import.meta.dirname, '../peers/fastapi');
const required = join(sources, 'requirements.txt');
const jose = join(sources, 'requirements-jose.txt');
const named = [
  'fastapi',
  'starlette',
  'pydantic',
  'sqlmodel',
  'uvicorn',
  'uvloop',
  'asyncpg',
  'orjson',
  'PyJWT',
  'psycopg2-binary',
  'python-jose',
];

const pip = (bin: string, args: readonly string[]) =>
  run({ file: join(bin, 'python'), args: ['-m', 'pip', '--disable-pip-version-check', ...args], env: pipSettings() });

// The package index is configured on the machine.
const pipSettings = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        /^(pip_|https?_proxy|no_proxy|ssl_)/i.test(entry[0]) && entry[1] !== undefined,
    ),
  );

const installInto = async (directory: string, bin: string): Promise<Python['jwtLibrary']> => {
  await run({ file: 'python3', args: ['-m', 'venv', '--clear', directory] });
  await pip(bin, ['install', '--quiet', '--retries', '1', '-r', required]);
  try {
    await pip(bin, ['install', '--quiet', '--retries', '1', '-r', jose]);
    return 'python-jose';
  } catch {
    return 'PyJWT';
  }
};

const readVersions = async (bin: string): Promise<Record<string, string>> => {
  const frozen = await pip(bin, ['freeze']);
  const versions = new Map(frozen.split('\n').map((line) => line.split('==') as [string, string]));
  const python = await run({ file: join(bin, 'python'), args: ['--version'] });
  return {
    python: python.replace('Python ', ''),
    ...Object.fromEntries(named.flatMap((name) => (versions.has(name) ? [[name, versions.get(name)]] : []))),
  };
};

/**
 * Creates a virtual environment with the pinned libraries, or reuses that of an earlier run.
 * @param cache the parent directory
 * @throws BenchError saying why it cannot be created
 */
export const preparePython = async (cache: string, notice: (line: string) => void): Promise<Python> => {
  const directory = join(cache, 'python');
  const bin = join(directory, process.platform === 'win32' ? 'Scripts' : 'bin');
  const stamp = join(directory, 'bench-requirements.json');
  const wanted = readFileSync(required, 'utf8') + readFileSync(jose, 'utf8');
  const found = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : undefined;
  let jwtLibrary: Python['jwtLibrary'] = found?.jwtLibrary;
  if (found?.wanted !== wanted) {
    notice('Installing the libraries of the FastAPI peers (once) …');
    try {
      jwtLibrary = await installInto(directory, bin);
    } catch (error) {
      throw new BenchError(
        `Python or its libraries cannot be had here: ${(error as Error).message.split('\n').at(-1)}`,
      );
    }
    await writeFile(stamp, JSON.stringify({ wanted, jwtLibrary }));
  }
  return { bin, jwtLibrary, versions: await readVersions(bin) };
};
