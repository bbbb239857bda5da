import { type Planning, type Priority, type Repeat, taskFields } from '@taskward/domain';
import { type DateContext, type FileRow, type RawRow, toRow } from '../rows.ts';
import { readTypedDate, type TypedDate } from './todoist-dates.ts';

// The columns, and what they mean: https://todoist.com/help/articles/format-a-csv-file-to-import-into-todoist-UVUXTmm6. There,
// PRIORITY 1 is the highest and 4, which every task has that was given none, the lowest. (It is the other way round in the
// API of Todoist.) A `note` is a comment on the task above it, and a `section` has the tasks below it.
const columns = ['type', 'content', 'description', 'priority', 'date', 'date_lang', 'timezone', 'deadline'] as const;
/** Returns the text of a row in one of the columns. */
type CellOf = (column: (typeof columns)[number]) => string;

/** Returns whether a header, in lower case, is that of a file of Todoist's. */
export const isTodoist = (header: readonly string[]): boolean => header.includes('type') && header.includes('content');

/** Returns whether a column of Todoist's is read. */
export const isTodoistColumn = (name: string): boolean => columns.some((column) => column === name);

const priorities: Readonly<Record<string, Priority>> = { 1: 'urgent', 2: 'high', 3: 'medium' };

// A label has no white space and no further marks that Todoist gives a meaning.
const label = /(?<=^|\s)@([^\s@]+)/g;

const titleAndTags = (content: string): { title: string; tags: string[] } => {
  const tags = [...content.matchAll(label)].map(([, name = '']) => name);
  const title = content.replace(label, '').replace(/\s+/g, ' ').trim();
  // A task that has nothing but labels keeps them as its title.
  return title === '' ? { title: content, tags: [] } : { title: tags.length === 0 ? content : title, tags };
};

/** Returns the first day from today on that a rule has. */
const firstDay = ({ rule }: Pick<Repeat, 'rule'>, today: string, { calendar }: Planning): string => {
  if (!/BY/.test(rule)) return today;
  const start = calendar.addDays(today, -1);
  const series = { rule: rule.replace(/;(?:INTERVAL|UNTIL)=\w+/g, ''), shortMonths: 'last', start } as const;
  return calendar.nextOccurrence(series, start) ?? today;
};

const datesOf = ({ day, time, repeat }: TypedDate, zone: string, { planning, today }: DateContext) => {
  const first = day ?? (repeat ? firstDay(repeat, today, planning) : today);
  const zoneName = time === undefined ? undefined : planning.calendar.zoneName(zone);
  const due_date = `${first}${time === undefined ? '' : `T${time}`}${zoneName === undefined ? '' : `[${zoneName}]`}`;
  return { due_date, ...(repeat && { repeat }) };
};

interface Pending {
  readonly line: number;
  readonly raw: RawRow;
  /** Texts that go to the end of the description, and why, if that is to be told. */
  readonly texts: { readonly text: string; readonly why?: string }[];
}

const maxDescription = taskFields.description.max;

const finished = ({ line, raw, texts }: Pending): FileRow => {
  const notes: string[] = [];
  let description = typeof raw.description === 'string' ? raw.description : '';
  for (const { text, why } of texts) {
    const longer = description === '' ? text : `${description}\n\n${text}`;
    const fits = [...longer].length <= maxDescription;
    if (fits) description = longer;
    if (fits && why !== undefined) notes.push(`${why}, and stands in the description: ${text}`);
    if (!fits) notes.push(`${why ?? 'a text is left out'}, and the description has no room for it: ${text}`);
  }
  const row = toRow({ ...raw, ...(description !== '' && { description }) });
  return { line, row, ...(notes.length > 0 && { notes }) };
};

/** Makes what turns the rows of a file of Todoist's into tasks. A task is finished when the next one begins. */
export const makeTodoistRows = (context: DateContext) => {
  let pending: Pending | undefined;
  let section: string | undefined;

  const take = (): FileRow[] => {
    const taken = pending === undefined ? [] : [finished(pending)];
    pending = undefined;
    return taken;
  };

  const dated = (cellOf: CellOf, texts: Pending['texts']) => {
    const [typed, last] = [cellOf('date').trim() || undefined, cellOf('deadline').trim() || undefined];
    // Only one of the two has a place.
    const [text, name] = typed === undefined ? [last, 'DEADLINE'] : [typed, 'DATE'];
    if (typed !== undefined && last !== undefined) texts.push({ text: `Deadline: ${last}` });
    if (text === undefined) return {};
    const language = cellOf('date_lang').trim();
    const isEnglish = language === '' || /^en\b/i.test(language) || /^\d{4}-/.test(text);
    const read = isEnglish ? readTypedDate(text) : undefined;
    if (read !== undefined) return datesOf(read, cellOf('timezone').trim(), context);
    texts.unshift({
      text: `${name === 'DATE' ? 'Date' : 'Deadline'}: ${text}`,
      why: `${name} is not one that can be read`,
    });
    return {};
  };

  return {
    /**
     * Takes the next row.
     * @returns the tasks that it finishes, and whether it is no task itself
     */
    add(line: number, cellOf: CellOf, externalId: string | null): FileRow[] | 'skipped' {
      const [type, content] = [cellOf('type').trim(), cellOf('content')];
      if (type === 'note' && pending !== undefined && content.trim() !== '') {
        pending.texts.push({ text: content });
        return [];
      }
      if (type === 'section') section = content.trim() === '' ? undefined : content.trim();
      if (type !== 'task') return 'skipped';
      const finished = take();
      const texts: Pending['texts'] = [];
      const { title, tags } = titleAndTags(content);
      const raw: RawRow = {
        title,
        description: cellOf('description') || null,
        priority: priorities[cellOf('priority').trim()],
        tags: section === undefined ? tags : [...tags, section],
        external_id: externalId,
        ...dated(cellOf, texts),
      };
      pending = { line, raw, texts };
      return finished;
    },
    /** Returns the last task. */
    finish: take,
  };
};
