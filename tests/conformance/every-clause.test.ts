import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { everyClause } from '@taskward/conformance';
import t from 'tap';
import { root } from '../support/repository/workspace.ts';

type Clause = (typeof everyClause)[number];

const folder = join(root, 'packages/conformance/src/clauses');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const clausesIn = async (file: string): Promise<Clause[]> =>
  Object.values<Clause[]>(await import(pathToFileURL(join(folder, file)).href)).flat();

/** The files of which a list of clauses leaves anything out. */
const forgottenBy = async (clauses: readonly Clause[]): Promise<string[]> => {
  const isForgotten = await Promise.all(
    files.map(async (file) => {
      const exported = await clausesIn(file);
      return exported.length === 0 || !exported.every((clause) => clauses.includes(clause));
    }),
  );
  return files.filter((_, index) => isForgotten[index]);
};

t.test('every file of clauses is part of the contract', async (t) => {
  t.strictSame(await forgottenBy(everyClause), []);
});

t.test('a file that is left out is noticed, and a single clause of it', async (t) => {
  for (const file of files) {
    const own = await clausesIn(file);
    const others = everyClause.filter((clause) => !own.includes(clause));
    t.strictSame(await forgottenBy(others), [file]);
    t.strictSame(await forgottenBy([...others, ...own.slice(1)]), [file], `${file}, its first clause`);
  }
});
