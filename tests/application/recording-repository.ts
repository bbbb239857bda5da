import type { TaskRepository } from '@taskward/application';

/** One call of a method of the repository. */
export interface Call {
  readonly method: keyof TaskRepository;
  readonly args: readonly unknown[];
}

/** A repository that notes what it is asked, and asks another, or fails with the error that it is given. */
export const recording = (
  tasks: TaskRepository,
  { failingWith }: { failingWith?: Error } = {},
): { readonly tasks: TaskRepository; readonly calls: Call[] } => {
  const calls: Call[] = [];
  const note = async (method: keyof TaskRepository, args: readonly unknown[]): Promise<void> => {
    calls.push({ method, args });
    if (failingWith !== undefined) throw failingWith;
  };
  return {
    calls,
    tasks: {
      add: (...args) => note('add', args).then(() => tasks.add(...args)),
      get: (...args) => note('get', args).then(() => tasks.get(...args)),
      list: (...args) => note('list', args).then(() => tasks.list(...args)),
      revision: (...args) => note('revision', args).then(() => tasks.revision(...args)),
      update: (...args) => note('update', args).then(() => tasks.update(...args)),
      remove: (...args) => note('remove', args).then(() => tasks.remove(...args)),
      transact: (...args) => note('transact', args).then(() => tasks.transact(...args)),
    },
  };
};
