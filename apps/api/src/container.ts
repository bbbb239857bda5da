import { closeDatabase, type Database, makeTaskRepository, openDatabase } from '@taskward/adapters-postgres';
import { type Clock, makeUseCases, type TaskRepository, type UseCases } from '@taskward/application';
import { asFunction, asValue, createContainer, InjectionMode } from 'awilix';
import type { Logger } from 'pino';
import { makeSystemClock } from './clock.ts';
import type { Resources } from './local-resources.ts';
import { makeLog } from './log.ts';

/** Everything the container holds. Each maker takes what it needs from here by name. */
export interface Cradle {
  config: Resources['config'];
  log: Logger;
  clock: Clock;
  database: Database;
  tasks: TaskRepository;
  useCases: UseCases;
}

/** Wires ports to adapters: the whole of Taskward behind its driving sides, the API and the command line. */
export const buildContainer = (config: Cradle['config']) =>
  createContainer<Cradle>({ injectionMode: InjectionMode.PROXY, strict: true }).register({
    config: asValue(config),
    log: asFunction(makeLog).singleton(),
    clock: asFunction(makeSystemClock).singleton(),
    database: asFunction(({ config, log }: Cradle) =>
      openDatabase(config.databaseUrl, config.pool, (message) => log.warn(message)),
    )
      .singleton()
      .disposer(closeDatabase),
    tasks: asFunction(makeTaskRepository).singleton(),
    useCases: asFunction(makeUseCases).singleton(),
  });
