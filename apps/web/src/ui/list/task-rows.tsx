import type { LocalTask } from '@taskward/client';
import { useRef } from 'preact/hooks';
import type { ListState } from '../../list/task-list.ts';
import { useUi } from '../app/context.ts';
import type { Reader } from '../format/days.ts';
import { TaskRow } from '../task/task-row.tsx';
import { placeOfStep } from './drag-place.ts';
import { useDrag } from './use-drag.ts';
import { useRowCommands } from './use-row-commands.ts';
import { useRowFocus } from './use-row-focus.ts';
import { useViewport } from './use-viewport.ts';
import { rowsOf } from './virtual-window.ts';

/** The tasks, of which only those that can be seen are in the document. */
export const TaskRows = ({
  state: { tasks, filter },
  reader,
  now,
}: {
  readonly state: ListState;
  readonly reader: Reader;
  readonly now: number;
}) => {
  const { list: taskList } = useUi();
  const [list, probe] = [useRef<HTMLUListElement>(null), useRef<HTMLDivElement>(null)];
  const { window, rowHeight, reveal } = useViewport(list, probe, tasks.length);
  const { active, focus, activate } = useRowFocus(tasks, list, reveal, () =>
    document.getElementById('new-task')?.focus(),
  );
  const isOwnOrder = filter.sort === 'position';
  const { drag, start } = useDrag(tasks, list, rowHeight, (key, place) => void taskList.move(key, place));
  const step = (index: number, by: -1 | 1) => {
    const place = isOwnOrder
      ? placeOfStep(
          tasks.map(({ key }) => key),
          index,
          by,
        )
      : undefined;
    if (place !== undefined) void taskList.move((tasks[index] as LocalTask).key, place);
  };
  const { renamed, endRename, rename } = useRowCommands({ tasks, list, active, focus, activate, step });

  const dragged = drag === undefined ? -1 : tasks.findIndex(({ key }) => key === drag.key);
  const top = (index: number): number =>
    drag !== undefined && index === dragged ? drag.y - rowHeight / 2 : index * rowHeight;
  return (
    <div class="rows">
      <div ref={probe} class="row-probe" />
      {drag !== undefined && (
        <div class="drop-line" style={{ transform: `translateY(${drag.gap * rowHeight - 1}px)` }} />
      )}
      <ul
        ref={list}
        // biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none
        role="list"
        aria-label="Tasks"
        class="row-list"
        style={{ height: `${tasks.length * rowHeight}px` }}
      >
        {rowsOf(window, tasks.length, [active, dragged]).map((index) => {
          const task = tasks[index] as LocalTask;
          return (
            <TaskRow
              key={task.key}
              {...{ task, index, reader, now, isOwnOrder }}
              count={tasks.length}
              top={top(index)}
              isActive={index === active}
              isDragged={index === dragged}
              isRenamed={task.key === renamed}
              onActivate={activate}
              onRename={rename}
              onRenamed={endRename}
              onGrip={(event) => start(event, task.key, index)}
            />
          );
        })}
      </ul>
    </div>
  );
};
