import { type SummaryWithTags, type TaskRecord, toRecord } from '@taskward/application';
import { priorities as levelsOfPriority } from '@taskward/domain';
import { type ListQuery, toTaskQuery } from '@taskward/task-schemas';
import type { ToolContext } from '../calls/tool.ts';
import { taskLine, tasksText } from '../texts/task-text.ts';

const tasksPerSection = 15;

/** Some of the user's tasks, under a heading. */
export interface Section {
  readonly heading: string;
  readonly tasks: readonly TaskRecord[];
  /** How many tasks there are, including those that are left out. */
  readonly total: number;
}

const asked = {
  overdue: { heading: 'Overdue', query: { status: 'pending', due: 'overdue', sort: ['due_date', 'priority'] } },
  today: { heading: 'Due today', query: { status: 'pending', due: 'today', sort: ['priority', 'due_date'] } },
  week: { heading: 'Due this week', query: { status: 'pending', due: 'week', sort: ['due_date', 'priority'] } },
  high: {
    heading: 'Urgent or of high priority',
    query: { status: 'pending', priority: ['urgent', 'high'], sort: ['priority', 'due_date'] },
  },
  done: { heading: 'Done last', query: { status: 'completed', sort: ['-completed_at'] } },
} satisfies Record<string, { heading: string; query: ListQuery }>;

export type SectionName = keyof typeof asked;

/** Reads a section of the user's tasks. */
export const readSection = async ({ useCases, actor, owner }: ToolContext, name: SectionName): Promise<Section> => {
  const { heading, query } = asked[name];
  const page = await useCases.listTasks(actor, {
    owner,
    query: toTaskQuery(owner, { ...query, limit: tasksPerSection, count: true }),
  });
  return { heading, tasks: page.tasks.map(toRecord), total: page.total ?? page.tasks.length };
};

/** Formats a section. */
export const sectionText = ({ heading, tasks, total }: Section): string => {
  if (total === 0) return `${heading}: none.`;
  const left = total - tasks.length;
  const more = left > 0 ? [`and ${left} more: list_tasks has them.`] : [];
  return [`${heading}, ${tasksText(total)}:`, ...tasks.map(taskLine), ...more].join('\n');
};

/** Formats the counts of the user's tasks. */
export const summaryText = ({ pending, completed, overdue, today, priorities }: SummaryWithTags): string => {
  const levels = [...levelsOfPriority, 'none' as const].map((name) => `${priorities[name]} ${name}`);
  return `${tasksText(pending)} open, ${completed} done; ${overdue} overdue, ${today} due today. By priority: ${levels.join(', ')}.`;
};
