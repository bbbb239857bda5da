import type { LocalTask } from '@taskward/client';
import type { ListPlace } from '../../list/task-list.ts';
import { useUi } from '../app/context.ts';
import { placeOfStep } from '../list/drag-place.ts';

/** Moves a task in the user's own order without dragging. */
export const TaskMoves = ({ task, tasks }: { readonly task: LocalTask; readonly tasks: readonly LocalTask[] }) => {
  const { list, announce } = useUi();
  const keys = tasks.map(({ key }) => key);
  const index = keys.indexOf(task.key);
  if (index < 0) return null;
  const places: readonly (readonly [string, ListPlace | undefined])[] = [
    ['To the top', index === 0 ? undefined : { to: 'top' }],
    ['Up', placeOfStep(keys, index, -1)],
    ['Down', placeOfStep(keys, index, 1)],
    ['To the bottom', index === keys.length - 1 ? undefined : { to: 'bottom' }],
  ];
  return (
    <fieldset class="field-group">
      <legend>Place in the list</legend>
      <div class="field-row">
        {places.map(([text, place]) => (
          <button
            key={text}
            type="button"
            class="button"
            aria-disabled={place === undefined}
            onClick={() => {
              if (place !== undefined) void list.move(task.key, place).then(() => announce('Moved'));
            }}
          >
            {text}
          </button>
        ))}
      </div>
    </fieldset>
  );
};
