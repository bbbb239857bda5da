import assert from 'node:assert/strict';
import { toUserId } from '@taskward/domain';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { aUser } from '../support/builders.ts';
import { aCaller, type Caller, styles } from '../support/http/api.ts';
import type { Plan, TagChoice } from './requests.ts';

type Asked = Parameters<Caller['call']>;

/** A clock that stands still until it is told. */
export interface Hand {
  advance(milliseconds: number): void;
}

/** One user as both APIs know them, and what the responses said so far. */
interface User {
  readonly callers: readonly [Caller, Caller];
  readonly url: string;
  /** How many ids were given to their tasks. */
  lastId: number;
  /** The latest revision that was seen. */
  lastRevision: number;
  /** Where each of the two stands in the changes: they number accounts differently. */
  cursors: readonly [real: string | undefined, model: string | undefined];
  /** The tags of each task and list, the newest last. */
  readonly tags: Map<string, string[]>;
  /** Addresses of next pages. */
  readonly pages: string[];
  /** Requests with a key. */
  readonly keyed: Asked[];
}

// Requests are counted by the time of the wall.
const ignored = new Set(['date', 'connection', 'keep-alive', 'ratelimit-remaining', 'ratelimit-reset']);

const seen = ({ statusCode, headers, body }: LightMyRequestResponse) => ({
  statusCode,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !ignored.has(name))),
  body,
});

/** The API under test and the model, which get the same requests at the same times. */
export interface Pair {
  readonly apps: readonly [FastifyInstance, FastifyInstance];
  readonly style: keyof typeof styles;
  readonly hand: Hand;
  /** Called with every response of the API under test. */
  watch(response: LightMyRequestResponse): void;
}

/** Users that nobody knows yet, at both APIs. */
export class World {
  readonly #pair: Pair;
  readonly #users: User[];
  #requests = 0;

