import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import t from 'tap';

const root = dirname(dirname(import.meta.dirname));
const folder = 'packages/adapters-postgres/migrations';

/** Statements after which a process of the previous release fails, and why. */
const contractions: readonly [RegExp, string][] = [
  [/\bdrop\s+(table|schema|domain|function|type)\b/i, 'drops what the previous release may use'],
  [/\bdrop\s+column\b/i, 'drops a column that the previous release may name'],
  [/\brename\s+(column\b|to\b)/i, 'renames what the previous release names'],
  [/\balter\s+column\s+\S+\s+(set\s+data\s+)?type\b/i, 'changes the type of a column that the previous release writes'],
  [/\balter\s+column\s+\S+\s+set\s+not\s+null\b/i, 'requires a value that the previous release may not write'],
  [
    /\badd\s+column\s+(?:(?!,|\badd\s+column\b|\bdefault\b|`|;)[\s\S])*\bnot\s+null\b(?![^,`;]*\bdefault\b)/i,
    'adds a column that the previous release cannot write',
  ],
];

/** Migrations from before this rule. Their place in the changelog says what they mean for a process of the release before. */
const fromBefore = new Set(['20261125-check-by-type.ts', '20261129-rename-answers.ts']);

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

const faultsOf = (text: string): string[] =>
  contractions.filter(([pattern]) => pattern.test(withoutComments(text))).map(([, fault]) => fault);

t.test('migrations only add, so that processes of two releases can serve at once', (t) => {
  const files = globSync('*.ts', { cwd: join(root, folder) });
  t.ok(files.length >= 13, `${files.length} migrations`);
  for (const file of files) {
    const faults = faultsOf(readFileSync(join(root, folder, file), 'utf8'));
    if (fromBefore.has(basename(file))) t.not(faults.length, 0, `${file} needs its exception`);
    else t.strictSame(faults, [], file);
  }
  t.end();
});

t.test('what takes something away is noticed', (t) => {
  const planted: readonly string[] = [
    'alter table taskward.tasks drop column metadata',
    'alter table taskward.tasks rename column metadata to data',
    'alter table taskward.changes rename to log',
    'drop table taskward.imports',
    'alter table taskward.tasks alter column title type varchar(200)',
    'alter table taskward.tasks alter column description set not null',
    'alter table taskward.tasks add column x integer, add column estimate integer not null',
  ];
  for (const sql of planted) t.equal(faultsOf(`this.addSql(\`${sql}\`);`).length, 1, sql);
  const kept: readonly string[] = [
    'alter table taskward.tasks add column estimate integer, add column x integer not null default 0',
    "alter table taskward.users add column theme text default 'x' not null",
    'create table taskward.labels (user_id text not null)',
    'create or replace function taskward.f() returns trigger',
    'alter domain taskward.change_kind drop constraint change_kind_check',
    'drop index taskward.tasks_updated_at_idx',
  ];
  for (const sql of kept) t.strictSame(faultsOf(`this.addSql(\`${sql}\`);`), [], sql);
  t.end();
});
