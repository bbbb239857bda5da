import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Attempt, DeliveryError, WebhookSender } from '@taskward/application';
import { Webhook } from 'standardwebhooks';
import { isLoopback, isPublic } from './addresses.ts';
import { cloudEventType, toCloudEvent } from './cloud-event.ts';
import { ForbiddenAddress, InsecureConnection, makeHttpAgent, makeHttpsAgent } from './connect.ts';

/** How events are sent. */
export interface SenderOptions {
  /** The system that events come from, as a URI reference. */
  readonly source: string;
  /** Whether receivers on this machine are allowed, and need no TLS. */
  readonly allowsLoopback: boolean;
  /** How long an attempt may take, in milliseconds. */
  readonly timeout?: number;
}

/** A sender of events, and how to end it. */
export interface HttpWebhookSender extends WebhookSender {
  /** Ends all attempts that are under way, which reject. */
  close(): void;
}

// A receiver responds as soon as it has stored the event.
const defaultTimeout = 10_000;
const longestUrl = 2_000;
// What a receiver sends is not read, but a connection can only be used again after it.
const longestResponse = 65_536;

const isLoopbackName = (host: string): boolean => host === 'localhost' || isLoopback(host);

const faultOf = (text: string, allowsLoopback: boolean): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || text.length > longestUrl || !/^https?:$/.test(url.protocol)) {
    return 'must be a URL such as https://app.example/events';
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') return 'must have no password and no fragment';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isOwn = isLoopbackName(host);
  if (isOwn && allowsLoopback) return undefined;
  if (url.protocol === 'http:') return 'must be https: without it anyone on the way could read and change events';
  return isOwn || (isIP(host) !== 0 && !isPublic(host)) ? 'must lead to a public address' : undefined;
};

/** Returns the milliseconds that a Retry-After header asks for; `undefined` for none. */
export const parseRetryAfter = (text: string | undefined, now: number): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

const errorOf = (error: unknown): DeliveryError => {
  if (error instanceof ForbiddenAddress) return 'address';
  if (error instanceof InsecureConnection) return 'tls';
  const { name, syscall } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError') return 'timeout';
  return syscall === 'getaddrinfo' ? 'dns' : 'connection';
};

const outcomeOf = (status: number, retryAfter: number | undefined): Omit<Attempt, 'milliseconds'> => {
  if (status >= 200 && status < 300) return { status };
  const error = status >= 300 && status < 400 ? 'redirect' : 'status';
  return { status, error, ...(retryAfter !== undefined && { retryAfter }) };
};

/** Makes the sender of events over HTTP, signed as Standard Webhooks describes. It follows no redirect and uses no proxy. */
export const makeWebhookSender = ({
  source,
  allowsLoopback,
  timeout = defaultTimeout,
}: SenderOptions): HttpWebhookSender => {
  const stopped = new AbortController();
  const agents = {
    http: makeHttpAgent({ timeout, isAllowed: isLoopback }),
    https: makeHttpsAgent({
      timeout,
      isAllowed: (address) => isPublic(address) || (allowsLoopback && isLoopback(address)),
    }),
  };

  const post = (url: string, headers: Record<string, string | number>, body: string) =>
    new Promise<Omit<Attempt, 'milliseconds'>>((resolve, reject) => {
      const isSecure = url.startsWith('https:');
      const signal = AbortSignal.any([AbortSignal.timeout(timeout), stopped.signal]);
      const options = { method: 'POST', headers, signal };
      const sent = isSecure
        ? requestHttps(url, { ...options, agent: agents.https })
        : requestHttp(url, { ...options, agent: agents.http });
      sent.once('response', (response) => {
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > longestResponse) response.destroy();
        });
        // The outcome is known already.
        response.on('error', () => {});
        resolve(outcomeOf(response.statusCode ?? 0, parseRetryAfter(response.headers['retry-after'], Date.now())));
      });
      sent.on('error', (error) => reject(signal.aborted ? signal.reason : error));
      sent.end(body);
    });

  return {
    urlFault: (url) => faultOf(url, allowsLoopback),

    async send(event, { id, url, secrets }) {
      const start = performance.now();
      const took = () => performance.now() - start;
      const body = toCloudEvent(event, id, source);
      const now = new Date();
      const headers = {
        'content-type': cloudEventType,
        'content-length': Buffer.byteLength(body),
        'user-agent': 'taskward',
        'webhook-id': id,
        'webhook-timestamp': `${Math.floor(now.getTime() / 1_000)}`,
        'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
      };
      // A URL that was allowed when it was added may not be any more.
      if (faultOf(url, allowsLoopback) !== undefined) return { milliseconds: took(), error: 'address' };
      try {
        return { ...(await post(url, headers, body)), milliseconds: took() };
      } catch (error) {
        if (stopped.signal.aborted) throw error;
        return { milliseconds: took(), error: errorOf(error) };
      }
    },

    close() {
      stopped.abort(new Error('the process stops'));
      agents.http.destroy();
      agents.https.destroy();
    },
  };
};
