import type { Clause } from '../../clause.ts';
import { demandHeader, demandSame, demandStatus } from '../../unmet.ts';

/** The counts that a sidebar shows. */
export const summary: Clause[] = [
  {
    id: 'summary.counts',
    says: 'GET …/tasks/summary counts pending, completed, overdue and today, and open tasks by priority, and lists the tags.',
    mend: 'Answer `{pending, completed, overdue, today, priorities: {urgent, high, medium, low, none}, tags}`.',
    needs: ['fresh'],
    async check({ add, call, style }) {
      const { created_at } = await add({ priority: 'high', tags: ['home'] });
      await add({ due_date: created_at.slice(0, 10), priority: 'high' });
      await add({ due_date: '2020-01-01' });
      await add({ due_date: '2020-01-01', priority: 'urgent', tags: ['home'], completed: true });
      const response = await call('GET', '/summary');
      demandStatus(response, 200);
      demandSame(response, 'the summary', style.data(response), {
        pending: 3,
        completed: 1,
        overdue: 1,
        today: 1,
        priorities: { urgent: 0, high: 2, medium: 0, low: 0, none: 1 },
        tags: [{ name: 'home', pending: 1, completed: 1 }],
      });
    },
  },
  {
    id: 'summary.empty',
    says: 'The summary of a user without tasks has all counts, each 0.',
    mend: 'Name every priority, also where no task has it.',
    needs: ['fresh'],
    async check({ call, style }) {
      const response = await call('GET', '/summary');
      demandStatus(response, 200);
      const priorities = { urgent: 0, high: 0, medium: 0, low: 0, none: 0 };
      const wanted = { pending: 0, completed: 0, overdue: 0, today: 0, priorities, tags: [] };
      demandSame(response, 'the summary', style.data(response), wanted);
    },
  },
  {
    id: 'summary.etag',
    says: 'The summary has an ETag: If-None-Match gets 304 until something changes.',
    mend: 'Make the ETag of the counts.',
    needs: ['fresh'],
    async check({ add, call }) {
      await add();
      const response = await call('GET', '/summary');
      const known = { 'if-none-match': demandHeader(response, 'ETag') };
      demandStatus(await call('GET', '/summary', undefined, known), 304);
      await add();
      demandStatus(await call('GET', '/summary', undefined, known), 200);
    },
  },
];
