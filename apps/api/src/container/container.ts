import cluster from 'node:cluster';
import type { AgentHandler, AuthSettings, KeySet, RateCounter } from '@taskward/adapters-http';
import { makeCalendar, makePositionKeys } from '@taskward/adapters-planning';
import {
  closeDatabase,
  type Database,
  makeChangeRetention,
  makeIdempotencyStore,
  makeImportStore,
  makeOwnerPorts,
  makeReminderQueue,
  makeUserDirectory,
  makeWebhookStore,
  openDatabase,
  type PolledChangeFeed,
  type Replica,
} from '@taskward/adapters-postgres';
import type { Tracing } from '@taskward/adapters-tracing';
import type { HttpWebhookSender } from '@taskward/adapters-webhooks';
import {
  type ChangeFeed,
  type ChangeRetention,
  type Clock,
  defaultLimits,
  type IdempotencyStore,
  type ImportStore,
  type Jobs,
  type Limits,
  makeJobs,
  makeReminderUseCases,
  makeUseCases,
  makeWebhookUseCases,
  type OwnerPorts,
  type ReminderQueue,
  type ReminderUseCases,
  type TaskRepository,
  type UseCases,
  type UserDirectory,
  type WebhookSecrets,
  type WebhookStore,
  type WebhookUseCases,
} from '@taskward/application';
import type { Calendar, PositionKeys } from '@taskward/domain';
import { asFunction, asValue, createContainer, InjectionMode } from 'awilix';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { makeRelayedChangeFeed } from '../cluster/relayed-change-feed.ts';
import type { Resources } from '../configuration/local-resources.ts';
import { makeAgentHandler } from './agents.ts';
import { type Audit, makeAudit, withAudit } from './audit.ts';
import { makeAuthSettings, makeConfiguredKeySet } from './auth.ts';
import { makeChangeFeed } from './change-feed.ts';
import { makeSystemClock } from './clock.ts';
import { makeLog } from './log.ts';
import { makeRedis } from './redis.ts';
import { makeSharedChangeFeed } from './redis-change-feed.ts';
import { makeRedisRateCounter } from './redis-rate-counter.ts';
import { makeReplica } from './replica.ts';
import type { MakeTracing } from './tracing.ts';
import { makeConfiguredSecrets, makeConfiguredSender } from './webhooks.ts';

/** Everything in the container. Each factory takes its dependencies from here by name. */
export interface Cradle {
  config: Resources['config'];
  log: Logger;
  audit: Audit;
  clock: Clock;
  calendar: Calendar;
  keys: PositionKeys;
  limits: Limits;
  database: Database;
  /** The standby that may answer lists, if any. */
  replica: Replica | undefined;
  ownerPorts: OwnerPorts;
  changeRetention: ChangeRetention;
  polledFeed: PolledChangeFeed;
  feed: ChangeFeed;
  tasks: TaskRepository;
  idempotency: IdempotencyStore;
  imports: ImportStore;
  users: UserDirectory;
  useCases: UseCases;
  jobs: Jobs;
  webhookStore: WebhookStore;
  webhookSender: HttpWebhookSender;
  webhookSecrets: WebhookSecrets;
  random: () => number;
  webhooks: WebhookUseCases;
  reminderQueue: ReminderQueue;
  reminders: ReminderUseCases;
  keySet: KeySet | undefined;
  auth: AuthSettings;
  /** Answers agents, if they are served. */
  agents: AgentHandler | undefined;
  redis: Redis | undefined;
  /** The rate counter that all processes share, if any. */
  rateCounter: RateCounter | undefined;
  /** Traces of requests, if there are any. */
  tracing: Tracing | undefined;
}

/** Builds the container, which wires ports to adapters for both driving adapters, the API and the command line. */
export const buildContainer = (config: Cradle['config']) =>
  createContainer<Cradle>({ injectionMode: InjectionMode.PROXY, strict: true }).register({
    config: asValue(config),
    // Standard output is for what commands print.
    log: asFunction((cradle: Cradle) => makeLog(cradle, 'stderr')).singleton(),
    clock: asFunction(makeSystemClock).singleton(),
    calendar: asFunction(makeCalendar).singleton(),
    keys: asFunction(makePositionKeys).singleton(),
    limits: asFunction(({ config }: Cradle) => ({
      ...defaultLimits,
      tasksPerUser: config.maxTasksPerUser,
    })).singleton(),
    tracing: asValue(undefined),
    database: asFunction(({ config, log, tracing }: Cradle) =>
      openDatabase(config.databaseUrl, config.pool, {
        log: (message) => log.warn(message),
        passwordFile: config.databasePasswordFile,
        observer: tracing?.observer,
      }),
    )
      .singleton()
      .disposer(closeDatabase),
    replica: asValue(undefined),
    ownerPorts: asFunction(makeOwnerPorts).singleton(),
    tasks: asFunction(({ ownerPorts }: Cradle) => ownerPorts.tasks).singleton(),
    changeRetention: asFunction(makeChangeRetention).singleton(),
    idempotency: asFunction(makeIdempotencyStore).singleton(),
    imports: asFunction(makeImportStore).singleton(),
    users: asFunction(makeUserDirectory).singleton(),
    polledFeed: asFunction(makeChangeFeed)
      .singleton()
      .disposer((feed) => feed.close()),
    feed: asFunction(({ polledFeed }: Cradle): ChangeFeed => polledFeed).singleton(),
    useCases: asFunction(({ ownerPorts, changeRetention, idempotency, feed, clock, calendar, keys, limits }: Cradle) =>
      makeUseCases({ ...ownerPorts, changeRetention, idempotency, feed, clock, calendar, keys, limits }),
    ).singleton(),
    audit: asFunction(makeAudit).singleton(),
    jobs: asFunction((cradle: Cradle) => withAudit(makeJobs(cradle), cradle.audit)).singleton(),
    webhookStore: asFunction(makeWebhookStore).singleton(),
    webhookSender: asFunction(makeConfiguredSender)
      .singleton()
      .disposer((sender) => sender.close()),
    webhookSecrets: asFunction(makeConfiguredSecrets).singleton(),
    random: asValue(Math.random),
    webhooks: asFunction(makeWebhookUseCases).singleton(),
    reminderQueue: asFunction(makeReminderQueue).singleton(),
    reminders: asFunction(makeReminderUseCases).singleton(),
    keySet: asFunction(makeConfiguredKeySet).singleton(),
    auth: asFunction(makeAuthSettings).singleton(),
    agents: asFunction(makeAgentHandler).singleton(),
    redis: asFunction(makeRedis)
      .singleton()
      .disposer((redis) => redis?.disconnect()),
    rateCounter: asFunction(makeRedisRateCounter).singleton(),
  });

/**
 * The same for a server, which may read from a replica, and whose requests may be traced. Its processes tell each other of
 * changes: through Redis, or else those of one machine through the primary. The command line does none of these.
 */
export const buildServerContainer = (config: Cradle['config'], makeTracing: MakeTracing) =>
  buildContainer(config).register({
    log: asFunction((cradle: Cradle) => makeLog(cradle)).singleton(),
    tracing: asFunction(makeTracing)
      .singleton()
      .disposer((tracing) => tracing?.close()),
    replica: asFunction(makeReplica)
      .singleton()
      .disposer((replica) => replica?.close()),
    feed: asFunction((cradle: Cradle) =>
      cluster.isWorker && cradle.redis === undefined ? makeRelayedChangeFeed(cradle) : makeSharedChangeFeed(cradle),
    )
      .singleton()
      .disposer((feed) => feed.close()),
  });
