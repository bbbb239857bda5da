import type { LocalTask } from '@taskward/client';
import { useState } from 'preact/hooks';
import type { ListState } from '../../list/task-list.ts';
import { useUi } from '../app/context.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import type { Reader } from '../format/days.ts';
import { parseDue } from '../format/due-text.ts';
import { DueFields } from './due-fields.tsx';
import { ReminderFields } from './reminder-fields.tsx';
import { RepeatFields } from './repeat-fields.tsx';
import { TagFields } from './tag-fields.tsx';
import { priorityNames } from './task-facts.tsx';
import { faultOf, type TaskForm } from './task-form.ts';
import { TaskMoves } from './task-moves.tsx';
import { useTaskForm } from './use-task-form.ts';

/** All that a task has, to change it. Esc closes it and keeps what was typed; it is there again when it is opened. */
export const TaskDialog = ({
  task,
  state,
  reader,
  onClose,
}: {
  readonly task: LocalTask;
  readonly state: ListState;
  readonly reader: Reader;
  readonly onClose: () => void;
}) => {
  const { list, open } = useUi();
  const { form, before, changes, isOldDraft, change, discard } = useTaskForm(task, reader);
  const [fault, setFault] = useState<string>();
  const zone = task.due_date === null ? undefined : parseDue(task.due_date, reader)?.zone;
  const movesDue = form.day !== before.day || form.time !== before.time;
  const rejected = state.rejected.find((one) => one.task.key === task.key);
  const save = (event: Event) => {
    event.preventDefault();
    const wrong = faultOf(form);
    setFault(wrong);
    if (wrong !== undefined) return;
    if (Object.keys(changes).length > 0) void list.update(task.key, changes);
    discard();
    onClose();
  };
  return (
    <Dialog title="Details" shape="sheet" onClose={onClose}>
      <form class="dialog-form" noValidate onSubmit={save}>
        <div class="dialog-body">
          {isOldDraft && (
            <div class="banner">
              <p>These are changes that you have not saved.</p>
              <button type="button" class="button" onClick={discard}>
                Discard them
              </button>
            </div>
          )}
          <div role="alert">
            {fault !== undefined && <p class="error-text">{fault}</p>}
            {rejected !== undefined && <p class="error-text">{rejected.error.error}</p>}
          </div>
          <label class="field">
            <span>Title</span>
            <input
              type="text"
              data-first-focus
              maxLength={200}
              value={form.title}
              onInput={({ currentTarget: { value } }) => change({ title: value })}
            />
          </label>
          <label class="field">
            <span>Description</span>
            <textarea
              rows={4}
              maxLength={1000}
              value={form.description}
              onInput={({ currentTarget: { value } }) => change({ description: value })}
            />
          </label>
          <DueFields {...{ form, zone }} asksScope={task.repeat !== null && movesDue} onChange={change} />
          <RepeatFields repeat={form.repeat} locale={reader.locale} onChange={(repeat) => change({ repeat })} />
          <label class="field">
            <span>Priority</span>
            <select
              value={form.priority}
              onChange={({ currentTarget: { value } }) => change({ priority: value as TaskForm['priority'] })}
            >
              <option value="">none</option>
              {Object.entries(priorityNames).map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <TagFields
            tags={form.tags}
            known={state.tags}
            draft={`tag ${task.key}`}
            onChange={(tags) => change({ tags })}
          />
          <ReminderFields
            reminders={form.reminders}
            hasDue={form.day !== ''}
            reader={reader}
            onChange={(reminders) => change({ reminders })}
          />
          {state.filter.sort === 'position' && <TaskMoves task={task} tasks={state.tasks} />}
        </div>
        <div class="dialog-foot">
          <button type="button" class="button button-quiet" onClick={() => open({ kind: 'history', task })}>
            History
          </button>
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              discard();
              onClose();
              void list.remove(task.key);
            }}
          >
            Delete
          </button>
          <span class="space" />
          <button
            type="button"
            class="button"
            onClick={() => {
              discard();
              onClose();
            }}
          >
            Cancel
          </button>
          <button type="submit" class="button button-primary">
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
};
