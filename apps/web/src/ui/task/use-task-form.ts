import type { LocalTask } from '@taskward/client';
import { useRef } from 'preact/hooks';
import { useUi } from '../app/context.ts';
import { useDraft } from '../app/hooks.ts';
import type { Reader } from '../format/days.ts';
import { changesOf, formOf, type TaskForm } from './task-form.ts';

interface FormDraft {
  readonly form: TaskForm;
  readonly before: TaskForm;
}

/** A task's form. What was typed is kept until it is saved or discarded, also when the dialog is closed. */
export const useTaskForm = (task: LocalTask, reader: Reader) => {
  const { drafts } = useUi();
  const [draft, setDraft] = useDraft<FormDraft>(drafts, `details ${task.key}`);
  const wasDraft = useRef(draft !== undefined);
  const { form, before } = draft ?? { form: formOf(task, reader), before: formOf(task, reader) };
  const changes = changesOf(form, before, task, reader);
  return {
    form,
    before,
    changes,
    /** Whether what is shown was typed earlier. */
    isOldDraft: wasDraft.current && draft !== undefined,
    change: (fields: Partial<TaskForm>) => {
      const next = { ...form, ...fields };
      const isBack = Object.keys(changesOf(next, before, task, reader)).length === 0;
      setDraft(isBack ? undefined : { form: next, before });
    },
    discard: () => setDraft(undefined),
  };
};
