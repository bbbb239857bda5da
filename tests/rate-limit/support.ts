import type { TaskRepository } from '@taskward/application';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import { anApi, type Caller } from '../support/http/api.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';

interface Settings {
  readonly max?: number;
  readonly windowSeconds?: number;
  readonly tasks?: TaskRepository;
  readonly trustedProxies?: readonly string[];
}

/** An API that by default lets each user, and each address, call three times a minute. */
export const aLimitedApi = (t: Test, settings: Settings = {}): Promise<FastifyInstance> => {
  const { max = 3, windowSeconds = 60, tasks = makeMemoryTaskRepository(), ...rest } = settings;
  return anApi(t, tasks, { rateLimit: { max, windowSeconds }, ...rest });
};

/** The path of the style whose owner is in the token, and the user's own on the other. */
export const bothPaths = (caller: Caller): string[] => ['/api/tasks', caller.bare];

/** Calls without a token from an address. */
export const from = (
  app: FastifyInstance,
  remoteAddress: string,
  headers: Record<string, string> = {},
  url = '/api/tasks',
): Promise<LightMyRequestResponse> => app.inject({ url, remoteAddress, headers });

/** How many more calls a response says are left; NaN where it does not say. */
export const remaining = ({ headers }: LightMyRequestResponse): number =>
  Number.parseInt(String(headers['ratelimit-remaining']), 10);

/** Holds the clock, and moves it by hand. It runs again when the test ends. */
export const aHeldClock = (t: Test): { pass(milliseconds: number): void } => {
  let time = Date.now();
  t.intercept(Date, 'now', { value: () => time });
  return {
    pass: (milliseconds) => {
      time += milliseconds;
    },
  };
};
