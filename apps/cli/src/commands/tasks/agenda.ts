import type { Cradle } from '@taskward/api';
import { type TaskRecord, toRecord } from '@taskward/application';
import { dayAt, type Instant, type Planning, toInstant } from '@taskward/domain';
import type { Command } from 'commander';
import { count, type OfUser, ofUser, type WithJson, withExamples, withJson } from '../../input/options.ts';
import { type Agenda, type AgendaDay, agendaText } from '../../output/agenda-text.ts';
import { writeResult } from '../../output/output.ts';
import { taskPages } from '../../output/pages.ts';
import { isOverdue } from '../../output/task-text.ts';
import { planningOf } from '../../runtime/planning.ts';
import { withTaskward } from '../../runtime/session.ts';

interface AgendaOptions extends OfUser, WithJson {
  readonly days: number;
}

const daysOf = (tasks: readonly TaskRecord[], planning: Planning): AgendaDay[] =>
  [...Map.groupBy(tasks, ({ due_at }) => dayAt(due_at as Instant, planning))].map(([date, of]) => ({
    date,
    tasks: of,
  }));

const readAgenda = async (cradle: Cradle, { user, days }: AgendaOptions, planning: Planning): Promise<Agenda> => {
  const today = dayAt(toInstant(new Date().toISOString()), planning);
  const dueBefore = planning.calendar.addDays(today, days + 1);
  const tasks: TaskRecord[] = [];
  const list = { status: 'pending', dueBefore, sort: [{ field: 'due_date', order: 'asc' }] } as const;
  for await (const page of taskPages(cradle.useCases, user, list)) tasks.push(...page.map(toRecord));
  const due = tasks.filter((task) => !isOverdue(task));
  const [first, ...later] = daysOf(due, planning);
  const isToday = first?.date === today;
  return {
    date: today,
    time_zone: planning.settings.time_zone,
    overdue: tasks.filter(isOverdue),
    today: isToday ? first.tasks : [],
    days: isToday || first === undefined ? later : [first, ...later],
  };
};

const showAgenda = async (options: AgendaOptions) =>
  withTaskward(async (cradle) => {
    const planning = await planningOf(cradle, options.user);
    const agenda = await readAgenda(cradle, options, planning);
    await writeResult(options, agendaText(agenda, planning), agenda);
  });

/** `taskward agenda` */
export const addAgendaCommand = (program: Command): void => {
  withExamples(
    withJson(
      ofUser(
        program
          .command('agenda')
          .description('show what is overdue, due today and on the days after it, on the clock of the user’s settings'),
      ),
    ).option('--days <number>', 'how many days after today', count, 7),
    'taskward agenda --user demo',
    'taskward agenda --days 30 --user demo',
    "taskward agenda --user demo | jq -r '.today[].title'",
  ).action(showAgenda);
};
