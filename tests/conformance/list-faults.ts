import { askingFor, changing, type Planted } from './plant.ts';
import type { Fault } from './planted-server.ts';

const without = (parameter: RegExp) => (url: string) =>
  url.replace(new RegExp(`([?&])${parameter.source}=[^&]*&?`), '$1').replace(/[?&]$/, '');

// What a server does that has no order for missing values: descending is ascending from its end.
const reversing: Fault = async (asked, forward) => {
  const ascending = asked.url.replace(/([?&]sort=)-(\w+)(?=&|$)/, '$1$2');
  const responded = await forward({ ...asked, url: ascending });
  if (ascending === asked.url || responded.status !== 200) return responded;
  const body = JSON.parse(responded.body.toString());
  return { ...responded, body: Buffer.from(JSON.stringify({ ...body, data: body.data.reverse() })) };
};

/** Ways in which lists, the summary and the limits go wrong. */
export const plantedInLists: Readonly<Record<string, Planted>> = {
  'one priority is all that a list takes': {
    style: 'bare',
    fault: askingFor((url) => url.replace(/([?&]priority=[a-z]+)(?:,|%2C)[^&]*/, '$1')),
    breaks: ['filter.priority'],
  },
  'one of several tags is enough': {
    style: 'envelope',
    fault: askingFor((url) => url.replace(/([?&])tags=/, '$1any_tag=')),
    breaks: ['filter.tags'],
  },
  'completed tasks are overdue': {
    style: 'bare',
    fault: askingFor((url) => url.replace('due=overdue', 'due_before=2021-01-01')),
    breaks: ['filter.due'],
  },
  'ranges of due dates are of whole days': {
    style: 'envelope',
    fault: askingFor((url) => url.replace(/(due_(?:after|before)=\d{4}-\d\d-\d\d)T[^&]*/, '$1')),
    breaks: ['filter.due-range'],
  },
  'repeating is ignored': {
    style: 'bare',
    fault: askingFor(without(/repeating/)),
    breaks: ['filter.repeating'],
  },
  'metadata is no filter': {
    style: 'bare',
    fault: askingFor(without(/metadata\.[^=&]+/)),
    breaks: ['metadata.filter'],
  },
  'completed_before is ignored': {
    style: 'envelope',
    fault: askingFor(without(/completed_before/)),
    breaks: ['filter.times'],
  },
  'a tag is ignored beside a priority': {
    style: 'bare',
    fault: askingFor((url) => (/[?&]priority=/.test(url) ? without(/tag/)(url) : url)),
    breaks: ['filter.together'],
  },
  'descending is ascending from its end': {
    style: 'envelope',
    fault: reversing,
    breaks: ['sort.priority', 'sort.due-date', 'sort.paging', 'sort.cursor-of-another'],
  },
  'completed_at is no order': {
    style: 'bare',
    fault: askingFor((url) => url.replace(/([?&]sort=)completed_at(?=&|$)/, '$1created_at')),
    breaks: ['sort.completed-at'],
  },
  'the second field of an order is ignored': {
    style: 'bare',
    fault: askingFor((url) => url.replace(/([?&]sort=[^,%&]+)(?:,|%2C)[^&]*/, '$1')),
    breaks: ['sort.several'],
  },
  'counts of nothing are left out': {
    style: 'bare',
    fault: changing(/\/summary$/, (body) => {
      const priorities = Object.entries(body.priorities ?? {});
      body.priorities = Object.fromEntries(priorities.filter(([, count]) => count > 0));
    }),
    breaks: ['summary.counts', 'summary.empty'],
  },
  'limits do not say what is used': {
    style: 'envelope',
    fault: changing(/\/tasks\/limits$/, ({ data }) => {
      delete (data as { used?: unknown } | undefined)?.used;
    }),
    breaks: ['limits.used'],
  },
};
