/** What `COMPATIBILITY` can switch on: changes of the responses, for clients that were written for another backend. */
export const compatibilitySettings = [
  // The shapes of responses
  'bare',
  'tasks',
  'items',
  'data-tasks',
  'task',
  'delete-json',
  // What a task has
  'camel-case',
  'is-completed',
  'recurrence-pattern',
  'status',
  'priority-medium',
  'priority-upper',
  'priority-title',
  'tags-text',
  'extra-fields',
] as const;

/** The shapes of lists, of which only one can be on. */
export const listShapes = ['tasks', 'items', 'data-tasks'] as const satisfies readonly CompatibilitySetting[];

/** The name of a setting. */
export type CompatibilitySetting = (typeof compatibilitySettings)[number];

/** The settings that are on. */
export type CompatibilitySettings = ReadonlySet<CompatibilitySetting>;
