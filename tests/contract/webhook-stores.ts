import type { Endpoint, OutboxEntry, TaskRepository, UserDirectory, WebhookStore } from '@taskward/application';
import { type Instant, taskEventTypes, toInstant, type UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser } from '../support/builders.ts';

/** The webhook store, and the stores whose changes it keeps. */
export interface WebhookStores {
  readonly tasks: TaskRepository;
  readonly users: UserDirectory;
  readonly webhooks: WebhookStore;
}
/** Makes stores without endpoints, which no other test uses meanwhile. */
export type MakeWebhookStores = (scope: Test) => Promise<WebhookStores>;

/** When everything happens, and some milliseconds after it. */
export const start = anInstant('2026-12-01T00:00:00.000Z');
export const after = (milliseconds: number): Instant =>
  toInstant(new Date(Date.parse(start) + milliseconds).toISOString());

export const anEndpoint = async (webhooks: WebhookStore, url = 'https://app.example/events'): Promise<Endpoint> => {
  const endpoint = await webhooks.add({ url, events: taskEventTypes }, start);
  if (endpoint === undefined) throw new Error('there is one with this URL');
  return endpoint;
};

/** Routes everything to all endpoints, and returns what there was. */
export const dispatchAll = async (webhooks: WebhookStore, limit = 1_000): Promise<OutboxEntry[]> => {
  const kept: OutboxEntry[] = [];
  await webhooks.dispatch(limit, start, (logged, endpoints) => {
    kept.push(logged);
    return endpoints.map(({ id }) => id);
  });
  return kept.sort((a, b) => a.change.revision - b.change.revision);
};

export const addTasks = async (tasks: TaskRepository, count: number, owner: UserId = aUser()): Promise<UserId> => {
  for (let n = 0; n < count; n += 1) await tasks.add(aDraft(owner), anOrigin());
  return owner;
};
