/** The priorities of a task, highest first. */
export const priorities = ['urgent', 'high', 'medium', 'low'] as const;

/** How urgent a task is. */
export type Priority = (typeof priorities)[number];
