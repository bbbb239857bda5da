import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readText, root } from '../../support/repository/workspace.ts';
import { type RunOptions, removeAsRoot, runInContainer } from './container.ts';
import { execForm, type Instruction, readDockerfile, readDockerignore } from './dockerfile.ts';

/** What the steps of the Dockerfile made. */
export interface Image {
  /** What is at /app in it. */
  readonly app: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
  /** An empty folder for another mount. */
  mountPoint(): string;
}

interface BuiltStage {
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly user: string;
}

interface Scope {
  teardown(remove: () => void): void;
}

const baseEnvironment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/tmp' };

/** The files of the repository, committed or not, that .dockerignore lets in, in a folder by themselves. */
const copyContext = (to: string): void => {
  const isLetIn = readDockerignore(readText('.dockerignore'));
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const path of String(list)
    .split('\0')
    .filter((one) => one !== '' && isLetIn(one)))
    cpSync(join(root, path), join(to, path), { recursive: true });
};

const inApp = (folder: string, path: string): string => {
  if (path.startsWith('/') && path !== '/app' && !path.startsWith('/app/'))
    throw new Error(`${path} is outside /app: teach tests/deployment/image/image.ts to copy there.`);
  return join(folder, path.replace(/^\/app\/?/, ''));
};

const copy = ({ rest }: Instruction, from: string, to: string): void => {
  const paths = rest.split(/\s+/);
  const target = paths.pop() as string;
  for (const path of paths) {
    const source = inApp(from, path);
    const isIntoFolder = statSync(source).isFile() && /(^|\/)\.?$/.test(target);
    const place = isIntoFolder ? join(inApp(to, target), path.split('/').at(-1) as string) : inApp(to, target);
    mkdirSync(dirname(place), { recursive: true });
    cpSync(source, place, { recursive: true, verbatimSymlinks: true });
  }
};

const variablesOf = (rest: string, env: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    rest.split(/\s+/).map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return [name, value.replace(/\$(\w+)/g, (_, variable) => env[variable] ?? '')];
    }),
  );

const npmCacheOf = (): string | undefined => {
  // Root would leave files in somebody else's cache.
  if (process.getuid?.() !== 0) return undefined;
  return execFileSync('npm', ['config', 'get', 'cache'], { cwd: root, encoding: 'utf8' }).trim();
};

/** The Dockerfile's instructions have failed. */
export class BuildError extends Error {}

/**
 * Carries out the instructions of the Dockerfile, without a container engine: each stage is a folder, and its RUNs see that
 * folder as /app. Removed when the test ends.
 * @throws BuildError if a RUN fails
 */
export const buildImage = async (scope: Scope): Promise<Image> => {
  const temporary = mkdtempSync(join(tmpdir(), 'taskward-image-'));
  scope.teardown(() => removeAsRoot(temporary));
  let number = 0;
  const aFolder = (name: string) => {
    number += 1;
    const folder = join(temporary, `${name}-${number}`);
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    return folder;
  };
  const mountPoint = () => aFolder('root');
  const context = aFolder('context');
  copyContext(context);
  const stages = readDockerfile(readText('Dockerfile'));
  const npmCache = npmCacheOf();

  const run = async (command: string, { folder, env }: BuiltStage): Promise<void> => {
    const options: RunOptions = { app: folder, mountPoint: mountPoint(), env, npmCache };
    const { code, output } = await runInContainer(['/bin/sh', '-c', command], options);
    if (code !== 0) throw new BuildError(`RUN ${command} ended with ${code}:\n${output}`);
  };

  // Stages that do not need each other are built at the same time.
  const built = new Map<string, Promise<BuiltStage>>();
  const build = async ({ name, from, instructions }: (typeof stages)[number]): Promise<BuiltStage> => {
    const base = await built.get(from);
    const folder = aFolder(name);
    if (base !== undefined) cpSync(base.folder, folder, { recursive: true, verbatimSymlinks: true });
    const env = {
      ...baseEnvironment,
      ...base?.env,
      ...(npmCache && { npm_config_cache: '/tmp/npm', npm_config_prefer_offline: 'true' }),
    };
    let stage: BuiltStage = { folder, env, user: base?.user ?? '0:0' };
    for (const instruction of instructions) {
      const { name, flags, rest } = instruction;
      if (name === 'COPY') {
        const source = flags.from === undefined ? context : (await built.get(flags.from))?.folder;
        if (source === undefined) throw new BuildError(`There is no stage ${flags.from} before ${rest}.`);
        copy(instruction, source, folder);
      } else if (name === 'RUN') await run(rest, stage);
      else if (name === 'ENV') stage = { ...stage, env: { ...stage.env, ...variablesOf(rest, stage.env) } };
      else if (name === 'USER') stage = { ...stage, user: rest };
      else if (name === 'WORKDIR' && rest !== '/app') throw new BuildError('WORKDIR must be /app.');
      else if (!['WORKDIR', 'CMD', 'HEALTHCHECK', 'EXPOSE', 'STOPSIGNAL'].includes(name))
        throw new BuildError(`${name} is unknown: teach tests/deployment/image/image.ts what it does.`);
    }
    return stage;
  };
  for (const stage of stages) built.set(stage.name, build(stage));
  await Promise.all(built.values());

  const last = stages.at(-1) as (typeof stages)[number];
  const { folder, env, user } = (await built.get(last.name)) as BuiltStage;
  const argumentsOf = (name: string) => execForm(last.instructions.find((one) => one.name === name)?.rest ?? '') ?? [];
  const { npm_config_cache: _, npm_config_prefer_offline: __, ...own } = env as Record<string, string>;
  return {
    app: folder,
    env: own,
    user,
    command: argumentsOf('CMD'),
    healthCheck: argumentsOf('HEALTHCHECK'),
    mountPoint,
  };
};
