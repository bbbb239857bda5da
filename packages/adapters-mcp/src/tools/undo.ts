import { type ChangeRecord, toChangeRecord } from '@taskward/application';
import { ChangeSchema, Revision } from '@taskward/task-schemas';
import { Type } from 'typebox';
import { taskNow } from '../calls/outcomes.ts';
import { type Accepted, defineWrite } from '../calls/tool.ts';

const changesOf = (outcome: Accepted): ChangeRecord[] => {
  if (outcome.kind === 'undone') return outcome.changes.map(toChangeRecord);
  throw new Error(`An undo came to \`${outcome.kind}\`.`);
};

const lineOf = (change: ChangeRecord): string =>
  change.op === 'put' ? taskNow(change.task) : `Task ${change.id} is in the trash.`;

export const undo = defineWrite({
  name: 'undo',
  title: 'Undo a change',
  description:
    'Takes a change back by a new one, with all that was changed in the same step. Every write returns its revision; history lists earlier ones. A field goes back only if nobody has changed it since. An undo can be undone.',
  isOnTask: false,
  isDestructive: true,
  isIdempotent: true,
  input: { revision: { ...Revision, description: 'The revision of the change to take back.' } },
  output: Type.Object({ changes: Type.Array(ChangeSchema, { description: 'What has become of each task.' }) }),
  toOperation: ({ revision }) => ({ kind: 'undo', revision }),
  toResult: (outcome, { revision }) => {
    const changes = changesOf(outcome);
    return { text: [`The change ${revision} is undone.`, ...changes.map(lineOf)].join('\n'), content: { changes } };
  },
});
