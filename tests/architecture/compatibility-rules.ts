import { posix } from 'node:path';
import { importsOf, packageOf, type Source, sourcesOf } from '../support/repository/workspace.ts';
import type { SourceRule } from './source-rule.ts';

const source = 'packages/adapters-http/src';
const folder = `${source}/compatibility/`;

// They register it, say which settings there are, and pass them on to who reads the configuration.
const registering = ['app.ts', 'options.ts', 'index.ts'].map((file) => `${source}/${file}`);

const pathsOf = (one: Source): string[] =>
  importsOf(one)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(one.path), name));

const librariesWithin = [
  'fastify',
  'fastify-plugin',
  '@taskward/domain',
  '@taskward/application',
  '@taskward/task-schemas',
];

const useCaseImport = /import\b[^;]*\b(UseCases|make[A-Z]\w*)\b[^;]*\bfrom '@taskward\/application'/;

/** How the folder of other backends' spellings and shapes is kept apart from the rest of the HTTP adapter. */
export const compatibilityRules: Readonly<Record<string, SourceRule>> = {
  'only app.ts, options.ts and index.ts know of compatibility/': {
    sources: sourcesOf(source),
    check: (sources) =>
      sources
        .filter(({ path }) => !path.startsWith(folder) && !registering.includes(path))
        .filter((one) => pathsOf(one).some((path) => path.startsWith(folder)))
        .map(({ path }) => `${path} knows of compatibility/`),
    broken: [
      [
        `${source}/tasks/routes.ts`,
        "import { isStrict } from '../compatibility/strict.ts';",
        `${source}/tasks/routes.ts knows of compatibility/`,
      ],
      [
        `${source}/plugins/cors.ts`,
        "import type { CompatibilitySetting } from '../compatibility/settings.ts';",
        `${source}/plugins/cors.ts knows of compatibility/`,
      ],
    ],
    kept: [
      [`${source}/app.ts`, "import { compatibility } from './compatibility/compatibility.ts';"],
      [`${source}/tasks/routes.ts`, '// The folder compatibility/ translates.'],
      [`${folder}requests/translation.ts`, "import type { CompatibilitySettings } from '../settings.ts';"],
    ],
  },

  'compatibility/ translates messages, and calls no use-case': {
    sources: sourcesOf(folder.slice(0, -1)),
    check: (sources) =>
      sources.flatMap((one) => [
        ...importsOf(one)
          .filter((name) => ![undefined, ...librariesWithin].includes(packageOf(name)))
          .map((name) => `${one.path} imports ${name}`),
        ...(useCaseImport.test(one.text) ? [`${one.path} imports a use-case`] : []),
        ...pathsOf(one)
          .filter((path) => !path.startsWith(`${source}/`))
          .map((path) => `${one.path} imports ${path}`),
      ]),
    broken: [
      [
        `${folder}x.ts`,
        "import { y } from '@taskward/adapters-postgres';",
        `${folder}x.ts imports @taskward/adapters-postgres`,
      ],
      [`${folder}x.ts`, "import type { UseCases } from '@taskward/application';", `${folder}x.ts imports a use-case`],
      [
        `${folder}x.ts`,
        "import { type TaskRecord, makeListTasks } from '@taskward/application';",
        `${folder}x.ts imports a use-case`,
      ],
      [
        `${folder}x.ts`,
        "import { y } from '../../../../apps/api/src/y.ts';",
        `${folder}x.ts imports apps/api/src/y.ts`,
      ],
    ],
    kept: [
      [
        `${folder}x.ts`,
        "import { DomainError } from '@taskward/domain';\nimport type { TaskRecord } from '@taskward/application';",
      ],
    ],
  },
};
