/** An entry of package-lock.json. */
export interface LockEntry {
  /** Of our packages. */
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The `packages` of package-lock.json: entries by their folders. */
export type Lock = Readonly<Record<string, LockEntry>>;

/** A library in a place of node_modules. */
export interface Library {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);

// As Node looks for a package: in the node_modules of the folder, then of those above it.
const findPackage = (lock: Lock, folder: string, name: string): string | undefined => {
  const parts = folder === '' ? [] : folder.split('/');
  for (let length = parts.length; length >= 0; length -= 1) {
    const path = [...parts.slice(0, length), 'node_modules', name].join('/');
    if (lock[path] !== undefined) return path;
  }
  return undefined;
};

const needsOf = ({
  dependencies,
  optionalDependencies,
  peerDependencies,
  peerDependenciesMeta,
}: LockEntry): string[] => [
  ...Object.keys({ ...dependencies, ...optionalDependencies }),
  ...Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta?.[name]?.optional !== true),
];

/** The folders of all that workspaces need in production, and of themselves. */
const productionFolders = (lock: Lock, workspaces: readonly string[]): string[] => {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const entry = lock[path];
    if (entry === undefined || seen.has(path)) return;
    seen.add(path);
    if (entry.resolved !== undefined && entry.link) visit(entry.resolved);
    for (const name of needsOf(entry)) {
      const found = findPackage(lock, path, name);
      if (found !== undefined) visit(found);
    }
  };
  for (const workspace of workspaces) visit(workspace);
  return [...seen].filter((path) => !lock[path]?.link);
};

/**
 * The libraries of others that workspaces need in production, directly or through others, sorted.
 * @param workspaces their folders: `apps/api`
 */
export const productionLibraries = (lock: Lock, workspaces: readonly string[]): Library[] => {
  const libraries = productionFolders(lock, workspaces)
    .filter((path) => path.includes('node_modules/'))
    .map((path) => ({
      name: nameOf(path),
      version: lock[path]?.version ?? '',
      license: lock[path]?.license ?? 'none',
    }));
  const unique = new Map(libraries.map((one) => [`${one.name}@${one.version}`, one]));
  return [...unique.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
};

/** The names of those workspaces, and of our packages that they need. */
export const productionPackages = (lock: Lock, workspaces: readonly string[]): string[] =>
  productionFolders(lock, workspaces)
    .filter((path) => !path.includes('node_modules/'))
    .map((path) => lock[path]?.name ?? path);

/** All libraries of the lock, of production and development, in each place where they are. */
export const allLibraries = (lock: Lock): Library[] =>
  Object.entries(lock)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, { version = '', license = 'none' }]) => ({ name: nameOf(path), version, license }));

/** What runs in production. */
export const productionWorkspaces = ['apps/api', 'apps/cli', 'apps/web'] as const;
