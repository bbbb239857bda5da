import type { Library } from './lock.ts';

/** Licences under which libraries may be passed on with Taskward. MPL-2.0 asks for changes of its own files only. */
const allowed: ReadonlySet<string> = new Set([
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense'],
  'MPL-2.0',
]);

/** A sentence for each library whose licence nobody has allowed. */
export const licenceFaults = (libraries: readonly Library[]): string[] =>
  libraries
    .filter(({ license }) => !allowed.has(license))
    .map(
      ({ name, version, license }) =>
        `${name} ${version} is under ${license}, which tests/supply-chain/licences.ts does not allow`,
    );

/** The table of docs/licences.md. */
export const licenceTable = (libraries: readonly Library[]): string =>
  ['| library | version | licence |', '| --- | --- | --- |']
    .concat(libraries.map(({ name, version, license }) => `| \`${name}\` | ${version} | ${license} |`))
    .join('\n');
