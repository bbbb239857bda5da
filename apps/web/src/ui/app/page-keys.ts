import { useEffect, useRef } from 'preact/hooks';
import { type Command, commandOf } from './commands.ts';
import { hasLetterKeys } from './letter-keys.ts';

const writes = new Set([
  'text',
  'search',
  'date',
  'time',
  'number',
  'email',
  'password',
  'datetime-local',
  'url',
  'tel',
]);

/** Returns whether a key is one of the page's own: not typed into a field, not in a dialog, and not used already. */
export const isPageKey = (event: KeyboardEvent): boolean => {
  if (event.defaultPrevented || event.isComposing) return false;
  const { target } = event;
  if (!(target instanceof Element)) return true;
  if (target instanceof HTMLInputElement && writes.has(target.type)) return false;
  return target.closest('textarea, select, dialog, [contenteditable]') === null;
};

/** Calls what belongs to the page's keys, wherever the focus is outside of fields and dialogs. */
export const usePageKeys = (actions: Partial<Record<Command, () => void>>): void => {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const command = isPageKey(event) ? commandOf(event, hasLetterKeys()) : undefined;
      const action = command === undefined ? undefined : latest.current[command];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
};
