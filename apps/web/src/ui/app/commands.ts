/** What a key asks for. */
export type Command =
  | 'add'
  | 'search'
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'toggle'
  | 'rename'
  | 'details'
  | 'delete'
  | 'undo'
  | 'move-up'
  | 'move-down'
  | 'help';

/** The part of a keyboard event that matters. */
export interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

const letters: Readonly<Record<string, Command>> = {
  n: 'add',
  '/': 'search',
  j: 'next',
  k: 'previous',
  x: 'toggle',
  e: 'details',
  z: 'undo',
  '?': 'help',
};
const named: Readonly<Record<string, Command>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  Enter: 'rename',
  F2: 'rename',
  Delete: 'delete',
};
const withAlt: Readonly<Record<string, Command>> = { ArrowUp: 'move-up', ArrowDown: 'move-down' };

/** Every key with what it does, for the help. */
export const keysHelp: readonly (readonly [string, string])[] = [
  ['n', 'Write a new task'],
  ['/', 'Search'],
  ['j or ↓, k or ↑', 'Next task, previous task'],
  ['Home, End', 'First task, last task'],
  ['x or Space', 'Mark as done, or as open again'],
  ['Enter or F2', 'Change the title'],
  ['e', 'Open the details'],
  ['Delete', 'Delete'],
  ['Alt ↑, Alt ↓', 'Move the task up, down (in your own order)'],
  ['z', 'Undo what was done last'],
  ['?', 'Show these keys'],
  ['Esc', 'Close, or leave a field without a change'],
];

/**
 * Returns what a key asks for outside of text fields.
 * @param hasLetters whether single letters are commands: speech input, for one, may type them by mistake
 */
export const commandOf = ({ key, altKey, ctrlKey, metaKey }: Key, hasLetters: boolean): Command | undefined => {
  if (ctrlKey || metaKey) return undefined;
  if (altKey) return withAlt[key];
  return named[key] ?? (hasLetters ? letters[key] : undefined);
};
