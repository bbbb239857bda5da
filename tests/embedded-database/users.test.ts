import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { eventually, type Holder, isRoot, processesIn, query, test } from './support.ts';

const entry = fileURLToPath(import.meta.resolve('@taskward/embedded-database'));
const manifestFile = join(dirname(entry), '../package.json');
const modules = join(dirname(createRequire(entry).resolve('pg/package.json')), '..');

const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
const ordinary = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};
const canOrdinaryRead =
  spawnSync(process.execPath, ['-p', '1', entry], { ...ordinary, cwd: '/' }).status === 0 &&
  spawnSync('test', ['-r', entry], ordinary).status === 0;

const forOrdinary = canOrdinaryRead ? {} : { skip: 'this checkout is open to root only' };
const forRoot = { skip: isRoot ? false : 'for root' };

test(
  'an ordinary user’s database is theirs, also after root has used it',
  async (t, project) => {
    const owner = ordinary.uid ?? process.getuid?.();
    if (isRoot) chownSync(project.root, ordinary.uid ?? 0, ordinary.gid ?? 0);

    const first = await project.hold(ordinary);
    t.strictSame(first.notices, []);
    t.equal(statSync(project.data).uid, owner);
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    await stop(first);

    const second = await project.start();
    t.strictSame(await query(second.url, 'SELECT one FROM kept'), [{ one: 1 }]);
    await second.release();

    const third = await project.hold(ordinary);
    t.strictSame(await query(third.url, 'SELECT one FROM kept'), [{ one: 1 }]);
    t.equal(statSync(project.data).uid, owner);
  },
  forOrdinary,
);

test(
  'an ordinary user is told how to take over what root has made',
  async (t, project) => {
    await (await project.start()).release();
    const { error } = await project.hold({ ...ordinary, mode: 'leave' });
    t.match(error, /not yours .*sudo chown -R "\$\(id -un\)" '.*\.data'/);
  },
  isRoot ? forOrdinary : forRoot,
);

test(
  'under root, the server runs as another user',
  async (t, project) => {
    const { url } = await project.start();
    t.not(statSync(project.data).uid, 0);
    t.strictSame(await query(url, 'SHOW data_directory'), [{ data_directory: project.data }]);
  },
  forRoot,
);

test(
  'under root, nobody runs the server where there is no user postgres, and none is created',
  async (t, project) => {
    const programs = join(project.root, 'bin');
    const created = join(project.root, 'created');
    const { PATH } = process.env;
    mkdirSync(programs);
    const id = `#!/bin/sh\n[ "$2" = postgres ] && exit 1\nPATH='${PATH}' exec id "$@"\n`;
    writeFileSync(join(programs, 'id'), id, { mode: 0o755 });
    writeFileSync(join(programs, 'useradd'), `#!/bin/sh\ntouch '${created}'\nexit 1\n`, { mode: 0o755 });

    const { url, notices } = await project.hold({ env: { ...process.env, PATH: `${programs}:${PATH}` } });
    t.strictSame(notices, []);
    t.strictSame([statSync(project.data).uid, statSync(project.data).gid], [idOf('-u'), idOf('-g')]);
    t.strictSame(await query(url, 'SHOW data_directory'), [{ data_directory: project.data }]);
    t.notOk(existsSync(created));
  },
  forRoot,
);

test(
  'where only root may enter, programs and data are put elsewhere, and that is said',
  async (t, project) => {
    const version = `18.0.0-test.${process.pid}`;
    const options = { entry: await checkOutInto(project.root, version) };
    const programs = `/var/lib/taskward/postgresql-${version}`;
    t.teardown(() => rmSync(programs, { recursive: true, force: true }));

    const first = await project.hold(options);
    t.equal(first.error, undefined);
    t.equal(first.notices.length, 1);
    t.match(first.notices, [
      /cannot enter this directory, so the data is kept in \/var\/lib\/taskward\/\w+\/postgres\.$/,
    ]);
    const [relocated = ''] = first.notices[0]?.match(/\/var\/lib\/taskward\/\w+/) ?? [];
    t.teardown(() => rmSync(relocated, { recursive: true, force: true }));
    t.strictSame(await query(first.url, 'SHOW data_directory'), [{ data_directory: `${relocated}/postgres/data` }]);
    t.ok(existsSync(programs));
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    await stop(first);

    const second = await project.hold(options);
    t.strictSame(await query(second.url, 'SELECT one FROM kept'), [{ one: 1 }]);
    t.notOk(existsSync(project.data));
    await stop(second);
    await eventually(60_000, () => processesIn(relocated).length === 0);
  },
  { ...forRoot, mode: 0o700 },
);

async function stop({ child }: Holder) {
  child.kill();
  await once(child, 'exit');
}

/** This package as in a clone, after `npm install --ignore-scripts`: the links between its libraries are missing. */
async function checkOutInto(root: string, version: string): Promise<string> {
  const { optionalDependencies } = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const platform = Object.keys(optionalDependencies).find((name) => existsSync(join(modules, name))) ?? '';
  const copied = join(root, 'node_modules', platform);
  const isKept = (path: string) => !path.endsWith('.a');
  cpSync(join(modules, platform), copied, { recursive: true, verbatimSymlinks: true, filter: isKept });
  symlinkSync(join(modules, 'pg'), join(root, 'node_modules/pg'));
  const manifest = JSON.parse(readFileSync(join(copied, 'package.json'), 'utf8'));
  writeFileSync(join(copied, 'package.json'), JSON.stringify({ ...manifest, version }));
  for (const { target } of JSON.parse(readFileSync(join(copied, 'native/pg-symlinks.json'), 'utf8'))) {
    rmSync(join(copied, target), { force: true });
  }
  mkdirSync(join(root, 'packages'));
  cpSync(manifestFile, join(root, 'packages/package.json'));
  cpSync(dirname(entry), join(root, 'packages/src'), { recursive: true });
  return pathToFileURL(join(root, 'packages/src/index.ts')).href;
}
