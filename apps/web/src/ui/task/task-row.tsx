import type { LocalTask } from '@taskward/client';
import { useMemo, useRef } from 'preact/hooks';
import { useUi } from '../app/context.ts';
import { Icon, IconButton } from '../app/icons.tsx';
import type { Reader } from '../format/days.ts';
import { TaskFacts } from './task-facts.tsx';
import { TitleEditor } from './title-editor.tsx';

interface TaskRowProps {
  readonly task: LocalTask;
  readonly index: number;
  readonly count: number;
  /** In pixels, from the top of the list. */
  readonly top: number;
  readonly reader: Reader;
  readonly now: number;
  readonly isActive: boolean;
  readonly isOwnOrder: boolean;
  readonly isDragged: boolean;
  readonly isRenamed: boolean;
  readonly onActivate: (key: number) => void;
  readonly onRename: (key: number) => void;
  readonly onRenamed: (returnsFocus: boolean) => void;
  readonly onGrip: (event: PointerEvent) => void;
}

const classOf = ({ task, isDragged }: TaskRowProps): string =>
  ['row', task.completed && 'row-done', isDragged && 'row-dragged'].filter(Boolean).join(' ');

const Row = (props: TaskRowProps) => {
  const { task, index, count, top, reader, now, isActive, isOwnOrder, isRenamed } = props;
  const { list, open } = useUi();
  const latest = useRef(task);
  latest.current = task;
  const tabIndex = isActive ? 0 : -1;
  const toggle = async (check: HTMLInputElement) => {
    await list.setCompleted(task.key, check.checked);
    // A task that recurs is open again, and so is one whose change failed.
    check.checked = latest.current.completed;
  };
  return (
    <li
      class={classOf(props)}
      data-key={task.key}
      aria-setsize={count}
      aria-posinset={index + 1}
      style={{ transform: `translateY(${top}px)` }}
      onFocusIn={() => props.onActivate(task.key)}
    >
      <input
        type="checkbox"
        class="check"
        aria-label={task.title}
        aria-describedby={`facts${task.key}`}
        {...{ tabIndex }}
        checked={task.completed}
        onChange={({ currentTarget }) => void toggle(currentTarget)}
      />
      <div class="row-text">
        {isRenamed ? (
          <TitleEditor task={task} onEnd={props.onRenamed} />
        ) : (
          <button
            type="button"
            class="row-title"
            aria-label={`Edit title: ${task.title}`}
            title={task.title}
            {...{ tabIndex }}
            onClick={() => props.onRename(task.key)}
          >
            {task.title}
          </button>
        )}
        <TaskFacts id={`facts${task.key}`} {...{ task, reader, now }} />
      </div>
      <IconButton
        name="pencil"
        label={`Details: ${task.title}`}
        {...{ tabIndex }}
        onClick={() => open({ kind: 'details', task })}
      />
      <IconButton
        name="trash"
        label={`Delete: ${task.title}`}
        class="row-delete"
        {...{ tabIndex }}
        onClick={() => void list.remove(task.key)}
      />
      {isOwnOrder && (
        <span class="grip" title="Drag to move" onPointerDown={props.onGrip} aria-hidden="true">
          <Icon name="grip" />
        </span>
      )}
    </li>
  );
};

/** A task in the list. It is rendered again only when something of it has changed: rows are many while the list scrolls. */
export const TaskRow = (props: TaskRowProps) => {
  const latest = useRef(props);
  latest.current = props;
  const { task, index, count, top, reader, now, isActive, isOwnOrder, isDragged, isRenamed } = props;
  const handlers = useMemo(
    () => ({
      onActivate: (key: number) => latest.current.onActivate(key),
      onRename: (key: number) => latest.current.onRename(key),
      onRenamed: (returnsFocus: boolean) => latest.current.onRenamed(returnsFocus),
      onGrip: (event: PointerEvent) => latest.current.onGrip(event),
    }),
    [],
  );
  return useMemo(
    () => (
      <Row {...{ task, index, count, top, reader, now, isActive, isOwnOrder, isDragged, isRenamed }} {...handlers} />
    ),
    [task, index, count, top, reader, now, isActive, isOwnOrder, isDragged, isRenamed, handlers],
  );
};
