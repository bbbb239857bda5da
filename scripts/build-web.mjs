// Builds the page, apps/web, unless that was done for the same sources. Runs on whatever Node the machine has (≥ 18): plain
// JavaScript, built-in modules only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ownRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = '.sources';
const isLeftOut = (name) => name === 'node_modules' || name === 'dist' || name.startsWith('.');

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !isLeftOut(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]));

const versionOf = (root, name) => {
  const manifest = join(root, 'node_modules', name, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : 'absent';
};

/** Everything that the page is made from: its own files, those of the client, the versions of the libraries, and how. */
const hashOf = (root) => {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  const web = join(root, 'apps/web');
  for (const file of [...filesIn(web), ...filesIn(join(root, 'packages/client/src'))]) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file)} ${bytes.length}\n`).update(bytes);
  }
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8'));
  for (const name of Object.keys({ ...dependencies, ...devDependencies }))
    hash.update(`${name} ${versionOf(root, name)}\n`);
  return hash.digest('hex');
};

const isRunning = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

// Clients are sent these instead if they can read them.
const compress = (built) => {
  for (const file of filesIn(join(built, 'assets')))
    if (/\.(js|css)$/.test(file)) writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
};

// Others may build or serve the page meanwhile: files are replaced one by one, the page itself after what it refers to.
const publish = (built, dist) => {
  const files = filesIn(built).map((file) => relative(built, file));
  const isPage = (file) => file === 'index.html';
  for (const file of [...files.filter((one) => !isPage(one)), ...files.filter(isPage)]) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    renameSync(join(built, file), join(dist, file));
  }
  renameSync(join(built, stamp), join(dist, stamp));
  for (const file of filesIn(dist)) if (!files.includes(relative(dist, file))) rmSync(file, { force: true });
  for (const name of readdirSync(dist)) {
    const [, pid] = /^\.building-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(dist, name), { recursive: true, force: true });
  }
};

const runVite = (root, node, outDir) => {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  if (!existsSync(vite)) return 'Vite is not installed: run `npm ci --include=dev`.';
  // Without Vite's lock: each build has a folder of its own.
  const args = [vite, 'build', 'apps/web', '--outDir', outDir, '--emptyOutDir', '--bypass-lock', '--logLevel', 'warn'];
  // NODE_ENV would decide which Preact is bundled, and belongs to the API.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status, stdout, stderr, error } = spawnSync(node, args, { cwd: root, encoding: 'utf8', env });
  return status === 0 ? undefined : `${stderr ?? ''}${stdout ?? ''}`.trim() || (error?.message ?? 'Vite ended early.');
};

/**
 * Builds apps/web into apps/web/dist, unless it has been built from the same sources. Prints a line if it builds, and a
 * sentence with the cause if that fails; then what was built before stays.
 * @param {{ root?: string, node?: string, print?: (line: string) => void }} options the repository's root, a Node that Vite
 * runs on, and where lines go
 * @returns {boolean} whether the page is up to date
 */
export const buildWeb = ({ root = ownRoot, node = process.execPath, print = console.log } = {}) => {
  const dist = join(root, 'apps/web/dist');
  const began = performance.now();
  const building = join(dist, `.building-${process.pid}`);
  try {
    const hash = hashOf(root);
    const isBuilt = existsSync(join(dist, 'index.html')) && existsSync(join(dist, stamp));
    if (isBuilt && readFileSync(join(dist, stamp), 'utf8') === hash) return true;
    const fault = runVite(root, node, building);
    if (fault !== undefined) throw new Error(fault);
    compress(building);
    writeFileSync(join(building, stamp), hash);
    publish(building, dist);
    print(`Built the page in ${((performance.now() - began) / 1000).toFixed(1)} s, because its sources had changed.`);
    return true;
  } catch (error) {
    print(
      `The page could not be built, and the API starts without it or with an older one. Mend this, then start again:\n${error.message}`,
    );
    return false;
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
};

// The API reads the same variables, from the same places.
const readSetting = (name) => {
  const file = join(ownRoot, '.env');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [, written = ''] = new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=\\s*["']?([^"'\\s#]*)`, 'm').exec(text) ?? [];
  return process.env[name] ?? written;
};

/** Whether the API that is about to start serves the page: in production only if WEB_APP says so, elsewhere unless it denies it. */
export const isWebWanted = () => {
  const webApp = readSetting('WEB_APP');
  if (readSetting('ENVIRONMENT') === 'production') return /^(true|1|yes|on)$/i.test(webApp);
  return !/^(false|0|no|off)$/i.test(webApp);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = buildWeb() ? 0 : 1;
