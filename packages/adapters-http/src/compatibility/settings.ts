/** What `COMPATIBILITY` can switch on: changes of the responses, for clients that were written for another backend. */
export const compatibilitySettings = [
  // The shapes of responses
  'bare',
  'tasks',
  'items',
  'data-tasks',
  'task',
  'delete-json',
  'json-errors',
  // What a task has
  'text-ids',
  'camel-case',
  'one-spelling',
  'is-completed',
  'is-overdue',
  'recurrence-pattern',
  'status',
  'status-done',
  'status-todo',
  'status-upper',
  'status-upper-complete',
  'status-upper-todo',
  'status-upper-to-do',
  'priority-medium',
  'priority-upper',
  'priority-title',
  'tags-text',
  'extra-fields',
] as const;

/** The shapes of lists, of which only one can be on. */
export const listShapes = ['tasks', 'items', 'data-tasks'] as const satisfies readonly CompatibilitySetting[];

/** How an open and a completed task are called in `status`. */
export interface StatusWords {
  readonly open: string;
  readonly done: string;
}

/** The words of each setting that responds with a `status`, of which only one can be on. */
export const statusWords = {
  status: { open: 'pending', done: 'completed' },
  'status-done': { open: 'pending', done: 'done' },
  'status-todo': { open: 'todo', done: 'done' },
  'status-upper': { open: 'PENDING', done: 'COMPLETED' },
  'status-upper-complete': { open: 'INCOMPLETE', done: 'COMPLETE' },
  'status-upper-todo': { open: 'TODO', done: 'DONE' },
  'status-upper-to-do': { open: 'TO_DO', done: 'DONE' },
} as const satisfies Partial<Record<CompatibilitySetting, StatusWords>>;

type StatusSetting = keyof typeof statusWords;

const statusSettings = Object.keys(statusWords) as readonly StatusSetting[];

/** The settings of which only one of each group can be on. */
export const exclusiveSettings: readonly (readonly CompatibilitySetting[])[] = [listShapes, statusSettings];

/** Returns the words of `status` in responses; `undefined` if there is none. */
export const statusWordsOf = (settings: CompatibilitySettings): StatusWords | undefined => {
  const setting = statusSettings.find((name) => settings.has(name));
  return setting && statusWords[setting];
};

/** The name of a setting. */
export type CompatibilitySetting = (typeof compatibilitySettings)[number];

/** The settings that are on. */
export type CompatibilitySettings = ReadonlySet<CompatibilitySetting>;
