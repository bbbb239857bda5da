import type { LocalTask } from '@taskward/client';
import type { ComponentChildren } from 'preact';
import { Icon } from '../app/icons.tsx';
import type { Reader } from '../format/days.ts';
import { dueText } from '../format/due-text.ts';
import { repeatText } from '../format/repeat-text.ts';

/** The names of priorities. */
export const priorityNames = { urgent: 'Urgent', high: 'High', medium: 'Medium', low: 'Low' } as const;

/** One fact. Screen readers hear a comma after it, where others see a space. */
const Fact = ({
  look = '',
  title,
  children,
}: {
  readonly look?: string;
  readonly title?: string;
  readonly children: ComponentChildren;
}) => (
  <span class={`fact ${look}`} title={title}>
    {children}
    <span class="visually-hidden">, </span>
  </span>
);

const DueFact = ({
  task,
  reader,
  now,
}: {
  readonly task: LocalTask;
  readonly reader: Reader;
  readonly now: number;
}) => {
  const due = dueText(task, now, reader);
  if (due === undefined) return null;
  return (
    <Fact look={`due-${due.state}`} title={due.full}>
      <Icon name={due.state === 'overdue' ? 'warning' : 'calendar'} />
      {due.state === 'overdue' && (
        <>
          <b>Overdue</b>{' '}
        </>
      )}
      <time dateTime={due.dateTime} lang={reader.locale}>
        {due.text}
      </time>
    </Fact>
  );
};

/** What is known of a task beside its title: when it is due, how urgent it is, and so on. */
export const TaskFacts = ({
  id,
  task,
  reader,
  now,
}: {
  readonly id: string;
  readonly task: LocalTask;
  readonly reader: Reader;
  readonly now: number;
}) => {
  const repeat = repeatText(task.repeat, reader.locale);
  return (
    <div class="facts" id={id}>
      <DueFact {...{ task, reader, now }} />
      {task.priority !== null && (
        <Fact look={`priority-${task.priority}`}>
          <Icon name="flag" />
          {priorityNames[task.priority]}
          <span class="visually-hidden"> priority</span>
        </Fact>
      )}
      {repeat !== '' && (
        <Fact>
          <Icon name="repeat" />
          <span class="visually-hidden">Repeats </span>
          {repeat}
        </Fact>
      )}
      {task.reminders.length > 0 && (
        <Fact title="Has reminders">
          <Icon name="bell" />
          <span class="visually-hidden">Has reminders</span>
        </Fact>
      )}
      {task.tags.map((tag) => (
        <Fact key={tag}>#{tag}</Fact>
      ))}
      {task.isPending && (
        <Fact look="pending" title="Not sent yet">
          <Icon name="unsent" />
          <span class="visually-hidden">Not sent yet</span>
        </Fact>
      )}
    </div>
  );
};
