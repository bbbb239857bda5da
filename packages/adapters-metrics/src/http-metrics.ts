import type { Registry } from 'prom-client';
import { addCounter, addGauge } from './read-metrics.ts';
import type { MetricsSources } from './sources.ts';

/** Adds the metrics of the HTTP server besides those of single requests. */
export const addHttpMetrics = (
  registry: Registry,
  { http, keySetFetchedAt }: Pick<MetricsSources, 'http' | 'keySetFetchedAt'>,
): void => {
  addGauge(
    registry,
    { name: 'taskward_http_requests_in_flight', help: 'Requests that are being worked on.' },
    () => http().inFlight,
  );
  addCounter(
    registry,
    {
      name: 'taskward_http_requests_shed_total',
      help: 'Requests rejected to bound the load, by what was at its limit: the server, a user, the streams.',
      label: 'limit',
    },
    () => http().shed,
  );
  addCounter(
    registry,
    {
      name: 'taskward_http_requests_rate_limited_total',
      help: 'Requests rejected by the rate limit, by what is counted: a user, or an address.',
      label: 'counted',
    },
    () => http().rateLimited,
  );
  addGauge(
    registry,
    { name: 'taskward_http_streams_open', help: 'Event streams that are open.' },
    () => http().openStreams,
  );
  addCounter(
    registry,
    { name: 'taskward_auth_tokens_total', help: 'Requests whose token was looked at, by outcome.', label: 'outcome' },
    () => http().tokens,
  );
  if (keySetFetchedAt === undefined) return;
  addGauge(
    registry,
    {
      name: 'taskward_auth_key_set_age_seconds',
      help: 'Seconds since the key set of JWT_JWKS_URL was fetched.',
      aggregator: 'max',
    },
    () => {
      const at = keySetFetchedAt();
      return at === undefined ? undefined : Math.max(0, Date.now() - at) / 1_000;
    },
  );
};
