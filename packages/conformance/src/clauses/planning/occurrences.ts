import { type Task, taskIn } from '../../api-styles.ts';
import { type Clause, missingId, type Probe } from '../../clause.ts';
import type { HttpResponse } from '../../http-messages.ts';
import { demand, demandSame, demandStatus, expectError } from '../../unmet.ts';

interface Occurrence {
  readonly revision: number;
  readonly completed_at: string;
  readonly due_date: string | null;
}

const occurrencesIn = ({ style }: Probe, response: HttpResponse): Occurrence[] => {
  demandStatus(response, 200);
  const list = style.data(response);
  const isList = Array.isArray(list) && list.every((one) => Number.isInteger((one as Occurrence | null)?.revision));
  demand(response, isList, 'a list of occurrences, each with its revision');
  return list as Occurrence[];
};

/** A task of which three occurrences were completed. */
const completedThrice = async ({ add, call, read, style }: Probe): Promise<Task> => {
  const { id } = await add({ due_date: '2097-01-31', repeat: 'monthly' });
  for (let n = 0; n < 3; n += 1) taskIn(style, await call('PATCH', `/${id}/complete`));
  return read(id);
};

const datesOf = (occurrences: readonly Occurrence[]) => occurrences.map(({ due_date }) => due_date);

/** The occurrences of a recurring task that were completed. */
export const occurrences: Clause[] = [
  {
    id: 'occurrences.list',
    says: 'GET …/tasks/{id}/occurrences lists what was completed, newest first: `due_date`, `completed_at` and `revision`.',
    mend: 'Log each completion with the due date that it completed.',
    async check(probe) {
      const task = await completedThrice(probe);
      const response = await probe.call('GET', `/${task.id}/occurrences`);
      const found = occurrencesIn(probe, response);
      demandSame(response, 'the due dates', datesOf(found), ['2097-03-31', '2097-02-28', '2097-01-31']);
      const [newest] = found as [Occurrence];
      demandSame(response, 'the newest', [newest.revision, newest.completed_at], [task.revision, task.updated_at]);
    },
  },
  {
    id: 'occurrences.paging',
    says: 'Occurrences are paged as lists are: `limit`, and a cursor to the next page.',
    mend: 'Continue after the revision of the last occurrence of the page.',
    async check(probe) {
      const { id } = await completedThrice(probe);
      const path = `/${id}/occurrences`;
      const first = await probe.call('GET', `${path}?limit=2`);
      const next = probe.style.next(first, '?limit=2');
      demand(first, next !== undefined, 'a cursor that leads to the next page');
      const second = await probe.call('GET', `${path}${next}`);
      const pages = [occurrencesIn(probe, first), occurrencesIn(probe, second)].map(datesOf);
      demandSame(second, 'the due dates of both pages', pages, [['2097-03-31', '2097-02-28'], ['2097-01-31']]);
      demandSame(second, 'the page after the last', probe.style.next(second, next), undefined);
      expectError(await probe.call('GET', `${path}?cursor=nonsense`), 422, 'cursor');
    },
  },
  {
    id: 'occurrences.none',
    says: 'A task that completed none has an empty list; one that never was gets 404.',
    mend: 'Look for the task where there are no occurrences.',
    async check(probe) {
      const { id } = await probe.add({ completed: true });
      const response = await probe.call('GET', `/${id}/occurrences`);
      demandSame(response, 'the occurrences', occurrencesIn(probe, response), []);
      demandStatus(await probe.call('GET', `/${missingId}/occurrences`), 404);
    },
  },
  {
    id: 'occurrences.history',
    says: 'In the history, completing an occurrence is a change of the kind `occurrence_completed`, with both due dates.',
    mend: 'Log it as an update of its own kind.',
    async check(probe) {
      const { id } = await completedThrice(probe);
      const response = await probe.call('GET', `/${id}/history?limit=1`);
      demandStatus(response, 200);
      const [entry] = (probe.style.data(response) ?? []) as { kind?: unknown; changed?: Record<string, unknown> }[];
      demandSame(response, 'the kind', entry?.kind, 'occurrence_completed');
      demandSame(response, 'the due dates', entry?.changed?.due_date, ['2097-03-31', '2097-04-30']);
    },
  },
  {
    id: 'occurrences.undo',
    says: 'Undoing the completion of an occurrence brings it back: the task is due on it again.',
    mend: 'Undo it as any update, by the revision under which it is listed.',
    async check(probe) {
      const { call, read } = probe;
      const { id, revision } = await completedThrice(probe);
      demandStatus(await call('POST', `/changes/${revision}/undo`), 200);
      const { completed, due_date } = await read(id);
      demandSame(undefined, 'completed and due_date', [completed, due_date], [false, '2097-03-31']);
    },
  },
];
