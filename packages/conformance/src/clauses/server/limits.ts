import type { Clause } from '../../clause.ts';
import { demand, demandHeader, demandSame, demandStatus } from '../../unmet.ts';

interface Limits {
  readonly text_lengths?: Readonly<Record<string, { readonly min: number; readonly max: number } | undefined>>;
  readonly tags_per_task?: number;
  readonly page?: { readonly min: number; readonly max: number };
  readonly batch?: { readonly min: number; readonly max: number };
  readonly [name: string]: unknown;
}

const numbers = ['tags_per_task', 'reminders_per_task', 'tasks_per_change', 'tasks_per_user', 'body_bytes'] as const;

/** The bounds that a program can read. */
export const limits: Clause[] = [
  {
    id: 'limits.public',
    says: 'GET /api/limits returns the bounds of the contract without a token, for caches to keep.',
    mend: 'Answer as JSON, unwrapped, with `Cache-Control: public, max-age=…` and an ETag.',
    styles: 'server',
    anonymous: true,
    async check({ send }) {
      const response = await send({ method: 'GET', path: '/api/limits' });
      demandStatus(response, 200);
      const limits = (response.json ?? {}) as Limits;
      for (const name of numbers) demand(response, Number.isInteger(limits[name]), `\`${name}\` to be a whole number`);
      demandHeader(response, 'Cache-Control', /\bpublic\b.*\bmax-age=\d+/, 'public, with max-age');
      const headers = { 'if-none-match': demandHeader(response, 'ETag') };
      demandStatus(await send({ method: 'GET', path: '/api/limits', headers }), 304);
    },
  },
  {
    id: 'limits.hold',
    says: 'The bounds are those that hold: what is at a bound is taken, and what is beyond it is refused with 422.',
    mend: 'Take the bounds from the same constants as the checks.',
    async check({ call, send }) {
      const response = await send({ method: 'GET', path: '/api/limits' });
      demandStatus(response, 200);
      const { text_lengths, tags_per_task = 0, page, batch } = (response.json ?? {}) as Limits;
      const create = (content: object) => call('POST', '', { title: 'x', ...content });
      const tags = (count: number) => ({ tags: Array.from({ length: count }, (_, index) => `${index}`) });
      const operations = (count: number) => ({
        operations: Array.from({ length: count }, () => ({ op: 'create', title: 'x' })),
        dry_run: true,
      });
      const title = text_lengths?.title?.max ?? 0;
      const tag = text_lengths?.tag?.max ?? 0;
      for (const beyond of [0, 1]) {
        for (const [what, checked, fine] of [
          ['title', await create({ title: 'x'.repeat(title + beyond) }), 201],
          ['a tag', await create({ tags: ['x'.repeat(tag + beyond)] }), 201],
          ['tags', await create(tags(tags_per_task + beyond)), 201],
          ['limit', await call('GET', `?limit=${(page?.max ?? 0) + beyond}`), 200],
          ['a batch', await call('POST', '/batch', operations((batch?.max ?? 0) + beyond)), 200],
        ] as const) {
          demandSame(
            checked,
            `the status of ${what}, ${beyond} beyond its bound,`,
            checked.status,
            beyond ? 422 : fine,
          );
        }
      }
    },
  },
  {
    id: 'limits.used',
    says: 'GET …/tasks/limits returns the same bounds, with the user’s own use of them in `used`.',
    mend: 'Add `used: {tasks_per_user}`: how many tasks the user has.',
    needs: ['empty'],
    async check({ add, call, send, style }) {
      await add();
      await add({ completed: true });
      const response = await call('GET', '/limits');
      demandStatus(response, 200);
      const { used, ...bounds } = (style.data(response) ?? {}) as { used?: { tasks_per_user?: unknown } };
      demandSame(response, 'the tasks in use', used?.tasks_per_user, 2);
      const open = await send({ method: 'GET', path: '/api/limits' });
      demandSame(response, 'the bounds', bounds, open.json);
    },
  },
];
