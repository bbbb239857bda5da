import { registerHooks } from 'node:module';

/** One deliberate fault: in the file whose path ends so, the text is replaced wherever it stands. */
export interface Mutation {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

let loads = 0;

// Loaded afresh with the package that imports it. Others hold classes that everybody has to share, such as DomainError.
const loadedAlong = '@taskward/owner-transactions';

/**
 * Imports a module with deliberate faults in its sources, to see that a test or a second line of defence notices
 * them. The package is loaded afresh, with the engine of its transactions; what else it depends on is not. The unharmed one
 * stays as it is.
 * @throws Error when a mutation finds nothing to change: it would prove nothing
 */
export const importMutated = async <T>(specifier: string, mutations: readonly Mutation[]): Promise<T> => {
  loads += 1;
  const mark = `?mutant=${loads}`;
  const applied = new Set<Mutation>();
  const hooks = registerHooks({
    resolve(name, context, next) {
      const resolved = next(name, context);
      const isOwn = name.startsWith('.') || name === loadedAlong;
      const isWithin = name === specifier || (isOwn && context.parentURL?.endsWith(mark));
      return isWithin ? { ...resolved, url: resolved.url + mark } : resolved;
    },
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith(mark)) return loaded;
      let source = String(loaded.source);
      for (const mutation of mutations) {
        if (!url.endsWith(mutation.file + mark)) continue;
        const mutated = source.replaceAll(mutation.from, mutation.to);
        if (mutated !== source) applied.add(mutation);
        source = mutated;
      }
      return { ...loaded, source };
    },
  });
  try {
    const module: T = await import(specifier);
    const missed = mutations.find((mutation) => !applied.has(mutation));
    if (missed !== undefined) throw new Error(`the mutation of ${missed.file} found nothing to change: ${missed.from}`);
    return module;
  } finally {
    hooks.deregister();
  }
};
