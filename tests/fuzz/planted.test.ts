import type { FastifyInstance, InjectOptions } from 'fastify';
import t from 'tap';
import { anApi, stores } from '../support/http/api.ts';
import { aStoreThat } from '../support/http/doubles.ts';
import { fuzz, loopback } from './fuzz.ts';
import { knownFaults } from './known-faults.ts';
import { apiSettings } from './settings.ts';

interface Injected {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const asIs = (request: InjectOptions): InjectOptions => request;

/** The app with altered requests or responses of `inject`. */
const altered = (app: FastifyInstance, change: (response: Injected) => Injected, ask = asIs): FastifyInstance => {
  const inject = async (request: InjectOptions | string) => {
    if (typeof request === 'string' || !String(request.url).startsWith('/api')) return app.inject(request);
    const { statusCode, headers, body } = await app.inject(ask(request));
    return change({ statusCode, headers, body });
  };
  return Object.create(app, { inject: { value: inject } });
};

const without = (name: string) => (response: Injected) => {
  const { [name]: _left, ...headers } = response.headers;
  return { ...response, headers };
};
const replacing = (from: RegExp, to: string) => (response: Injected) => ({
  ...response,
  body: response.body.replace(from, to),
});
const unchanged = (response: Injected) => response;
const withUrl = (change: (url: string) => string) => (request: InjectOptions) => ({
  ...request,
  url: change(String(request.url)),
});

const faults: Record<string, [found: RegExp, (app: FastifyInstance) => FastifyInstance]> = {
  'a status that is not documented': [
    /no such status/,
    (app) => altered(app, (response) => (response.statusCode === 404 ? { ...response, statusCode: 410 } : response)),
  ],
  'a member of a task by another name': [
    /must have required property/,
    (app) => altered(app, replacing(/"completed"/g, '"done"')),
  ],
  'a task without its revision as a number': [
    /must be integer/,
    (app) => altered(app, replacing(/"revision":(\d+)/g, '"revision":"$1"')),
  ],
  'an ETag that is left out': [/no header ETag/, (app) => altered(app, without('etag'))],
  'an X-Request-Id that is left out': [/X-Request-Id/, (app) => altered(app, without('x-request-id'))],
  'an Allow that is left out': [/Allow/, (app) => altered(app, without('allow'))],
  'CORS headers that are left out': [/no CORS headers/, (app) => altered(app, without('access-control-allow-origin'))],
  'a code that does not fit the status': [
    /code task\/stale with status/,
    (app) => altered(app, replacing(/"request\/invalid"/, '"task/stale"')),
  ],
  'a code that is not in the catalogue': [
    /must be equal to one of/,
    (app) => altered(app, replacing(/"request\/invalid"/, '"request/odd"')),
  ],
  'a number in a spelling of its own': [
    /a limit that is no such number/,
    (app) =>
      altered(
        app,
        unchanged,
        withUrl((url) => url.replace(/(?<=[?&]limit=)[^&]*/, '1')),
      ),
  ],
  'a parameter that is ignored': [
    /an unknown parameter/,
    (app) =>
      altered(
        app,
        unchanged,
        withUrl((url) => url.replace(/(?<=\/tasks\/[^?]*)\?.*/s, '')),
      ),
  ],
};

const count = 3_000;
const seed = 7;

t.test('it finds planted faults: this test can fail', async (t) => {
  const store = await stores.memory(t);
  const listening = async (tasks = store.tasks) => {
    const app = await anApi(t, { ...store, tasks }, apiSettings);
    // Each stream ends as soon as it has begun.
    app.endEventStreams();
    await app.listen(loopback);
    return app;
  };
  const app = await listening();

  for (const [name, [found, plant]] of Object.entries(faults)) {
    t.test(name, async (t) => {
      const { failures } = await fuzz(plant(app), { count, seed, maxFailures: 1, knownFaults });
      t.ok(
        failures.some((failure) => found.test(failure)),
        failures.join('\n').slice(0, 500),
      );
    });
  }

  t.test('a store that breaks', async (t) => {
    const broken = aStoreThat((method) => {
      if (method === 'get') throw new Error('broken');
    }, store.tasks);
    const { failures } = await fuzz(await listening(broken), { count, seed, maxFailures: 1, knownFaults });
    t.match(failures[0], /→ 500: a fault of the server/);
    t.match(failures[0], /TASKWARD_FUZZ_SEED=\d+/, 'with the seed that repeats it');
    t.match(failures[0], /^curl .*localhost:8000\/api|^printf .* \| nc/m, 'and a request to paste');

    const planted = [
      {
        why: 'planted',
        is: ({ response }: { response?: { statusCode: number } | undefined }) => response?.statusCode === 500,
      },
    ];
    const { failures: others, known } = await fuzz(await listening(broken), {
      count: 500,
      seed,
      knownFaults: [...knownFaults, ...planted],
    });
    t.strictSame(others, [], 'unless it is known');
    t.ok((known.planted ?? 0) > 0, 'which is counted');
  });
});
