// Keeps the page so that it opens without a network. It knows nothing of the API: what users have is in the copy of their
// tasks. It has no imports, because browsers run it as a classic script.

/** The part of a service worker's scope that is used here: the types of windows exclude those of workers. */
interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: Lifetime) => void): void;
  addEventListener(name: 'fetch', listener: (event: FetchEvent) => void): void;
}

interface Lifetime {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends Lifetime {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const worker = self as unknown as WorkerScope;
const { scope } = worker.registration;

const cacheName = `taskward page ${scope}`;
const page = scope;
const config = `${scope}web-app.json`;
const assets = `${scope}assets/`;

// A page that is kept is better than one that is waited for.
const patience = 4_000;

const openCache = (): Promise<Cache> => caches.open(cacheName);

/** Returns what is kept of an address. There is one response for each, whatever the headers of a request. */
const kept = async (address: string): Promise<Response | undefined> =>
  (await openCache()).match(address, { ignoreVary: true });

/** Returns the addresses of the scripts and styles that a page names. */
const assetsOf = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="([^"]+)"/g)]
    .map(([, address = '']) => new URL(address, page).href)
    .filter((address) => address.startsWith(assets));

/** Keeps a page with all it needs, and drops what earlier versions of it needed. */
const keepPage = async (response: Response): Promise<void> => {
  const cache = await openCache();
  const named = assetsOf(await response.clone().text());
  const missing: string[] = [];
  for (const address of named) if ((await kept(address)) === undefined) missing.push(address);
  await cache.addAll(missing);
  // Last: a page is kept only together with its scripts.
  await cache.put(page, response);
  for (const { url } of await cache.keys()) {
    if (url.startsWith(assets) && !named.includes(url)) await cache.delete(url);
  }
};

const keep = async (response: Response): Promise<void> => {
  await (await openCache()).put(response.url, response);
};

const after = (milliseconds: number): Promise<undefined> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds, undefined));

/** Asks the network first. Without a response in time, or if the server is down, it takes what is kept. */
const networkFirst = async (
  event: FetchEvent,
  address: string,
  keepIt: (response: Response) => Promise<void>,
): Promise<Response> => {
  const fetching = fetch(event.request);
  const keeping = fetching.then((response) => (response.ok ? keepIt(response.clone()) : undefined));
  event.waitUntil(keeping.catch(() => {}));
  const fallback = await kept(address);
  if (fallback === undefined) return fetching;
  const response = await Promise.race([fetching.catch(() => undefined), after(patience)]);
  return response === undefined || response.status >= 500 ? fallback : response;
};

/** Takes what is kept: the name of an asset changes with its content. */
const cacheFirst = async (event: FetchEvent): Promise<Response> => {
  const known = await kept(event.request.url);
  if (known !== undefined) return known;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(keep(response.clone()));
  return response;
};

const install = async (): Promise<void> => {
  // The server has something else for programs at the same address.
  const asPage = { headers: { accept: 'text/html' } };
  const [html, settings] = await Promise.all([fetch(page, asPage), fetch(config)]);
  if (!html.ok || html.redirected) throw new Error(`${page} responds with ${html.status} from ${html.url}.`);
  await keepPage(html);
  if (settings.ok) await keep(settings);
  await worker.skipWaiting();
};

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  if (method !== 'GET') return;
  const address = url.replace(/[?#].*$/, '');
  const isPage = mode === 'navigate' && (address === page || address === `${page}index.html`);
  if (isPage) event.respondWith(networkFirst(event, page, keepPage));
  else if (address === config) event.respondWith(networkFirst(event, config, keep));
  else if (address.startsWith(assets)) event.respondWith(cacheFirst(event));
});
