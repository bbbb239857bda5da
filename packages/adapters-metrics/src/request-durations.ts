import { Histogram, type Registry } from 'prom-client';

// Node knows some 35 methods. Those that no route has are one.
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const otherMethod = 'other';

/** The route of requests that match none, such as those of scanners. */
const unmatchedRoute = 'unmatched';

// In seconds.
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type ObserveResponse = (status: number, seconds: number) => void;

/**
 * Adds the histogram of requests. Its labels are bounded: the templates of routes, seven methods and another, and the classes of
 * statuses.
 * @returns what makes the observer of a route and method; `undefined` is the route of all requests that match none
 */
export const addRequestDurations = (
  registry: Registry,
): ((method: string, route: string | undefined) => ObserveResponse) => {
  const histogram = new Histogram({
    name: 'taskward_http_request_duration_seconds',
    help: 'Seconds from the head of a request to its response, or to the beginning of a stream.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [registry],
  });
  return (method, route = unmatchedRoute) => {
    const labels = { method: methods.includes(method) ? method : otherMethod, route };
    // By the first digit of the status. Made when it is first needed, or series would be shown for what never happens.
    const series: (ReturnType<typeof histogram.labels> | undefined)[] = [];
    return (status, seconds) => {
      const first = Math.floor(status / 100);
      series[first] ??= histogram.labels({ ...labels, status: `${first}xx` });
      series[first].observe(seconds);
    };
  };
};
