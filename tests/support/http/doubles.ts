import { inspect } from 'node:util';
import type { TaskRepository } from '@taskward/application';
import type { FastifyBaseLogger } from 'fastify';

/** A store that passes every call on to `on` first: to record it, or to fail. */
export const aStoreThat = <Store extends object = TaskRepository>(on: (method: string) => void, store: Store): Store =>
  new Proxy(store, {
    get:
      (target, name) =>
      async (...parameters: never[]) => {
        on(String(name));
        return (target[name as keyof Store] as (...parameters: never[]) => unknown)(...parameters);
      },
  });

/** A log that keeps everything it is given. */
export const aLog = () => {
  const lines: string[] = [];
  const make = (bindings: object): FastifyBaseLogger => {
    const write =
      (level: string) =>
      (...logged: unknown[]) =>
        void lines.push(inspect({ ...bindings, level, logged }, { depth: 8, maxStringLength: null, breakLength: 1e9 }));
    const levels = Object.fromEntries(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace'].map((level) => [level, write(level)]),
    );
    const logger = {
      ...levels,
      silent: () => {},
      level: 'trace',
      child: (more: object) => make({ ...bindings, ...more }),
    };
    return logger as unknown as FastifyBaseLogger;
  };
  return { lines, logger: make({}) };
};
