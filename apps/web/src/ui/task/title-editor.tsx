import type { LocalTask } from '@taskward/client';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useUi } from '../app/context.ts';
import { useDraft } from '../app/hooks.ts';

/**
 * A field for a task's title, in place of it. Enter keeps what was typed, and so does leaving it; Esc does not.
 * @param props.onEnd is told whether the focus belongs back on the row: it does not if the reader has put it elsewhere
 */
export const TitleEditor = ({
  task,
  onEnd,
}: {
  readonly task: LocalTask;
  readonly onEnd: (returnsFocus: boolean) => void;
}) => {
  const { list, drafts } = useUi();
  const [draft, setDraft] = useDraft<string>(drafts, `title ${task.key}`);
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const end = (keeps: boolean, returnsFocus = true) => {
    if (isOver.current) return;
    isOver.current = true;
    const title = (draft ?? '').trim();
    if (keeps && title !== '' && title !== task.title) void list.update(task.key, { title });
    setDraft(undefined);
    onEnd(returnsFocus);
  };
  return (
    <input
      ref={field}
      type="text"
      class="row-editor"
      aria-label="Title"
      maxLength={200}
      value={draft ?? task.title}
      onInput={({ currentTarget }) => setDraft(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === 'Enter') end(true);
        else if (event.key === 'Escape') end(false);
        else return;
        event.preventDefault();
      }}
      // A window that goes to the back keeps its focused element.
      onBlur={({ currentTarget }) => document.activeElement !== currentTarget && end(true, false)}
    />
  );
};
