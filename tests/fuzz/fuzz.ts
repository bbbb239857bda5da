// Sends requests generated from an app's document, and collects what is wrong with the responses.
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { aCaller, type Caller } from '../support/http/api.ts';
import { documentOf } from '../support/http/openapi-document.ts';
import type { CursorOfList } from './cursors.ts';
import { exchange, type HttpResponse } from './exchange.ts';
import { makeOracle } from './oracle.ts';
import { asShell } from './print.ts';
import type { Subject } from './queries.ts';
import { type FuzzRequest, requestsOf } from './requests.ts';

/** Something wrong with a response. */
export interface Failure {
  readonly request: FuzzRequest;
  readonly response: HttpResponse | undefined;
  /** The operation and what is wrong: findings of one kind are reported once. */
  readonly kind: string;
  readonly fault: string;
}

/** A known fault that is being mended, and how to recognize it. */
export interface KnownFault {
  readonly why: string;
  is(failure: Failure): boolean;
}

/** How much to send, and from which seed. */
export interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
  readonly knownFaults?: readonly KnownFault[];
  /** How many kinds of findings to look for before it ends; 10 if not given. */
  readonly maxFailures?: number;
}

/** What came of it. */
export interface FuzzReport {
  readonly requests: number;
  readonly onSockets: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** How many responses below 300 each operation gave. */
  readonly done: Readonly<Record<string, number>>;
  /** How often each known fault was met. */
  readonly known: Readonly<Record<string, number>>;
  /** A text for each kind of finding: what is wrong, the smallest request that was found, its response, the seed. */
  readonly failures: readonly string[];
}

// After so many requests a user has other tasks than at first: others follow with a new user.
const perUser = 250;

const nextCursor = /"next_cursor":"([^"]+)"/;

/** A user with a dozen tasks and the cursors that lead through them. */
const aSubject = async (me: Caller): Promise<Subject> => {
  const operations = Array.from({ length: 12 }, (_, n) => ({
    op: 'create',
    title: `task ${n % 5}`,
    completed: n % 3 === 0,
    ...(n % 2 === 0 && { priority: 'high', tags: ['home'], due_date: `2026-12-0${1 + (n % 5)}` }),
    ...(n % 4 === 0 && { repeat: 'monthly', reminders: [{ before: 'P1D' }] }),
  }));
  await me.call('POST', '/api/tasks/batch', { operations });
  const cursors: CursorOfList[] = [];
  const orders = [
    ...['created_at', 'updated_at', 'title'].flatMap((sort) => ['asc', 'desc'].map((order) => ({ sort, order }))),
    ...['priority,due_date', '-due_date', 'position', 'completed_at'].map((sort) => ({ sort })),
  ];
  for (const order of orders)
    for (const more of [{}, { status: 'pending' }, { search: 'task' }]) {
      const list = { ...order, ...more };
      const { body } = await me.call('GET', `/api/tasks?${new URLSearchParams({ ...list, limit: '2' })}`);
      cursors.push({ cursor: nextCursor.exec(body)?.[1] ?? '', list });
    }
  return { userId: me.userId, cursors };
};

const told = ({ request, response, fault, kind }: Failure, seed: number): string => {
  const got =
    response === undefined
      ? ''
      : `\nanswer: ${response.statusCode} ${JSON.stringify(response.headers)}\n${response.body.slice(0, 2000)}`;
  return `${kind}\n${fault}\nTASKWARD_FUZZ_SEED=${seed}, sent as: ${request.framing}\n${asShell(request)}${got}`;
};

/** Sends so many requests to an app that listens, over several users, two at a time. */
export const fuzz = async (app: FastifyInstance, options: FuzzOptions): Promise<FuzzReport> => {
  const { count, seed, knownFaults = [], maxFailures = 10 } = options;
  const documentation = await documentOf(app);
  const { faultOf, nameOf } = makeOracle(documentation);
  const statuses: Record<string, number> = {};
  const done: Record<string, number> = {};
  const known: Record<string, number> = {};
  const failures = new Map<string, string>();
  let requests = 0;
  let onSockets = 0;

  const add = (counts: Record<string, number>, name: string | number) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };

  const failureOf = async (request: FuzzRequest): Promise<Failure | undefined> => {
    const { responses, isMeant, broken } = await exchange(app, request);
    requests += 1;
    if (request.framing !== 'inject') onSockets += 1;
    const name = nameOf(request);
    const failure = (fault: string, response?: HttpResponse): Failure => {
      const rule = fault.replace(/^[A-Z]+ \/\S* \d+: /, '').replace(/[:?].*/s, '');
      const where = isMeant ? name : request.framing;
      return { request, response, fault, kind: `${where} → ${response?.statusCode ?? 'nothing'}: ${rule}` };
    };
    if (broken !== undefined) return failure(broken, responses.at(-1));
    for (const response of responses) {
      add(statuses, response.statusCode);
      if (isMeant && response.statusCode < 300) add(done, name);
      const fault = faultOf(request, response, isMeant);
      if (fault !== undefined) return failure(fault, response);
    }
    return undefined;
  };

  const check = async (ofUser: number): Promise<void> => {
    const subject = await aSubject(aCaller(app));
    let last: Failure | undefined;
    const property = fc.asyncProperty(requestsOf(documentation.document, subject), async (request) => {
      const failure = await failureOf(request);
      if (failure === undefined || failures.has(failure.kind)) return true;
      const entry = knownFaults.find((one) => one.is(failure));
      if (entry === undefined) {
        last = failure;
        return false;
      }
      add(known, entry.why);
      return true;
    });
    const result = await fc.check(property, { numRuns: Math.min(perUser, count), seed: ofUser });
    if (result.failed && last === undefined) throw result.errorInstance;
    if (last !== undefined) failures.set(last.kind, told(last, ofUser));
  };

  // What waits for the database in one is time for the other.
  const worker = async (first: number) => {
    for (let offset = first; requests < count && failures.size < maxFailures; offset += 2) await check(seed + offset);
  };
  await Promise.all([worker(0), worker(1)]);
  return { requests, onSockets, statuses, done, known, failures: [...failures.values()] };
};

/** Where an app listens for a run. */
export const loopback = { host: '127.0.0.1', port: 0 };
