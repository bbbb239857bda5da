import { taskIn } from '../../api-styles.ts';
import type { Clause } from '../../clause.ts';
import { demandSame, expectError } from '../../unmet.ts';

const smile = '😀';

/** What a task’s texts may be. */
export const texts: Clause[] = [
  {
    id: 'tasks.title-trimmed',
    says: 'White space at both ends of a title is dropped.',
    mend: 'Trim titles before they are measured and stored.',
    async check({ call, style }) {
      const response = await call('POST', '', { title: ' \t Buy milk \n' });
      demandSame(response, 'the title', taskIn(style, response, 201).title, 'Buy milk');
    },
  },
  {
    id: 'tasks.title-200',
    says: 'A title may have 200 characters, counted as Unicode code points: 200 emoji are 200.',
    mend: 'Count code points, not UTF-16 units or bytes, and after trimming.',
    async check({ call, style }) {
      for (const title of ['x'.repeat(200), smile.repeat(200), ` ${'é'.repeat(200)} `]) {
        const response = await call('POST', '', { title });
        demandSame(response, 'the title', taskIn(style, response, 201).title, title.trim());
      }
    },
  },
  {
    id: 'tasks.title-201',
    says: 'A title of 201 characters is refused with 422.',
    mend: 'Refuse it, and do not cut it off.',
    async check({ call }) {
      for (const title of ['x'.repeat(201), smile.repeat(201)]) {
        expectError(await call('POST', '', { title }), 422, 'title');
      }
    },
  },
  {
    id: 'tasks.title-empty',
    says: 'An empty title, one of white space alone, and none at all are refused with 422.',
    mend: 'Demand at least one character that is left after trimming.',
    async check({ call }) {
      for (const body of [{ title: '' }, { title: ' \t\n ' }, {}]) {
        expectError(await call('POST', '', body), 422, 'title');
      }
    },
  },
  {
    id: 'tasks.no-coercion',
    says: 'A value of another type is refused with 422, never converted.',
    mend: 'Take texts for texts and booleans for booleans only: "yes", 1 and null are neither.',
    async check({ call }) {
      for (const [field, value] of [
        ['title', 12],
        ['title', null],
        ['title', ['x']],
        ['description', 12],
        ['description', {}],
        ['completed', 'true'],
        ['completed', 1],
      ] as const) {
        expectError(await call('POST', '', { title: 'Buy milk', [field]: value }), 422, field);
      }
    },
  },
  {
    id: 'tasks.description-verbatim',
    says: 'A description is kept as it was sent, white space and all.',
    mend: 'Do not trim, fold or normalise descriptions.',
    async check({ call, style }) {
      for (const description of ['  two\r\n\tlitres  ', '', ' ']) {
        const response = await call('POST', '', { title: 'Buy milk', description });
        demandSame(response, 'the description', taskIn(style, response, 201).description, description);
      }
    },
  },
  {
    id: 'tasks.description-1000',
    says: 'A description may have 1000 characters, counted as code points; 1001 are refused with 422.',
    mend: 'Count code points, and refuse what is longer.',
    async check({ call, style }) {
      const response = await call('POST', '', { title: 'x', description: smile.repeat(1000) });
      demandSame(response, 'the description', taskIn(style, response, 201).description, smile.repeat(1000));
      const longer = await call('POST', '', { title: 'x', description: 'x'.repeat(1001) });
      expectError(longer, 422, 'description');
    },
  },
  {
    id: 'tasks.nul',
    says: 'A text with NUL is refused with 422.',
    mend: 'Refuse U+0000 before the store does: PostgreSQL cannot keep it.',
    async check({ call }) {
      expectError(await call('POST', '', { title: 'a\0b' }), 422, 'title');
      expectError(await call('POST', '', { title: 'x', description: 'a\0b' }), 422, 'description');
    },
  },
  {
    id: 'tasks.lone-surrogate',
    says: 'A text with half of a surrogate pair is refused with 422.',
    mend: 'Refuse it: it has no UTF-8, and would be stored as something else.',
    async check({ call }) {
      expectError(await call('POST', '', '{"title":"a\\ud800b"}'), 422, 'title');
      expectError(await call('POST', '', '{"title":"x","description":"\\udc00"}'), 422, 'description');
    },
  },
  {
    id: 'tasks.unicode',
    says: 'Any other text comes back exactly as it was sent.',
    mend: 'Use UTF-8 all the way, and do not normalise, escape or strip.',
    async check({ add, read }) {
      for (const text of ['👩‍👩‍👧 שלום e\u0301 é', '<b>&amp;"\'\\', 'a\u2028b\u007fc\u0001', '\ufffd\u{10ffff}']) {
        const { id } = await add({ title: text, description: text });
        const { title, description } = await read(id);
        demandSame(undefined, 'title and description', [title, description], [text, text]);
      }
    },
  },
];
