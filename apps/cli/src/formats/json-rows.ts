import { type FileRow, fields, givenAnew, type RawRow, toRow, unreadable } from './rows.ts';

/** What reading a file is told, and tells. */
export interface Reading {
  /** The column, or field, that the external id is in. */
  readonly idColumn: string;
  /** Told of columns, or fields, that are not taken over. */
  readonly ignored: Set<string>;
  /** Told of rows that are of another kind than tasks. */
  skipped: number;
}

// A task is smaller than this in any spelling. What is larger is no task, and must not fill the memory.
const largestValue = 1_000_000;
const mostIgnored = 20;

const fromObject = (value: unknown, { idColumn, ignored }: Reading): ReturnType<typeof toRow> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return unreadable(0, 'task', 'must be a JSON object with a `title`').row;
  }
  const raw: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    if (name === idColumn) raw.external_id = one;
    else if (fields.some((field) => field === name)) raw[name] = one;
    else if (ignored.size < mostIgnored && !givenAnew.includes(name)) ignored.add(name);
  }
  return toRow(raw as RawRow);
};

const fromText = (text: string, line: number, reading: Reading): FileRow => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return unreadable(line, 'task', `is not JSON: ${(error as Error).message}`);
  }
  return { line, row: fromObject(value, reading) };
};

/** The rows of JSON lines: one object a line. A line that is none is told of, and the next one read. */
export async function* readJsonLines(text: AsyncIterable<string>, reading: Reading): AsyncGenerator<FileRow> {
  let rest = '';
  let line = 0;
  const rowOf = (one: string): FileRow[] => {
    line += 1;
    return one.trim() === '' ? [] : [fromText(one, line, reading)];
  };
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() as string;
    for (const one of lines) yield* rowOf(one);
    if (rest.length > largestValue) return yield unreadable(line + 1, 'line', 'is too long to be a task');
  }
  yield* rowOf(rest);
}

const isBlank = (character: string): boolean => /[ \t\r\n]/.test(character);

/**
 * The rows of a JSON array, each as soon as it is there: the array is never in memory as a whole. The ends of its
 * elements are found by counting brackets outside of strings; what an element says is left to `JSON.parse`.
 */
export async function* readJsonArray(text: AsyncIterable<string>, reading: Reading): AsyncGenerator<FileRow> {
  let state: 'before' | 'between' | 'within' | 'after' = 'before';
  let depth = 0;
  let isString = false;
  let isEscaped = false;
  let line = 1;
  let began = 1;
  let element = '';
  for await (const chunk of text) {
    let from = 0;
    const endElement = (end: number): FileRow[] => {
      element += chunk.slice(from, end);
      state = 'between';
      const whole = element;
      element = '';
      return whole.trim() === '' ? [] : [fromText(whole, began, reading)];
    };
    for (let at = 0; at < chunk.length; at += 1) {
      const character = chunk[at] as string;
      if (character === '\n') line += 1;
      if (state === 'within' && isString) {
        if (isEscaped) isEscaped = false;
        else if (character === '\\') isEscaped = true;
        else if (character === '"') isString = false;
      } else if (state === 'before') {
        if (character === '[') [state, from] = ['between', at + 1];
        else if (!isBlank(character)) return yield unreadable(line, 'file', 'must be a JSON array of tasks');
      } else if (state === 'after') {
        if (!isBlank(character)) return yield unreadable(line, 'file', 'goes on after its JSON array');
      } else if (depth === 0 && (character === ',' || character === ']')) {
        yield* endElement(at);
        from = at + 1;
        if (character === ']') state = 'after';
      } else if (!isBlank(character)) {
        if (state === 'between') [state, began, from] = ['within', line, at];
        if (character === '"') isString = true;
        else if (character === '{' || character === '[') depth += 1;
        else if (character === '}' || character === ']') depth -= 1;
      }
    }
    if (state === 'within') element += chunk.slice(from);
    if (element.length > largestValue) return yield unreadable(began, 'task', 'is too long to be a task');
  }
  if ((state as string) !== 'after') yield unreadable(line, 'file', 'ends before its JSON array does');
}
