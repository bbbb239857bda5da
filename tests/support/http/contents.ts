import { type TaskFields, type WritableField, writableFields } from '@taskward/domain';
import { differingContents } from '../contents.ts';

/** The fields of a task that people can set. */
export type WrittenContent = Pick<TaskFields, WritableField>;

/** These fields of a task, or of anything else that has them. */
export const writtenOf = (task: WrittenContent): WrittenContent =>
  Object.fromEntries(writableFields.map((name) => [name, task[name]])) as unknown as WrittenContent;

// Names that could reach a prototype are not acceptable in a body, wherever they stand.
const isAcceptable = ({ metadata }: TaskFields): boolean => !/"(__proto__|prototype)":/.test(JSON.stringify(metadata));

/**
 * Two contents that differ in every field that people can set. Only the second one is completed, and only it recurs: to
 * complete a task that recurs would move it on.
 */
export const differingWritten = (): readonly [WrittenContent, WrittenContent] => {
  const [before, after] = differingContents();
  if (after.repeat === null || !isAcceptable(before) || !isAcceptable(after)) return differingWritten();
  return [writtenOf({ ...before, completed: false, repeat: null }), writtenOf({ ...after, completed: true })];
};
