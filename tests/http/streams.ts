import type { AddressInfo } from 'node:net';
import type { HttpOptions } from '@taskward/adapters-http';
import type { Test } from 'tap';
import { anApi, type Caller, type Stores } from '../support/http/api.ts';
import { openEvents } from '../support/http/event-client.ts';

/** An API that listens, and how its users open streams of events. */
export const listen = async (t: Test, store: Stores, options: Partial<HttpOptions> = {}) => {
  const app = await anApi(t, store, options);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const open = (me: Caller, { url = '/api/tasks/events', token = me.token, headers = {} } = {}) =>
    openEvents(t, `${base}${url}`, { authorization: `Bearer ${token}`, ...headers });
  return { app, base, open };
};
