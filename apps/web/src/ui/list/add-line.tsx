import { useMemo } from 'preact/hooks';
import { parseQuickAdd } from '../../quick-add/quick-add.ts';
import { useUi } from '../app/context.ts';
import { useDraft } from '../app/hooks.ts';
import { Icon } from '../app/icons.tsx';
import type { Reader } from '../format/days.ts';
import { dueText } from '../format/due-text.ts';
import { repeatText } from '../format/repeat-text.ts';
import { priorityNames } from '../task/task-facts.tsx';

/** A line of text that becomes a task. What is understood of it is shown below, before it is added. */
export const AddLine = ({ reader, now }: { readonly reader: Reader; readonly now: number }) => {
  const { list, drafts } = useUi();
  const [text = '', setText] = useDraft<string>(drafts, 'new task');
  const { input, understood } = useMemo(() => parseQuickAdd(text, now, reader.settings), [text, now, reader.settings]);
  const add = (event: Event) => {
    event.preventDefault();
    if (input === undefined) return;
    setText(undefined);
    void list.add(input);
  };
  const due = dueText({ due_date: input?.due_date ?? null, due_at: null, completed: true }, now, reader);
  return (
    <form class="add-line" onSubmit={add}>
      <div class="add-row">
        <input
          id="new-task"
          type="text"
          aria-label="New task"
          aria-describedby="understood"
          placeholder="Add a task"
          autocomplete="off"
          enterkeyhint="done"
          value={text}
          onInput={({ currentTarget: { value } }) => setText(value === '' ? undefined : value)}
        />
        <button type="submit" class="button button-primary" aria-disabled={input === undefined}>
          Add
        </button>
      </div>
      <p id="understood" class="understood" hidden={understood.length === 0}>
        {input !== undefined && (
          <>
            <span class="chip chip-title">{input.title}</span>
            {due !== undefined && (
              <span class="chip">
                <Icon name="calendar" /> <span lang={reader.locale}>{due.text}</span>
              </span>
            )}
            {input.priority && (
              <span class="chip">
                <Icon name="flag" /> {priorityNames[input.priority]}
              </span>
            )}
            {input.repeat && (
              <span class="chip">
                <Icon name="repeat" /> {repeatText(input.repeat, reader.locale)}
              </span>
            )}
            {input.tags?.map((tag) => (
              <span key={tag} class="chip">
                #{tag}
              </span>
            ))}
          </>
        )}
      </p>
    </form>
  );
};
