/** One Server-Sent Event. */
export interface ServerEvent {
  /** `message` if the server names none. */
  readonly type: string;
  readonly data: string;
  /** The id with which to continue after it; '' if there is none. */
  readonly id: string;
}

/** Reads the text of a stream of Server-Sent Events as the HTML standard has it. */
export interface EventParser {
  /** Reads some text. @returns the events that end in it */
  read(text: string): ServerEvent[];
  /** The id with which to continue after the events so far; '' if there is none. */
  lastId(): string;
  /** How long the server wants a client to wait before it connects again, in milliseconds. */
  retry(): number | undefined;
  /** How many characters are read that no event has ended. */
  pending(): number;
}

/** Makes a parser of one stream. */
export const makeEventParser = (): EventParser => {
  let isFirst = true;
  let rest = '';
  let type = '';
  let data = '';
  let nextId = '';
  let lastId = '';
  let retry: number | undefined;

  const setField = (name: string, value: string): void => {
    if (name === 'event') type = value;
    else if (name === 'data') data += `${value}\n`;
    else if (name === 'id' && !value.includes('\0')) nextId = value;
    else if (name === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  };

  const end = (): ServerEvent | undefined => {
    lastId = nextId;
    const event = data === '' ? undefined : { type: type || 'message', data: data.slice(0, -1), id: lastId };
    type = '';
    data = '';
    return event;
  };

  const readLine = (line: string): ServerEvent | undefined => {
    if (line === '') return end();
    // A comment is a field without a name.
    const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    setField(name, value);
    return undefined;
  };

  return {
    read(text) {
      rest += text;
      if (isFirst && rest !== '') {
        isFirst = false;
        rest = rest.replace(/^\uFEFF/, '');
      }
      // A carriage return at the end may be half of a line's end.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      return lines.flatMap((line) => readLine(line) ?? []);
    },
    lastId: () => lastId,
    retry: () => retry,
    pending: () => rest.length + data.length,
  };
};
