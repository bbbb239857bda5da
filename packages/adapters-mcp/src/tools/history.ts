import { type HistoryRecord, toHistoryRecord } from '@taskward/application';
import {
  defaultLimit,
  fromRevisionCursor,
  HistoryEntrySchema,
  PageQuerySchema,
  toRevisionCursor,
} from '@taskward/task-schemas';
import { Type } from 'typebox';
import { nextPage, ofTask } from '../calls/outcomes.ts';
import { defineRead } from '../calls/tool.ts';
import { valueText } from '../texts/task-text.ts';

const lineOf = ({ revision, at, kind, changed }: HistoryRecord): string => {
  const fields = Object.entries(changed).map(
    ([field, [before, after]]) => `${field} ${valueText(before)} → ${valueText(after)}`,
  );
  return `revision ${revision}, ${at}: ${[kind.replaceAll('_', ' '), ...fields].join('; ')}`;
};

export const history = defineRead({
  name: 'history',
  title: 'List what was done to a task',
  description:
    'Lists the changes of one task, newest first, also of a deleted one, with each value before and after. A `revision` is what undo takes.',
  input: { ...ofTask, ...PageQuerySchema.properties },
  output: Type.Object({
    changes: Type.Array(HistoryEntrySchema),
    ...nextPage,
  }),
  run: async ({ useCases, actor, owner }, { id, limit = defaultLimit, cursor }) => {
    const list = ['history', id];
    const before = cursor === undefined ? {} : { before: fromRevisionCursor(owner, list, cursor) };
    const { entries, next } = await useCases.taskHistory(actor, { owner, id, limit, ...before });
    const changes = entries.map(toHistoryRecord);
    const nextCursor = next === undefined ? undefined : toRevisionCursor(owner, list, next);
    const more =
      nextCursor === undefined ? [] : [`There are more: call history with id ${id} and cursor "${nextCursor}".`];
    return {
      text: [`The changes of task ${id}, newest first:`, ...changes.map(lineOf), ...more].join('\n'),
      content: { changes, ...(nextCursor !== undefined && { next_cursor: nextCursor }) },
    };
  },
});
