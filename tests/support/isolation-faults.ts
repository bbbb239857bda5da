import type { Mutation } from './mutation.ts';

/** The repository no longer says whose tasks it means. */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are placeholders, of the source that is mutated.
export const withoutOwnerFilter: Mutation[] = [
  // Of lists and counts, of single reads, and of every write.
  { file: 'task-lists.ts', from: /`user_id = \$\{place\(owner\)\}`/g, to: '`${place(owner)}::text is not null`' },
  { file: 'task-lists.ts', from: /where id = \$1/g, to: 'where $1::text is not null' },
  { file: 'task-repository.ts', from: /where user_id = \$1/g, to: 'where $1::text is not null' },
  ...['task-writes.ts', 'unit-of-work-store.ts', 'change-log.ts'].flatMap((file) => [
    { file, from: /(?:\w+\.)?user_id = \$1/g, to: '$1::text is not null' },
    { file, from: /(?<=where )(?:u\.)?id = \$1/g, to: '$1::text is not null' },
    { file, from: /[tc]\.user_id = owner\.id/g, to: 'owner.id is not null' },
  ]),
  { file: 'task-writes.ts', from: /where u\.id = gone\.user_id/g, to: '' },
  // Of stored responses.
  { file: 'idempotency-store.ts', from: /where user_id = \$1/g, to: 'where $1::text is not null' },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above

/** The database no longer keeps users apart: every statement runs as the superuser that is logged in. */
export const withoutRowSecurity: Mutation[] = [
  { file: 'owner-context.ts', from: /set_config\('role', \$\{escapeLiteral\(role\)\}, true\), /g, to: '' },
];
