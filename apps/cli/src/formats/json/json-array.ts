import { type FileRow, type Reading, unreadable } from '../rows.ts';
import { largestRow } from '../text.ts';
import { fromText } from './json-rows.ts';

// Own code because streaming parsers such as stream-json stop at the first syntax error and report no line numbers; an
// import must name the line of each bad task and still read all others.

/** The scanner's state. `lost`: after a task without an end, until a line begins with the next task. */
type State = 'before' | 'between' | 'within' | 'after' | 'lost' | 'over';

const isBlank = (character: string): boolean => /[ \t\r\n]/.test(character);

/**
 * Splits a JSON array that arrives in pieces into its elements, by counting brackets outside of strings. `JSON.parse`
 * reads each element.
 */
const makeScanner = (reading: Reading) => {
  let state: State = 'before';
  /** The closing brackets still expected, the innermost last. */
  let closing: string[] = [];
  let isString = false;
  let isEscaped = false;
  let hasBeenLost = false;
  let line = 1;
  let last = '';
  /** The indentation of the line, while it has only white space. */
  let indent: number | undefined = 0;
  let element = { text: '', line: 1, indent: Number.POSITIVE_INFINITY };
  let rows: FileRow[] = [];
  let piece = '';
  let at = 0;
  /** Where in the piece the element begins or continues. */
  let from = 0;

  const countLine = (character: string): void => {
    if (character === '\n' ? last !== '\r' : character === '\r') line += 1;
    last = character;
    if (character === '\n' || character === '\r') indent = 0;
    else if (indent !== undefined) indent = isBlank(character) ? indent + 1 : undefined;
  };

  const begin = (): void => {
    element = { text: '', line, indent: indent ?? Number.POSITIVE_INFINITY };
    [state, from, closing, isString, isEscaped] = ['within', at, [], false, false];
  };

  const end = (): void => {
    const text = element.text + piece.slice(from, at);
    if (text.trim() !== '') rows.push(fromText(text, element.line, reading));
    element.text = '';
    state = 'between';
  };

  /** Reports the element, and rescans the text after its first line, which may contain valid elements. */
  const giveUp = (problem: string): void => {
    rows.push(unreadable(element.line, 'task', `${problem}; what follows on the line is not read`));
    piece = element.text + piece.slice(from);
    element.text = '';
    [state, hasBeenLost, line, last, indent, at] = ['lost', true, element.line, '', undefined, -1];
  };

  const stop = (problem: string): void => {
    rows.push(unreadable(line, 'file', problem));
    state = 'over';
  };

  const stepInString = (character: string): void => {
    if (isEscaped) isEscaped = false;
    else if (character === '\\') isEscaped = true;
    else if (character === '"') isString = false;
    else if (character === '\n' || character === '\r') giveUp('is not JSON: a text must end on its line');
  };

  const steps: Readonly<Record<State, (character: string) => void>> = {
    before: (character) => {
      if (character === '[') state = 'between';
      else stop('must be a JSON array of tasks');
    },
    between: (character) => {
      if (character === ',') return;
      if (character === ']') state = 'after';
      else {
        begin();
        steps.within(character);
      }
    },
    within: (character) => {
      if (closing.length === 0 && (character === ',' || character === ']')) {
        end();
        steps.between(character);
      } else if (character === '"') isString = true;
      else if (character === '{') closing.push('}');
      else if (character === '[') closing.push(']');
      else if ((character === '}' || character === ']') && closing.pop() !== character) {
        giveUp('is not JSON: its brackets do not match');
      }
    },
    after: () => {
      if (hasBeenLost) state = 'lost';
      else stop('goes on after its JSON array');
    },
    lost: (character) => {
      if (character !== '{' || indent === undefined || indent > element.indent) return;
      begin();
      steps.within(character);
    },
    over: () => {},
  };

  const run = (): void => {
    for (; at < piece.length && state !== 'over'; at += 1) {
      const character = piece[at] as string;
      if (state === 'within' && isString) stepInString(character);
      else if (!isBlank(character)) steps[state](character);
      if (at >= 0) countLine(character);
    }
    if (state === 'within') element.text += piece.slice(from);
    [piece, at, from] = ['', 0, 0];
  };

  /** Gives up elements that should have ended by now. */
  const giveUpWhile = (isOverdue: () => boolean, problem: string): void => {
    while (state === 'within' && isOverdue()) {
      giveUp(problem);
      at = 0;
      run();
    }
  };

  const take = (): FileRow[] => {
    const taken = rows;
    rows = [];
    return taken;
  };

  return {
    /** Returns the rows that the next piece completes. */
    scan(more: string): FileRow[] {
      piece = more;
      run();
      giveUpWhile(() => element.text.length > largestRow, 'is too long to be a task');
      return take();
    },
    /** Returns the last rows at the end of the file. */
    finish(): FileRow[] {
      if (state === 'within' && closing.length === 0 && !isString) end();
      giveUpWhile(() => true, 'is not JSON: it does not end before the file does');
      if (state === 'before' || state === 'between') stop('ends before its JSON array does');
      return take();
    },
  };
};

/**
 * Reads the rows of a JSON array as they arrive, without holding the whole array in memory. An invalid element
 * is reported, and reading continues with the next one.
 */
export async function* readJsonArray(text: AsyncIterable<string>, reading: Reading): AsyncGenerator<FileRow> {
  const scanner = makeScanner(reading);
  for await (const piece of text) yield* scanner.scan(piece);
  yield* scanner.finish();
}