  constructor(pair: Pair, userCount: number) {
    this.#pair = pair;
    this.#users = Array.from({ length: userCount }, (_, n) => {
      const id = aUser();
      // A name may be anything that a token can carry, a slash and a percent sign among it.
      const userId = n === 0 ? id : toUserId(`${id} ${['', 'é/ü?#%2F', '👩🏽 "<\\>'][n] ?? n}`);
      const callers = pair.apps.map((app) => aCaller(app, userId)) as [Caller, Caller];
      const url = styles[pair.style].collection(callers[0]);
      return {
        callers,
        url,
        lastId: 0,
        lastRevision: 0,
        cursors: [undefined, undefined],
        tags: new Map(),
        pages: [],
        keyed: [],
      };
    });
  }

  /** Carries a plan out at both. @throws AssertionError when their responses differ */
  async carryOut(plan: Plan): Promise<void> {
    const user = this.#users[plan.user] as User;
    if (plan.kind === 'wait') return this.#pair.hand.advance(plan.milliseconds);
    this.#pair.hand.advance(this.#requests % 3);
    if (plan.kind === 'trespass') {
      const other = this.#users[(plan.user + 1) % this.#users.length] as User;
      return void (await this.#ask(user, ['GET', `${other.callers[0].bare}/${plan.task}`]));
    }
    if (plan.kind === 'changes') return this.#sync(user, plan);
    const asked = this.#asked(user, plan);
    if (asked !== undefined) await this.#ask(user, asked);
  }

  async #ask(user: User, [method, url, body, headers = {}]: Asked): Promise<void> {
    this.#requests += 1;
    // The same name for both: so even the bytes of an error are the same.
    const named = { ...headers, 'x-request-id': `request-${this.#requests}` };
    const [real, model] = (await Promise.all(user.callers.map((caller) => caller.call(method, url, body, named)))) as [
      LightMyRequestResponse,
      LightMyRequestResponse,
    ];
    this.#pair.watch(real);
    assert.deepEqual(seen(real), seen(model), `${method} ${url}`);
    assert.ok(real.statusCode < 500, `${method} ${url} → ${real.statusCode} ${real.body}`);
    if (headers['idempotency-key'] !== undefined) user.keyed.push([method, url, body, headers]);
    this.#learn(user, url, real);
  }

  async #sync(user: User, { begins, limit }: { begins: boolean; limit: number }): Promise<void> {
    this.#requests += 1;
    const named = { 'x-request-id': `request-${this.#requests}` };
    const read = async (caller: Caller, since: string | undefined) => {
      const place = `${user.url}/changes?limit=${limit}${begins || since === undefined ? '' : `&since=${since}`}`;
      const response = await caller.call('GET', place, undefined, named);
      const [, cursor] = /"cursor":"([^"]+)"/.exec(response.body) ?? [];
      const { etag, 'content-length': _length, ...headers } = seen(response).headers;
      const body = response.body.replace(/"cursor":"[^"]+"/, '');
      const same = { statusCode: response.statusCode, headers, body, revision: String(etag).split('-')[0] };
      return { response, cursor, same };
    };
    const [real, model] = await Promise.all([
      read(user.callers[0], user.cursors[0]),
      read(user.callers[1], user.cursors[1]),
    ]);
    this.#pair.watch(real.response);
    assert.deepEqual(real.same, model.same, `the changes, ${limit} at a time`);
    user.cursors = [real.cursor, model.cursor];
  }

  #learn(user: User, url: string, { statusCode, headers, body }: LightMyRequestResponse): void {
    const { etag, link, location } = headers;
    for (const [, id] of body.matchAll(/"id":(\d+)/g)) user.lastId = Math.max(user.lastId, Number(id));
    for (const [, one] of body.matchAll(/"revision":(\d+)/g))
      user.lastRevision = Math.max(user.lastRevision, Number(one));
    const place = String(location ?? url).replace(/\/(complete|restore)$/, '');
    // What the trash shows is the tag for restoring.
    for (const [, id, revision] of body.matchAll(/"id":(\d+),[^{}]*"revision":(\d+),"deleted_at"/g))
      user.tags.set(`${user.url}/${id}`, [...(user.tags.get(`${user.url}/${id}`) ?? []), `"${revision}"`]);
    if (etag !== undefined) user.tags.set(place, [...(user.tags.get(place) ?? []), String(etag)]);
    if (statusCode !== 200) return;
    const next = /<([^>]*)>; rel="next"/.exec(String(link))?.[1];
    if (next !== undefined) user.pages.push(next);
    const cursor = /"next_cursor":"([^"]+)"/.exec(body)?.[1];
    const joined = url.includes('?') ? '&' : '?';
    if (cursor !== undefined)
      user.pages.push(`${url.replace(/[?&](cursor|offset)=[^&]*/g, '')}${joined}cursor=${cursor}`);
  }

  #id(user: User, task: number): string {
    return ['x', '0', '2147483648'][-task - 1] ?? String(1 + (task % (user.lastId + 1)));
  }

  // One of the latest, mostly.
  #revision({ lastRevision }: User, n: number): number {
    return Math.max(1, lastRevision + 1 - (n % 12));
  }

  #tag(user: User, place: string, choice: TagChoice): string | undefined {
    const tags = user.tags.get(place) ?? ['"1"'];
    const right = tags.at(-1) as string;
    const older = tags.at(-2) ?? '"0"';
    const chosen = { right, older, weak: `W/${right}`, several: `${older} ,, ${right}`, any: '*', malformed: '41' };
    return choice === 'none' ? undefined : chosen[choice];
  }

  #headers(user: User, place: string, plan: { tag?: TagChoice; key?: number | undefined }, name: string) {
    const tag = this.#tag(user, place, plan.tag ?? 'none');
    return {
      ...(tag !== undefined && { [name]: tag }),
      ...(plan.key !== undefined && { 'idempotency-key': `key ${plan.key}` }),
    };
  }

  #asked(user: User, plan: Exclude<Plan, { kind: 'wait' | 'trespass' | 'changes' }>): Asked | undefined {
    const { url } = user;
    const one = 'task' in plan ? `${url}/${this.#id(user, plan.task)}` : '';
    switch (plan.kind) {
      case 'create':
        return ['POST', url, plan.content, this.#headers(user, url, plan, '')];
      case 'get':
        return ['GET', one, undefined, this.#headers(user, one, plan, 'if-none-match')];
      case 'list': {
        const list = `${url}?${new URLSearchParams(plan.query)}`;
        return ['GET', list, undefined, this.#headers(user, list, plan, 'if-none-match')];
      }
      case 'next':
        return user.pages.length > 0
          ? ['GET', user.pages.at(-1 - (plan.which % user.pages.length)) as string]
          : undefined;
      case 'change':
        return [plan.put ? 'PUT' : 'PATCH', one, plan.changes, this.#headers(user, one, plan, 'if-match')];
      case 'complete':
        return ['PATCH', `${one}/complete`, plan.body, this.#headers(user, one, plan, 'if-match')];
      case 'delete':
        return [
          'DELETE',
          one,
          undefined,
          this.#headers(user, one, plan, plan.task % 5 === 4 ? 'if-none-match' : 'if-match'),
        ];
      case 'batch': {
        const operations = plan.operations.map(({ op, task, rest, tag }) => {
          if (op === 'create') return { op, ...rest };
          if (op === 'undo') return { op, revision: this.#revision(user, task + 3) };
          const id = Number(this.#id(user, task));
          const revision = Number(this.#tag(user, `${url}/${id}`, tag)?.replaceAll('"', ''));
          return { op, id, ...rest, ...(Number.isInteger(revision) && { if_revision: revision }) };
        });
        return ['POST', `${url}/batch`, { operations, ...plan.options }, this.#headers(user, url, plan, '')];
      }
      case 'restore':
        return ['POST', `${one}/restore`, undefined, this.#headers(user, one, plan, 'if-match')];
      case 'undo':
        return [
          'POST',
          `${url}/changes/${this.#revision(user, plan.revision)}/undo`,
          undefined,
          this.#headers(user, url, plan, ''),
        ];
      case 'history':
        return ['GET', `${one}/history?limit=${plan.limit}`];
      case 'trash':
        return ['GET', `${url}/trash?limit=${plan.limit}`];
      case 'purge':
        return ['DELETE', plan.all ? `${url}/trash` : `${url}/trash/${this.#id(user, plan.task)}`];
      case 'repeat': {
        const [method, place, body, headers] = user.keyed.at(-1 - plan.which) ?? [];
        if (method === undefined || place === undefined) return undefined;
        return plan.altered ? [method, place, { title: 'altered' }, headers] : [method, place, body, headers];
      }
    }
  }
}
