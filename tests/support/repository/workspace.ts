import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join, relative, resolve, sep } from 'node:path';

/** The repository's root. */
export const root = resolve(import.meta.dirname, '../../..');

/** The parts of a package.json that the rules look at. */
export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A source file: its path from the root, with `/`, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** One npm workspace. */
export interface Workspace {
  /** From the root, with `/`: `packages/domain`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

export const readJson = <T>(path: string): T => JSON.parse(readText(path)) as T;

const folders = (path: string): string[] =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => `${path}/${entry.name}`);

/** Every workspace that npm knows of, found as npm finds them: by the patterns of the root's package.json. */
export const workspaces = (): Workspace[] =>
  readJson<{ workspaces: string[] }>('package.json')
    .workspaces.flatMap((pattern) => (pattern.endsWith('/*') ? folders(pattern.slice(0, -2)) : [pattern]))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readJson<Manifest>(`${folder}/package.json`) }));

/** The sources below a folder, in any language. None if there is no such folder. */
export const sourcesOf = (folder: string): Source[] => {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter(
        (path) => !path.split('/').some((part) => part === 'node_modules' || part === 'dist' || part.startsWith('.')),
      )
      .sort()
      .map((path) => ({ path, text: readText(path) }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** A name and a text as if they were a source of the repository: for counter-examples. */
export const planted = (path: string, text: string): Source => ({ path, text });

const withoutComments = (text: string): string => text.replace(/\/\*.*?\*\//gs, '').replace(/^\s*\/\/.*$/gm, '');

const importForms = [
  /(?:^|[\s;}])(?:import|export)\s[^'"`;()]*?\bfrom\s*(['"`])(?<name>[^'"`]+)\1/g,
  /(?:^|[\s;}])import\s*(['"`])(?<name>[^'"`]+)\1/g,
  /\b(?:import|require|resolve)\(\s*(['"`])(?<name>[^'"`]+)\1/g,
];

/** Everything that a source imports, in any form. */
export const importsOf = ({ text }: Source): string[] => {
  const code = withoutComments(text);
  return importForms.flatMap((form) => [...code.matchAll(form)].map(({ groups }) => groups?.name as string));
};

/** The package that a bare specifier names (`@scope/name/deep` → `@scope/name`); none for a path or a Node module. */
export const packageOf = (specifier: string): string | undefined => {
  if (/^[./]|^[a-z]+:/.test(specifier)) return undefined;
  const [first = '', second = ''] = specifier.split('/');
  if (first.startsWith('@')) return `${first}/${second}`;
  return builtinModules.includes(specifier) || specifier.startsWith('#') ? undefined : first;
};

/** A file's name without its folder and its endings. */
export const stemOf = ({ path }: Source): string => basename(path).replace(/(\.test)?\.[cm]?[jt]sx?$/, '');
