import { toRecord } from '@taskward/application';
import type { TaskEvent } from '@taskward/domain';

/** The media type of an event in JSON. */
export const cloudEventType = 'application/cloudevents+json';

/**
 * Returns an event in the structured mode of CloudEvents 1.0, as JSON.
 * @param source the system that it comes from, as a URI reference
 */
export const toCloudEvent = (
  { type, task, changed, revision, at, reminder }: TaskEvent,
  id: string,
  source: string,
): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source,
    type: `taskward.task.${type}`,
    subject: `users/${encodeURIComponent(task.owner)}/tasks/${task.id}`,
    time: at,
    datacontenttype: 'application/json',
    data: { task: toRecord(task), changed, revision, ...(reminder && { reminder }) },
  });
